import type { HeldOutScore } from '../model-file/model-file.ts';

export interface Suspect extends HeldOutScore {
  /** How many of so many good parts would be expected to reach this score; far below 1 for what is none. */
  readonly expected: number;
}

/**
 * Defects among the good: pictures whose held-out score is out of what the other good ones make likely. The upper half of the
 * scores, from its median to its upper quartile, gives an exponential tail, which a quarter of wrong pictures cannot bend (and
 * which is heavier than most scores' tails, so that an unusual good part is rarely accused); a picture is suspected where less
 * than 0.05 of all pictures would be expected that far out. They are listed, never dropped. The most suspect first.
 */
export function suspectsAmong(scores: readonly HeldOutScore[]): Suspect[] {
  const ordered = scores.map(({ score }) => score).sort((a, b) => a - b);
  // Of fewer the quartile says nothing.
  if (ordered.length < 12) return [];
  const [median, quartile] = [quantile(ordered, 0.5), quantile(ordered, 0.75)];
  const scale = (quartile - median) / Math.LN2;
  if (!(scale > 0)) return [];
  return scores
    .map(({ name, score }) => ({
      ...{ name, score },
      expected: Math.min(1, 0.5 * Math.exp(-(score - median) / scale)) * ordered.length,
    }))
    .filter(({ expected }) => expected < 0.05)
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

function quantile(ordered: readonly number[], share: number): number {
  const at = share * (ordered.length - 1);
  const low = Math.floor(at);
  return ordered[low]! + (at - low) * (ordered[Math.min(low + 1, ordered.length - 1)]! - ordered[low]!);
}
