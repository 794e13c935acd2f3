import type { Job } from '@millwright/jobs';
import type { DayCount, Period } from './normal-period.ts';
import { type LeadTime, weeklyRate } from './rates.ts';
import { weeksWatched } from './retune-version.ts';
import type { AlarmRow, IncidentRow, MonitorRow, VersionRow, WatchRow } from './schema.ts';
import { healthIndex, type MonitorState, type MonitorVersion, type WatchedSensor } from './types.ts';

const dayMs = 86_400_000;
export const trendDays = 28;
export const trendHours = 12;

export interface MonitorProposal {
  readonly nodeId: string;
  readonly name: string;
  readonly siteId: string;
  readonly timezone: string;
  readonly points: readonly (WatchedSensor & {
    readonly kind: string;
    readonly proposed: boolean;
    readonly readings: number;
  })[];
  /** Days with the readings of the proposed point that has fewest. */
  readonly days: readonly DayCount[];
  readonly period: Period | null;
  /** Periods that people said were incidents. */
  readonly incidents: readonly Period[];
}

export interface MonitorInput {
  readonly nodeId: string;
  readonly name?: string | undefined;
  readonly pointIds: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly perWeek: number;
  readonly method: string;
}

export interface LearnInput {
  readonly from: string;
  readonly to: string;
  readonly method: string;
}

export interface MonitorFacts {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly timezone: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly state: MonitorState;
  /** 100 as learnt, 50 at the threshold, 0 from twice on; null while nothing was scored. */
  readonly health: number | null;
  /** Of the last 28 days, the lowest of each of at most 56 half days; null where nothing was scored. */
  readonly trend: readonly (number | null)[];
  readonly sensors: number;
  readonly perWeek: number;
  readonly falsePerWeek: number | null;
  readonly openIncidents: number;
  readonly scoredTo: string | null;
  readonly liveVersion: number | null;
  readonly shadowVersion: number | null;
}

export interface Monitor extends Omit<MonitorFacts, 'sensors'> {
  readonly modelId: string;
  readonly sensors: readonly WatchedSensor[];
  readonly versions: readonly MonitorVersion[];
  readonly leadTime: LeadTime | null;
  readonly job: Pick<Job, 'id' | 'state' | 'progress'> | null;
}

/** What a monitor does at a moment. */
export function stateOf(
  row: MonitorRow,
  live: VersionRow | undefined,
  watch: WatchRow | undefined,
  isLearning: boolean,
  now: number,
): MonitorState {
  if (row.paused_at) return 'paused';
  if (!live || !watch) return isLearning ? 'learning' : 'not-learnt';
  return watch.state === null && now - watch.scored_to.getTime() > dayMs ? 'catching-up' : 'watching';
}

/** The lowest index of each half day of the last 28; null where nothing was scored. */
export function trendOf(
  scores: readonly { hour: Date; highest: number }[],
  threshold: number,
  now: number,
): (number | null)[] {
  const bucketMs = trendHours * 3_600_000;
  const last = Math.floor(now / bucketMs);
  const found = new Map(scores.map(({ hour, highest }) => [Math.floor(hour.getTime() / bucketMs), highest]));
  const length = (trendDays * 24) / trendHours;
  return Array.from({ length }, (_, index) => {
    const highest = found.get(last - length + 1 + index);
    return highest === undefined ? null : healthIndex(highest, threshold);
  });
}

/** A version with how its promise was kept so far. */
export function versionView(
  version: VersionRow,
  watch: WatchRow | undefined,
  alarms: readonly AlarmRow[],
  incidents: ReadonlyMap<string, IncidentRow>,
): MonitorVersion {
  const own = alarms.filter((one) => one.monitor_id === version.monitor_id && one.version === version.version);
  const isFalse = (alarm: AlarmRow): boolean => {
    if (alarm.incident_id) {
      const verdict = incidents.get(alarm.incident_id)?.verdict;
      return verdict === 'false' || verdict === 'not-useful';
    }
    return [...incidents.values()].every(
      ({ verdict, from_time, to_time }) =>
        (verdict !== 'true' && verdict !== 'too-late') || alarm.to_time < from_time || alarm.from_time > to_time,
    );
  };
  return {
    ...{ version: version.version, role: version.role, method: version.method, stepMs: version.step_ms },
    ...{ from: version.from_time.toISOString(), to: version.to_time.toISOString(), rows: version.rows },
    ...{ trainedAt: version.trained_at.toISOString(), liveAt: version.live_at?.toISOString() ?? null },
    ...{ scoredTo: watch?.scored_to.toISOString() ?? null, late: watch?.late ?? 0, kept: version.kept },
    alarms: own.length,
    falseAlarms: weeklyRate(own.filter(isFalse).length, weeksWatched(version, watch)),
  };
}
