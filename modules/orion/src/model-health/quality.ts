import { defineNotes, type Note } from '@millwright/kernel';
import type { ColumnBaseline } from './drift.ts';

export const qualityNoteTexts = defineNotes('orion-quality', {
  missing: ({ point, share }: { point: string; share: { share: number } }) =>
    `${point}: ${share} of the expected values are missing.`,
  stuck: ({ point, hours }: { point: string; hours: number }) =>
    `${point} did not move for ${hours} hours, which it does not do in normal running.`,
  'out-of-range': ({ point, share }: { point: string; share: { share: number } }) =>
    `${point}: ${share} of the values lie outside of what training saw.`,
  bad: ({ point, share }: { point: string; share: { share: number } }) =>
    `${point}: ${share} of the values are of bad quality.`,
});

export interface ColumnQuality {
  /** Share of the steps without a usable value. */
  readonly missing: number;
  readonly bad: number;
  /** Longest time without a change, milliseconds. */
  readonly stuckMs: number;
  /** Share of the values outside of the range of training. */
  readonly outside: number;
}

interface Column {
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: ArrayLike<number>;
}

const bad = 2;

/** How good the readings of a period are, measured against what training saw. */
export function columnQuality(
  { time, value, quality }: Column,
  { stepMs, from, to, baseline }: { stepMs: number; from: number; to: number; baseline: ColumnBaseline | undefined },
): ColumnQuality {
  const steps = Math.max(1, Math.floor((to - from) / stepMs));
  const seen = new Set<number>();
  let [badCount, outside, usable, stuckMs, since] = [0, 0, 0, 0, Number.NaN];
  let last = Number.NaN;
  for (let index = 0; index < time.length; index++) {
    if (quality[index] === bad) {
      badCount++;
      continue;
    }
    usable++;
    seen.add(Math.floor(time[index]! / stepMs));
    if (value[index] !== last) since = time[index]!;
    stuckMs = Math.max(stuckMs, time[index]! - since);
    last = value[index]!;
    if (baseline && baseline.quantiles.length > 0) {
      const margin = 0.05 * (baseline.maximum - baseline.minimum);
      if (value[index]! < baseline.minimum - margin || value[index]! > baseline.maximum + margin) outside++;
    }
  }
  return {
    missing: Math.max(0, 1 - seen.size / steps),
    bad: time.length > 0 ? badCount / time.length : 0,
    stuckMs,
    outside: usable > 0 ? outside / usable : 0,
  };
}

/** The same in words, where there is something to say. A sensor that rarely moves in training is not called stuck. */
export function qualityNotes(column: {
  pointId: string;
  name: string;
  series: Column;
  stepMs: number;
  from: number;
  to: number;
  baseline: ColumnBaseline | undefined;
}): Note[] {
  const { name: point, series, baseline } = column;
  const found = columnQuality(series, column);
  const notes: Note[] = [];
  const round = (share: number) => ({ share: Math.round(share * 100) / 100 });
  if (found.missing > 0.2) notes.push(qualityNoteTexts.missing({ point, share: round(found.missing) }));
  if (found.bad > 0.05) notes.push(qualityNoteTexts.bad({ point, share: round(found.bad) }));
  if (found.outside > 0.05) notes.push(qualityNoteTexts['out-of-range']({ point, share: round(found.outside) }));
  const isLively = baseline && new Set(baseline.quantiles).size > 25;
  if (isLively && found.stuckMs > 12 * column.stepMs)
    notes.push(qualityNoteTexts.stuck({ point, hours: Math.round(found.stuckMs / 360_000) / 10 }));
  return notes;
}
