import type { Recordings } from './use-recordings.ts';

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** As long as one request of the player is. */
export const clipMs = 120_000;

export const stretchesOf = ({ segments }: Pick<Recordings, 'segments'>): Stretch[] =>
  segments
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);

/**
 * What is played when a moment is chosen: from it on, or from the next moment that is recorded, up to the length of a
 * clip or the end of the recording. Undefined where nothing follows.
 */
export function clipAt(stretches: readonly Stretch[], moment: number): Stretch | undefined {
  const stretch = stretches.find(({ to }) => to > moment);
  if (!stretch) return undefined;
  const from = Math.max(stretch.from, moment);
  return { from, to: Math.min(stretch.to, from + clipMs) };
}

/** Of a window of time: the part of it from 0 to 1. */
export const partOf = (time: number, { from, to }: Stretch): number =>
  Math.min(1, Math.max(0, (time - from) / (to - from)));

export interface HourBar {
  readonly recorded: number;
  readonly lost: number;
  /** Not expected, and not there. */
  readonly rest: number;
}

const hourSeconds = 3600;

/** Shares of an hour; what was recorded though not expected counts as recorded. */
export function barOf({
  expectedSeconds,
  recordedSeconds,
}: Pick<Recordings['hours'][number], 'expectedSeconds' | 'recordedSeconds'>): HourBar {
  const recorded = Math.min(1, recordedSeconds / hourSeconds);
  const lost = Math.min(1 - recorded, Math.max(0, expectedSeconds - recordedSeconds) / hourSeconds);
  return { recorded, lost, rest: 1 - recorded - lost };
}
