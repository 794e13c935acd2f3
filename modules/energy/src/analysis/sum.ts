/** Sum of the finite values, compensated (Neumaier 1974), so that a year of readings sums to its last digit in any order. */
export function sum(values: ArrayLike<number>, from = 0, to = values.length): number {
  let total = 0;
  let lost = 0;
  for (let index = from; index < to; index++) {
    const value = values[index]!;
    if (!Number.isFinite(value)) continue;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
