import { seededRandom, shuffled } from '@millwright/imaging';
import { lifeFigures } from './figures.ts';
import { fitIntervals, type HeldOut, withInterval } from './intervals.ts';
import type { FittedMember } from './members.ts';
import type { LifeFigures, RunData } from './types.ts';

/** Numbers of the units that each member does not see: every unit once in each repeat. */
export function divisions(units: number, folds: number, repeats: number, seed: number): number[][] {
  const random = seededRandom(seed);
  const parts: number[][] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const order = shuffled(
      Array.from({ length: units }, (_, at) => at),
      random,
    );
    const count = Math.min(folds, units);
    for (let fold = 0; fold < count; fold++)
      parts.push(order.filter((_, at) => at % count === fold).sort((a, b) => a - b));
  }
  return parts;
}

/** A unit that is still running is seen after some cycles, as a part of the cap, and no further from its end than this many caps. */
const seenFrom = 0.2;
const seenUntil = 1.2;

/** What members told of the units they had not seen, wherever one may have been looked at: the mean where several did. */
export function heldOut(
  data: RunData,
  parts: readonly number[][],
  members: readonly FittedMember[],
  cap: number,
): HeldOut {
  const sums = data.units.map(({ cycles }) => new Float64Array(cycles.length));
  const counts = new Int32Array(data.units.length);
  for (const [at, part] of parts.entries())
    for (const [index, unit] of part.entries()) {
      const estimates = members[at]!.estimates[index]!;
      for (let row = 0; row < estimates.length; row++) sums[unit]![row]! += estimates[row]!;
      counts[unit]! += 1;
    }
  const [unit, told, actual]: [number[], number[], number[]] = [[], [], []];
  for (const [at, sum] of sums.entries()) {
    const { cycles } = data.units[at]!;
    const [first, last] = [cycles[0]!, cycles.at(-1)!];
    const from = first + Math.min((last - first) / 2, seenFrom * cap);
    for (const [row, cycle] of cycles.entries()) {
      if (cycle < from || last - cycle > seenUntil * cap) continue;
      unit.push(at);
      told.push(sum[row]! / counts[at]!);
      actual.push(Math.min(cap, last - cycle));
    }
  }
  return { unit: Int32Array.from(unit), told: Float64Array.from(told), actual: Float64Array.from(actual) };
}

/** Figures on held-out units; the intervals of each half of the units come from the other. */
export function validate(held: HeldOut, cap: number, coverage: number): LifeFigures {
  const side = (odd: number): HeldOut => {
    const rows = [...held.unit.keys()].filter((row) => held.unit[row]! % 2 === odd);
    const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
    return { unit: Int32Array.from(rows, (row) => held.unit[row]!), told: pick(held.told), actual: pick(held.actual) };
  };
  const halves = [0, 1].map(side);
  const told = halves.flatMap((half, at) => {
    const intervals = fitIntervals(halves[1 - at]!, cap, coverage);
    return Array.from(half.told, (estimate) => withInterval(intervals, estimate));
  });
  const actual = halves.flatMap((half) => [...half.actual]);
  return lifeFigures(told, actual, cap);
}
