/** Solves a square system given as rows with the right side as their last number; by elimination with row pivots. */
export function solve(rows: Float64Array[]): Float64Array {
  const size = rows.length;
  for (let step = 0; step < size; step++) {
    let pivot = step;
    for (let row = step + 1; row < size; row++)
      if (Math.abs(rows[row]![step]!) > Math.abs(rows[pivot]![step]!)) pivot = row;
    [rows[step], rows[pivot]] = [rows[pivot]!, rows[step]!];
    const head = rows[step]!;
    const divisor = head[step]! || 1e-12;
    for (let row = step + 1; row < size; row++) {
      const line = rows[row]!;
      const factor = line[step]! / divisor;
      if (factor !== 0) for (let column = step; column <= size; column++) line[column]! -= factor * head[column]!;
    }
  }
  const answer = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    const line = rows[row]!;
    let rest = line[size]!;
    for (let column = row + 1; column < size; column++) rest -= line[column]! * answer[column]!;
    answer[row] = rest / (line[row]! || 1e-12);
  }
  return answer;
}
