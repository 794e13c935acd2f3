import { quantileSorted, sortedKnown } from '../numerics/quantile.ts';

/** Factors between units that are taken for one another: powers of ten, kWh and MJ, hours and minutes or seconds. */
const factors = [10, 100, 1000, 1e4, 1e6, 3.6, 60, 3600];
const blocks = 24;
const within = 0.12;

/**
 * Where a series becomes larger or smaller, once and for good, by a factor that lies between two units of measure; undefined where it does not.
 * Only of what is mostly above zero.
 */
export function unitChange(values: Float64Array): { readonly at: number; readonly factor: number } | undefined {
  if (values.length < 4 * blocks) return undefined;
  const size = Math.floor(values.length / blocks);
  const medians = Array.from({ length: blocks }, (_, block) =>
    quantileSorted(sortedKnown(values.subarray(block * size, (block + 1) * size)), 0.5),
  );
  if (medians.some((median) => !(median > 0))) return undefined;
  for (let cut = 2; cut <= blocks - 2; cut++) {
    const [before, after] = [medians.slice(0, cut - 1), medians.slice(cut + 1)];
    const [low, high] = [middle(before), middle(after)];
    const ratio = high / low;
    const factor = factors.find((one) => Math.abs(Math.max(ratio, 1 / ratio) / one - 1) < within);
    if (factor === undefined) continue;
    // Each side is alike in itself; the block of the change may be a mixture.
    const steady = before.every((one) => alike(one, low)) && after.every((one) => alike(one, high));
    if (steady)
      return {
        at: changeIn(values, (cut - 1) * size, Math.min(values.length, (cut + 2) * size), low, high),
        factor: ratio > 1 ? factor : 1 / factor,
      };
  }
  return undefined;
}

const middle = (medians: readonly number[]): number => quantileSorted(Float64Array.from(medians).sort(), 0.5);

/** By less than the square root of the smallest factor. */
const alike = (one: number, other: number): boolean => Math.max(one / other, other / one) < 1.7;

/** The place that parts small from large values with the fewest errors. */
function changeIn(values: Float64Array, from: number, to: number, low: number, high: number): number {
  const border = Math.sqrt(low * high);
  const after = (value: number) => value > border === high > low;
  let errors = 0;
  for (let at = from; at < to; at++) if (!after(values[at]!)) errors += 1;
  let [best, fewest] = [from, errors];
  for (let at = from; at < to; at++) {
    errors += after(values[at]!) ? 1 : -1;
    if (errors < fewest) [best, fewest] = [at + 1, errors];
  }
  return best;
}
