/**
 * Weights that give the targets from rows of features, pulled towards a prior as far as little is known: ridge regression
 * (Hoerl and Kennard 1970), solved by Cholesky's decomposition.
 *
 * @param rows one row of `count` numbers for each target
 */
export function ridge(
  rows: Float32Array,
  count: number,
  targets: ArrayLike<number>,
  weights: ArrayLike<number>,
  prior: Float64Array,
): Float64Array {
  const normal = new Float64Array(count * count);
  const right = new Float64Array(count);
  for (let at = 0; at < targets.length; at++) {
    const weight = weights[at]!;
    if (weight === 0) continue;
    const start = at * count;
    for (let row = 0; row < count; row++) {
      const value = rows[start + row]! * weight;
      right[row]! += value * targets[at]!;
      for (let column = 0; column <= row; column++) normal[row * count + column]! += value * rows[start + column]!;
    }
  }
  let trace = 0;
  for (let at = 0; at < count; at++) trace += normal[at * count + at]!;
  // A fiftieth of what a feature says on the average; it holds the weights where neighbours say the same.
  const pull = Math.max((trace / count) * 0.02, 1e-9);
  for (let at = 0; at < count; at++) {
    normal[at * count + at]! += pull;
    right[at]! += pull * prior[at]!;
  }
  for (let row = 0; row < count; row++)
    for (let column = 0; column <= row; column++) {
      let sum = normal[row * count + column]!;
      for (let at = 0; at < column; at++) sum -= normal[row * count + at]! * normal[column * count + at]!;
      normal[row * count + column] =
        row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / normal[column * count + column]!;
    }
  for (let row = 0; row < count; row++) {
    for (let at = 0; at < row; at++) right[row]! -= normal[row * count + at]! * right[at]!;
    right[row]! /= normal[row * count + row]!;
  }
  for (let row = count - 1; row >= 0; row--) {
    for (let at = row + 1; at < count; at++) right[row]! -= normal[at * count + row]! * right[at]!;
    right[row]! /= normal[row * count + row]!;
  }
  return right;
}
