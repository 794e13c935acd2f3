import type { Parity } from '../parity/parity.ts';
import type { Misses } from '../threshold/misses.ts';
import type { Promise1000 } from '../threshold/promise.ts';
import type { Suspect } from '../threshold/suspects.ts';

export interface TrainedSummary {
  readonly kind: string;
  readonly threshold: number | null;
  readonly falseRejects: Promise1000 | null;
  /** Of the defects that were given and not learnt from, those that pass at this threshold. */
  readonly misses: Misses | null;
  /** Pictures among the good ones that look like defects. */
  readonly suspects: readonly Suspect[];
  readonly parity: Parity;
}
