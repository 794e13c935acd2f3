import type { Note } from '@millwright/kernel';
import type { TrainingConditions } from '../drift/drift-watch.ts';

/** What a training said of itself, without the times that another run does not repeat. */
export interface TrainingResult {
  readonly images: { readonly good: number; readonly defects: number };
  readonly threshold: number | null;
  /** Of the promise: expected false rejects per 1,000 good parts with their 95 % interval; null where nothing was held out. */
  readonly falseRejects: { readonly per1000: number; readonly low: number; readonly high: number } | null;
  /** SHA-256 of the version of the data set; versions of before 2026-11-27 do not say. */
  readonly dataset?: string;
  /** Pictures that were not learnt from, with the reason; `name` is the hash of the file. */
  readonly leftOut?: readonly { readonly name: string; readonly fileName: string; readonly reason: Note }[];
  /** What the pictures were like, for the drift watch; versions of before 2026-11-27 do not say. */
  readonly conditions?: TrainingConditions;
  /** Everything else that the training answered; plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}
