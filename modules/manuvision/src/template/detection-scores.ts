import type { Region } from '@millwright/imaging';
import type { ScoredBox, TypedBox } from './box-file.ts';

export interface ClassScores {
  readonly className: string;
  readonly truth: number;
  readonly found: number;
  readonly right: number;
  /** Area under precision over recall, precision made falling from the right (PASCAL VOC 2010). */
  readonly averagePrecision: number;
}

export interface DetectionScores {
  /** Mean of the average precisions over the classes of the truth. */
  readonly meanAveragePrecision: number;
  readonly precision: number;
  readonly recall: number;
  /** Harmonic mean of precision and recall over all boxes. */
  readonly fScore: number;
  readonly classes: readonly ClassScores[];
}

/** What was found and what there is in one picture. */
export interface ScoredPicture {
  readonly found: readonly ScoredBox[];
  readonly truth: readonly TypedBox[];
}

/** DeepPCB's (Tang and others 2019): a box is right with an IoU above this with one of the same class that no better one took. */
export const usualOverlap = 0.33;

export function detectionScores(pictures: readonly ScoredPicture[], overlap = usualOverlap): DetectionScores {
  const judged = pictures.flatMap((picture) => judge(picture, overlap));
  const names = [...new Set(pictures.flatMap(({ truth }) => truth.map(({ className }) => className)))].sort();
  const all = pictures.reduce((sum, { truth }) => sum + truth.length, 0);
  const classes = names.map((className): ClassScores => {
    const own = judged.filter((one) => one.className === className).sort((a, b) => b.score - a.score);
    const truth = pictures.reduce((sum, one) => sum + one.truth.filter((box) => box.className === className).length, 0);
    const right = own.filter((one) => one.right).length;
    return { className, truth, found: own.length, right, averagePrecision: area(own, truth) };
  });
  const right = judged.filter((one) => one.right).length;
  const precision = judged.length === 0 ? 0 : right / judged.length;
  const recall = all === 0 ? 0 : right / all;
  return {
    meanAveragePrecision: classes.reduce((sum, one) => sum + one.averagePrecision, 0) / Math.max(classes.length, 1),
    ...{ precision, recall, fScore: right === 0 ? 0 : (2 * precision * recall) / (precision + recall), classes },
  };
}

interface JudgedBox {
  readonly className: string;
  readonly score: number;
  readonly right: boolean;
}

/** Best score first, each to the free box of its class that it overlaps most. */
function judge({ found, truth }: ScoredPicture, overlap: number): JudgedBox[] {
  const taken = new Set<TypedBox>();
  return found
    .toSorted((a, b) => b.score - a.score)
    .map((box) => {
      let [best, most] = [undefined as TypedBox | undefined, overlap];
      for (const one of truth) {
        if (one.className !== box.className || taken.has(one)) continue;
        const share = intersectionOverUnion(one, box);
        if (share > most) [best, most] = [one, share];
      }
      if (best) taken.add(best);
      return { className: box.className, score: box.score, right: best !== undefined };
    });
}

function area(sorted: readonly JudgedBox[], wanted: number): number {
  let right = 0;
  const points = sorted.map((one, place) => {
    right += one.right ? 1 : 0;
    return { recall: right / wanted, precision: right / (place + 1) };
  });
  let [sum, precision] = [0, 0];
  for (let place = points.length - 1; place >= 0; place--) {
    precision = Math.max(precision, points[place]!.precision);
    sum += (points[place]!.recall - (points[place - 1]?.recall ?? 0)) * precision;
  }
  return sum;
}

function intersectionOverUnion(a: Region, b: Region): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}
