import type { Box, Detection } from '@millwright/inference';
import type { MotRow } from '@millwright/matrixvision';

export interface DetectionScores {
  /** Area under the curve of precision over recall, with precision made falling from the right (PASCAL VOC 2010). */
  readonly averagePrecision: number;
  readonly recall: number;
  readonly precision: number;
}

interface Judged {
  readonly score: number;
  readonly right: boolean;
}

/**
 * Detections by frame number against the truth, one to one, best score first, right from IoU 0.5 on. Rows of the truth with
 * confidence 0 neither count nor are an error to find. Recall and precision are those at `threshold`.
 */
export function detectionScores(
  detections: ReadonlyMap<number, readonly Detection[]>,
  truth: readonly MotRow[],
  threshold: number,
): DetectionScores {
  const byFrame = Map.groupBy(truth, ({ frame }) => frame);
  const judged: Judged[] = [];
  let wanted = 0;
  for (const [frame, found] of detections) {
    const rows = byFrame.get(frame) ?? [];
    wanted += rows.filter(({ confidence }) => confidence !== 0).length;
    judged.push(...judge(found, rows));
  }
  const sorted = judged.toSorted((a, b) => b.score - a.score);
  const sure = sorted.filter(({ score }) => score >= threshold);
  const right = sure.filter((each) => each.right).length;
  return { averagePrecision: area(sorted, wanted), recall: right / wanted, precision: right / sure.length };
}

function judge(found: readonly Detection[], rows: readonly MotRow[]): Judged[] {
  const taken = new Set<MotRow>();
  return found
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ box, score }): Judged[] => {
      const free = rows.filter((row) => !taken.has(row) && overlap(row.box, box) >= 0.5);
      const best = free.toSorted((a, b) => b.confidence - a.confidence || overlap(b.box, box) - overlap(a.box, box))[0];
      if (!best) return [{ score, right: false }];
      taken.add(best);
      return best.confidence === 0 ? [] : [{ score, right: true }];
    });
}

function area(sorted: readonly Judged[], wanted: number): number {
  let right = 0;
  const points = sorted.map((each, place) => {
    right += each.right ? 1 : 0;
    return { recall: right / wanted, precision: right / (place + 1) };
  });
  let [sum, precision] = [0, 0];
  for (let place = points.length - 1; place >= 0; place -= 1) {
    precision = Math.max(precision, points[place]!.precision);
    sum += (points[place]!.recall - (points[place - 1]?.recall ?? 0)) * precision;
  }
  return sum;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
