/** One picture whose class is known, as it was judged. */
export interface Told {
  readonly truth: string;
  readonly told: string;
  readonly confidence: number;
}

export interface Accuracy {
  readonly pictures: number;
  /** Share that was told rightly. */
  readonly accuracy: number;
  /** Mean confidence: in honest probabilities it is the accuracy. */
  readonly meanConfidence: number;
  /** Pictures by their class, and by what was told. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** How well classes were told; null where there is nothing to say it by. */
export function accuracyOf(judged: readonly Told[]): Accuracy | null {
  if (judged.length === 0) return null;
  const confusion: Record<string, Record<string, number>> = {};
  for (const { truth, told } of judged) {
    confusion[truth] ??= {};
    confusion[truth][told] = (confusion[truth][told] ?? 0) + 1;
  }
  return {
    pictures: judged.length,
    accuracy: judged.filter(({ truth, told }) => truth === told).length / judged.length,
    meanConfidence: judged.reduce((sum, { confidence }) => sum + confidence, 0) / judged.length,
    confusion,
  };
}
