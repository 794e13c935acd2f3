import type { Parity } from '../parity/parity.ts';
import type { Promise1000 } from '../threshold/promise.ts';
import type { Suspect } from '../threshold/suspects.ts';

export interface TrainedSummary {
  readonly kind: string;
  readonly threshold: number | null;
  readonly falseRejects: Promise1000 | null;
  /** Pictures among the good ones that look like defects. */
  readonly suspects: readonly Suspect[];
  readonly parity: Parity;
}
