import { intersectionOverUnion } from '../geometry/box.ts';
import { byFrame, type MotRow } from './mot-rows.ts';

/** As many groups of equal size, by rank of score; few enough that each has hundreds of detections in a short file. */
const groups = 10;
const sameThing = 0.3;
/** What comes and goes rarely does so in the same place for as many frames. */
const reach = 5;

/**
 * Scores that are no probabilities (support vector machines, boosted trees: any real number) as numbers from 0 to 1.
 *
 * What a detector really saw it mostly sees in the picture before or after too; its errors come and go. So the share of
 * detections of about one score that have such a neighbour says how much that score is worth, without any truth. It is
 * made rising with the score by pooling adjacent violators (Ayer 1955), and taken relative to that of the best scores.
 *
 * @returns for each row its new score
 */
export function scoresByPersistence(rows: readonly MotRow[]): number[] {
  const [first] = rows;
  if (rows.every(({ confidence }) => confidence === first!.confidence)) return rows.map(() => 1);
  const order = rows.map((_, index) => index).sort((a, b) => rows[a]!.confidence - rows[b]!.confidence || a - b);
  const persists = persistence(rows);
  const size = Math.max(1, Math.ceil(rows.length / groups));
  const shares: { share: number; count: number }[] = [];
  for (let start = 0; start < order.length; start += size) {
    const group = order.slice(start, start + size);
    const found = group.filter((index) => persists[index]).length;
    shares.push({ share: found / group.length, count: group.length });
  }
  const pools = pooled(shares);
  const best = Math.max(...pools);
  const rising = pools.map((share) => (best > 0 ? share / best : 1));
  const scores = new Array<number>(rows.length).fill(0);
  order.forEach((index, rank) => {
    // Between the middles of two groups in proportion, so that two scores never swap their order.
    const place = Math.min(shares.length - 1, Math.max(0, (rank + 0.5) / size - 0.5));
    const below = Math.floor(place);
    const above = Math.min(shares.length - 1, below + 1);
    scores[index] = rising[below]! + (rising[above]! - rising[below]!) * (place - below);
  });
  return scores;
}

/** Whether scores can be taken as they stand: from 0 to 1, most of them close to 1, as two-stage detectors give them. */
export function areSure(rows: readonly MotRow[]): boolean {
  if (rows.length === 0) return true;
  const scores = rows.map(({ confidence }) => confidence).sort((a, b) => a - b);
  return scores[0]! >= 0 && scores.at(-1)! <= 1 && scores[scores.length >> 1]! >= 0.8;
}

/** For each row whether it has a chain of neighbours through all of the next `reach` frames to one side. */
function persistence(rows: readonly MotRow[]): boolean[] {
  const frames = byFrame(rows);
  const goesOn = (from: MotRow, step: number): boolean => {
    let current: MotRow | undefined = from;
    for (let away = 1; away <= reach && current; away++) {
      const { box } = current;
      let [best, most]: [MotRow | undefined, number] = [undefined, sameThing];
      for (const other of frames.get(from.frame + away * step) ?? []) {
        const overlap = intersectionOverUnion(box, other.box);
        if (overlap >= most) [best, most] = [other, overlap];
      }
      current = best;
    }
    return current !== undefined;
  };
  return rows.map((row) => goesOn(row, -1) || goesOn(row, 1));
}

function pooled(shares: readonly { share: number; count: number }[]): number[] {
  const blocks: { share: number; count: number; groups: number }[] = [];
  for (const { share, count } of shares) {
    blocks.push({ share, count, groups: 1 });
    for (
      let last = blocks.at(-1)!, before = blocks.at(-2);
      before && before.share > last.share;
      before = blocks.at(-2)
    ) {
      const together = before.count + last.count;
      const mean = (before.share * before.count + last.share * last.count) / together;
      blocks.splice(-2, 2, { share: mean, count: together, groups: before.groups + last.groups });
      last = blocks.at(-1)!;
    }
  }
  return blocks.flatMap(({ share, groups: width }) => new Array<number>(width).fill(share));
}
