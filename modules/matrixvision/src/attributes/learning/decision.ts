/** Confidence, 0.5 to 1, that a decision needs; below it the answer is "cannot tell". */
export const leastConfidence = 0.65;

export type Decision = 'present' | 'absent' | 'undecided';

export function decide(probability: number): Decision {
  if (probability >= leastConfidence) return 'present';
  return probability <= 1 - leastConfidence ? 'absent' : 'undecided';
}
