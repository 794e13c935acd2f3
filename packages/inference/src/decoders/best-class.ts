/** The class asked for with the greatest number, where those of a box lie `step` apart from `start` on; undefined where none is asked for. */
export function bestClass(
  data: Float32Array,
  start: number,
  step: number,
  asked: readonly number[],
): { readonly index: number; readonly value: number } | undefined {
  let [index, value] = [-1, Number.NEGATIVE_INFINITY];
  for (const place of asked) {
    const own = data[start + place * step]!;
    if (own > value) [index, value] = [place, own];
  }
  return index < 0 ? undefined : { index, value };
}
