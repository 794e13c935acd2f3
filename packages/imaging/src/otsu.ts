/**
 * The level that best parts bytes into dark and bright ones (Otsu 1979): dark is what is at most the level. The middle of the
 * best levels where several are as good, such as in a picture of two values only.
 */
export function otsuLevel(bytes: ArrayLike<number>): number {
  const counts = new Float64Array(256);
  for (let at = 0; at < bytes.length; at++) counts[bytes[at]!]!++;
  let sum = 0;
  for (let value = 0; value < 256; value++) sum += value * counts[value]!;
  let [best, first, last, below, sumBelow] = [-1, 127, 127, 0, 0];
  for (let level = 0; level < 255; level++) {
    below += counts[level]!;
    sumBelow += level * counts[level]!;
    const above = bytes.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2;
    if (between > best * (1 + 1e-9)) [best, first] = [between, level];
    if (between >= best * (1 - 1e-9)) last = level;
  }
  return Math.floor((first + last) / 2);
}
