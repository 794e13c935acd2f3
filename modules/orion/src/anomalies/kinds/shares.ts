/** Writes contributions of the sensors that take part as shares that add up to 1, into one place for each sensor. */
export function sharesInto(contributions: Float64Array, used: Int32Array, blame: Float64Array): void {
  let sum = 0;
  for (const one of contributions) sum += one;
  blame.fill(0);
  if (!(sum > 0)) return;
  for (let place = 0; place < used.length; place++) blame[used[place]!] = contributions[place]! / sum;
}
