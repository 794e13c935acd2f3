import type { Note } from '@millwright/kernel';
/** One thing that the file did not say and that was concluded from it. */
export interface Guess {
  /** Path in the mapping, such as `time.format`. */
  readonly what: string;
  readonly value: unknown;
  /** 0 to 1; below 0.6 a person should look. */
  readonly confidence: number;
  /** One sentence. */
  readonly reason: Note;
}

/** The value that occurs most often, and its share. */
export function mostFrequent<T>(values: readonly T[]): { value: T; share: number } | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: T; share: number } | undefined;
  for (const [value, count] of counts)
    if (best === undefined || count / values.length > best.share) best = { value, share: count / values.length };
  return best;
}

/** Rounded down, so that a share with an exception never reads as all of them. */
export const percent = (share: number): { readonly share: number } => ({ share: Math.floor(share * 1000) / 1000 });
