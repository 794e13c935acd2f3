import type { Blobs } from '@millwright/blobs';
import type { CloudServices } from '@millwright/cloud/server';
import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import { Watch } from '../anomalies/watch.ts';
import { monitorErrors } from '../monitoring/errors.ts';
import { settingsOf } from '../monitoring/live-scoring.ts';
import type { MonitorRepository } from '../monitoring/repository.ts';
import { scoreReadings } from '../monitoring/score-readings.ts';
import { lastOfSteps, type SensorSeries, sensorRows } from '../monitoring/sensor-rows.ts';
import type { MonitorService } from '../monitoring/service.ts';
import type { MonitorVersion } from '../monitoring/types.ts';
import { openDetector } from '../monitoring/watch-files.ts';
import { kolmogorovSmirnov, stabilityIndex } from './drift.ts';
import { columnQuality } from './quality.ts';

export interface InputHealth {
  readonly pointId: string;
  readonly name: string;
  readonly unit: string;
  /** Population stability index against training; null where nothing came. */
  readonly psi: number | null;
  /** Kolmogorov-Smirnov distance, and the level at which it is more than chance. */
  readonly distance: number | null;
  readonly level: number | null;
  /** Shares of the steps or values. */
  readonly missing: number;
  readonly bad: number;
  readonly outside: number;
  /** Longest time without a change. */
  readonly stuckHours: number;
}

export interface ModelHealth {
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly inputs: readonly InputHealth[];
  /** Of the scores, against those of training that were held out. */
  readonly scorePsi: number | null;
  /** Promised false alarms a week, and what people called false with its interval. */
  readonly calibration: MonitorVersion['falseAlarms'] & { readonly promised: number; readonly kept: boolean };
  readonly trainedDays: number;
  /** Hours since the newest reading that was scored. */
  readonly silentHours: number;
}

const dayMs = 86_400_000;

/** Whether a model still fits what it watches. */
export class ModelHealthService {
  #parts: {
    readonly blobs: Blobs;
    readonly clock: Clock;
    readonly cloud: CloudServices;
    readonly monitors: MonitorRepository;
    readonly service: MonitorService;
  };

  constructor(parts: {
    readonly blobs: Blobs;
    readonly clock: Clock;
    readonly cloud: CloudServices;
    readonly monitors: MonitorRepository;
    readonly service: MonitorService;
  }) {
    this.#parts = parts;
  }

  /** The live version against the last `days`. Throws MONITOR_UNKNOWN, and MONITOR_NO_LIVE before anything was learnt. */
  async of(actor: Actor, id: string, days: number): Promise<ModelHealth> {
    requirePermission(actor, 'orion.monitor.read');
    const { monitors, cloud, clock, blobs, service } = this.#parts;
    const monitor = await service.one(actor, id);
    const row = (await monitors.versions([id])).find(({ role }) => role === 'live');
    const view = monitor.versions.find(({ role }) => role === 'live');
    if (!row || !view) throw monitorErrors.MONITOR_NO_LIVE({ name: monitor.name });
    const now = clock.now().getTime();
    const from = now - days * dayMs;
    const steps = { stepMs: row.step_ms, holdMs: row.hold_ms };
    const series: SensorSeries[] = [];
    for (const { number } of monitor.sensors)
      series.push(await lastOfSteps(cloud.store.repository.pieces(number, from, now), row.step_ms));
    const data = sensorRows(
      row.baseline.columns.map(({ name }) => name),
      series,
      steps,
    );
    const scores: number[] = [];
    const watch = new Watch(await openDetector(await blobs.read(row.artefact)), settingsOf(row));
    scoreReadings(watch, series, (_time, score) => scores.push(score));
    const inputs = monitor.sensors.map(({ pointId, name, unit }, sensor): InputHealth => {
      const baseline = row.baseline.columns[sensor]!;
      const values = Float64Array.from({ length: data.rows }, (_, at) => data.values[at * data.names.length + sensor]!);
      const { distance, level } = kolmogorovSmirnov(baseline, values);
      const quality = columnQuality(series[sensor]!, { stepMs: row.step_ms, from, to: now, baseline });
      return {
        ...{ pointId, name, unit, psi: known(stabilityIndex(baseline, values)) },
        ...{ distance: known(distance), level: known(level) },
        ...{ missing: quality.missing, bad: quality.bad, outside: quality.outside },
        stuckHours: quality.stuckMs / 3_600_000,
      };
    });
    const { falseAlarms, scoredTo } = view;
    return {
      ...{ version: row.version, from: new Date(from).toISOString(), to: new Date(now).toISOString(), inputs },
      scorePsi: known(stabilityIndex(row.baseline.scores, Float64Array.from(scores))),
      // Broken only where even the low end of what was seen lies above it.
      calibration: { ...falseAlarms, promised: row.kept.perWeek, kept: falseAlarms.low <= row.kept.perWeek },
      trainedDays: (now - row.trained_at.getTime()) / dayMs,
      silentHours: scoredTo ? (now - Date.parse(scoredTo)) / 3_600_000 : 0,
    };
  }
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
