import type { Blobs } from '@millwright/blobs';
import type { MeasurementStore, MeasurementsReference, PointService } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import type { EvidenceMethod } from '@millwright/ledger';
import { z } from 'zod';
import { Watch } from '../anomalies/watch.ts';
import { loadState } from '../learners/state.ts';
import { scoreReadings } from './score-readings.ts';
import { openDetector } from './watch-files.ts';

export const alarmMethodId = 'orion.alarm';

const parametersSchema = z.object({
  /** SHA-256 of the detector's file, and of what the watch remembered before the first reading; null: nothing. */
  detector: z.string(),
  state: z.string().nullable(),
  settings: z.object({
    rule: z.object({ threshold: z.number(), release: z.number(), mergeMs: z.number() }),
    stepMs: z.number(),
    holdMs: z.number(),
  }),
  /** When the alarm began, milliseconds since 1970. */
  from: z.number(),
});
export type AlarmParameters = z.output<typeof parametersSchema>;

export interface ProvedAlarm {
  /** Null: scored again, there is no alarm at this time. */
  readonly alarm: { readonly from: string; readonly score: number; readonly blame: readonly number[] } | null;
  readonly threshold: number;
}

/** Shares and scores to nine digits: more would be noise of the order in which they are added. */
const digits = (value: number) => Number(value.toPrecision(9));

/** An alarm of a watched asset, proved by scoring the pinned readings again from what the watch remembered before them. */
export function alarmMethod(parts: {
  readonly blobs: Blobs;
  readonly store: MeasurementStore;
  readonly points: PointService;
}): EvidenceMethod {
  return {
    id: alarmMethodId,
    version: '1',
    description:
      'An alarm of a watched asset: readings of its sensors are joined to rows, scored by the detector that learnt normal running, and compared with the threshold.',
    async run(parameters, inputs): Promise<ProvedAlarm> {
      const { detector, state, settings, from } = parametersSchema.parse(parameters);
      const before = state === null ? undefined : loadState(await parts.blobs.read(state));
      const watch = new Watch(await openDetector(await parts.blobs.read(detector)), settings, before);
      const series = [];
      for (const { kind, reference } of inputs) {
        if (kind !== 'measurements') continue;
        const { pointId, from: first, to } = reference as MeasurementsReference;
        const { number } = await parts.points.point(operatorActor, pointId);
        series.push(await parts.store.repository.series(number, Date.parse(first), Date.parse(to)));
      }
      const found = scoreReadings(watch, series).began.find((alarm) => alarm.from === from);
      const alarm = found && {
        ...{ from: new Date(found.from).toISOString(), score: digits(found.peak), blame: found.blame.map(digits) },
      };
      return { alarm: alarm ?? null, threshold: settings.rule.threshold };
    },
  };
}
