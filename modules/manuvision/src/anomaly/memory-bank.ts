import { seededRandom } from '@millwright/imaging';
import type { Rows } from '../learning/rows.ts';

/** Directions that distances are taken along while choosing: near enough (Johnson and Lindenstrauss, 1984), and fast. */
const directions = 16;
/** Sums are looked at after so many of them: most rows are soon seen to be further off than what they have near by. */
const glance = 4;

/**
 * So many rows that every other one has one of them near by: a greedy k-centre coreset (Sener and Savarese, 2018, as PatchCore
 * does it) on random projections. Their places among the rows; all where there are no more than `most`. The rows should be
 * standardised.
 */
export function memoryBank(rows: Rows, most: number, seed: number): number[] {
  const { count, length } = rows;
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  const random = seededRandom(seed);
  const projected = project(rows, Math.min(directions, length), random);
  const { length: width, data: points } = projected;
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const kept: number[] = [];
  let next = Math.floor(random() * count);
  while (kept.length < most) {
    kept.push(next);
    let [furthest, distance] = [0, -1];
    const centre = points.slice(next * width, (next + 1) * width);
    for (let row = 0; row < count; row++) {
      const limit = nearest[row]!;
      const start = row * width;
      let sum = 0;
      for (let column = 0; column < width && sum < limit; ) {
        const end = Math.min(column + glance, width);
        for (; column < end; column++) {
          const step = points[start + column]! - centre[column]!;
          sum += step * step;
        }
      }
      if (sum < limit) nearest[row] = sum;
      if (nearest[row]! > distance) [furthest, distance] = [row, nearest[row]!];
    }
    next = furthest;
  }
  return kept;
}

function project({ count, length, data }: Rows, width: number, random: () => number): Rows {
  // Entries of -1 and 1 serve as well as normal ones (Achlioptas, 2003).
  const matrix = Float32Array.from({ length: length * width }, () => (random() < 0.5 ? -1 : 1));
  const result = new Float32Array(count * width);
  for (let row = 0; row < count; row++)
    for (let from = 0; from < length; from++) {
      const value = data[row * length + from]!;
      for (let to = 0; to < width; to++) result[row * width + to]! += value * matrix[from * width + to]!;
    }
  return { count, length: width, data: result };
}
