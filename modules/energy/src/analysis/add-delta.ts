import type { AmountCollector } from './amount-collector.ts';
import { type PointFacts, rhythmAt, type UsableSeries, usualInterval } from './series.ts';
import type { SeriesNote } from './series-note.ts';

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
): SeriesNote[] {
  const { time, value, substituted } = readings;
  const stampedAtEnd = facts.stamp !== 'start';
  const usual = usualInterval(time, nominal);
  let overlapping = 0;
  let negative = 0;
  for (let index = 0; index < time.length; index++) {
    const stamp = time[index]!;
    // The neighbour that bounds the interval: the reading before for end stamps, the one after for start stamps.
    const later = stampedAtEnd ? index : index + 1;
    let length = nominal;
    if (later > 0 && later < time.length) {
      const distance = time[later]! - time[later - 1]!;
      const rhythm = rhythmAt(time, later, nominal, !stampedAtEnd);
      if (distance < Math.min(nominal, usual) * (1 - jitterShare)) overlapping++;
      // Within jitter the intervals are back to back; closer ones are squeezed so that no time is counted twice.
      length = distance < rhythm * (1 + jitterShare) ? distance : rhythm;
    }
    const from = stampedAtEnd ? stamp - length : stamp;
    if (value[index]! < 0) negative++;
    collector.addAmount(from, from + length, value[index]! * factor, {
      estimated: length > 1.1 * step,
      substituted: substituted[index] === 1,
    });
  }
  const notes: SeriesNote[] = [];
  if (overlapping > 0) notes.push({ code: 'overlapping-readings', count: overlapping });
  if (negative > 0) notes.push({ code: 'negative-amounts', count: negative });
  return notes;
}
