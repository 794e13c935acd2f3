import type { AmountCollector } from './amount-collector.ts';
import type { Note } from './notes.ts';
import type { PointFacts, UsableSeries } from './series.ts';

/** Stamps may miss the nominal rhythm by this share before a hole or an overlap is seen between two readings. */
const jitterShare = 0.1;

/** Amounts per interval, each laid on the time it speaks for and split or merged onto the grid in proportion to time. */
export function addDelta(
  readings: UsableSeries,
  facts: PointFacts,
  factor: number,
  nominal: number,
  step: number,
  collector: AmountCollector,
): Note[] {
  const { time, value, substituted } = readings;
  const stampedAtEnd = facts.stamp !== 'start';
  let overlapping = 0;
  let negative = 0;
  for (let index = 0; index < time.length; index++) {
    const stamp = time[index]!;
    // The neighbour that bounds the interval: the reading before for end stamps, the one after for start stamps.
    const neighbour = stampedAtEnd ? time[index - 1] : time[index + 1];
    let length = nominal;
    if (neighbour !== undefined) {
      const distance = Math.abs(neighbour - stamp);
      if (distance < nominal * (1 - jitterShare)) overlapping++;
      // Within jitter the intervals are back to back; closer ones are squeezed so that no time is counted twice.
      if (distance < nominal * (1 + jitterShare)) length = distance;
    }
    const from = stampedAtEnd ? stamp - length : stamp;
    if (value[index]! < 0) negative++;
    collector.addAmount(from, from + length, value[index]! * factor, {
      estimated: nominal > 1.1 * step,
      substituted: substituted[index] === 1,
    });
  }
  const notes: Note[] = [];
  if (overlapping > 0) notes.push({ code: 'overlapping-readings', count: overlapping });
  if (negative > 0) notes.push({ code: 'negative-amounts', count: negative });
  return notes;
}
