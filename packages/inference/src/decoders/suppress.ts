import type { Candidate } from './decoder.ts';

/** Boxes of one class that overlap by at least this show the same thing, each a little differently. Others are doubles only. */
const sameThing = 0.6;

/**
 * Non-maximum suppression within each class: the best box stays and takes away what overlaps it by more than `iou`. Boxes of
 * different classes never suppress each other. Best first; at most `limit` boxes stay.
 *
 * A box that stays is the mean of all that show the same thing, weighted by their scores (box voting, Gidaris and Komodakis
 * 2015): the one of the highest score is not the one that lies best, and from picture to picture it is another one.
 */
export function suppress(candidates: readonly Candidate[], iou: number, limit: number): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    if (kept.length === limit) break;
    const doubled = kept.some((better) => better.index === candidate.index && overlap(better, candidate) > iou);
    if (!doubled) kept.push(candidate);
  }
  // What a network that suppresses doubles itself leaves beside each other is meant so.
  return kept.map((best) => voted(best, candidates, Math.max(sameThing, iou)));
}

function voted(best: Candidate, candidates: readonly Candidate[], least: number): Candidate {
  let [left, top, right, bottom, weight] = [0, 0, 0, 0, 0];
  for (const one of candidates) {
    if (one.index !== best.index || (one !== best && overlap(best, one) <= least)) continue;
    left += one.score * one.left;
    top += one.score * one.top;
    right += one.score * one.right;
    bottom += one.score * one.bottom;
    weight += one.score;
  }
  if (weight <= 0) return best;
  return { ...best, left: left / weight, top: top / weight, right: right / weight, bottom: bottom / weight };
}

/** Intersection over union. */
export function overlap(a: Candidate, b: Candidate): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (area(a) + area(b) - width * height);
}

const area = ({ left, top, right, bottom }: Candidate): number => (right - left) * (bottom - top);
