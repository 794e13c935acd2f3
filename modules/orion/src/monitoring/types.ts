/** Watched assets and incidents as everybody sees them. Safe in a browser. */
import type { KeptPromise } from '../anomalies/promise/promise.ts';

export interface WatchedSensor {
  readonly pointId: string;
  readonly number: number;
  readonly name: string;
  readonly unit: string;
  readonly quantity: string | null;
}

/** Detectors of normal running that an asset may be watched with. */
export const watchMethods = ['pca', 'mahalanobis', 'mewma', 'conditions'] as const;

export const monitorStates = ['learning', 'catching-up', 'watching', 'paused', 'not-learnt'] as const;
export type MonitorState = (typeof monitorStates)[number];

export const versionRoles = ['live', 'shadow', 'retired'] as const;
export type VersionRole = (typeof versionRoles)[number];

/** Figures of events in some weeks with the exact 95 % interval (Garwood 1936). */
export interface WeeklyRate {
  readonly count: number;
  readonly weeks: number;
  readonly perWeek: number;
  readonly low: number;
  readonly high: number;
}

export interface MonitorVersion {
  readonly version: number;
  readonly role: VersionRole;
  readonly method: string;
  readonly stepMs: number;
  readonly from: string;
  readonly to: string;
  readonly rows: number;
  readonly trainedAt: string;
  readonly liveAt: string | null;
  readonly scoredTo: string | null;
  readonly late: number;
  readonly kept: KeptPromise;
  readonly alarms: number;
  /** What people called false since it is live; of a shadow, alarms that fell into nothing that people called true. */
  readonly falseAlarms: WeeklyRate;
}

/**
 * 100 where nothing differs from what was learnt, 50 at the threshold of the alarm, 0 from twice the threshold on.
 */
export function healthIndex(score: number, threshold: number): number {
  if (!(threshold > 0)) return 100;
  return Math.round(Math.min(Math.max(100 - (50 * score) / threshold, 0), 100) * 10) / 10;
}
