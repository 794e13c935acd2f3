import type { Note } from '@millwright/kernel';
/** Something a method was run on, pinned by a hash at the time. */
export interface InputReference {
  /** Which registered input kind can fetch it again: `measurements`, `blob`, `factor`, `activity`, … */
  readonly kind: string;
  /** What identifies it, in the kind's own terms; plain JSON. */
  readonly reference: unknown;
}

export interface PinnedInput extends InputReference {
  /** SHA-256 over the input's content at the time. */
  readonly sha256: string;
  /** Size in the kind's own measure (readings, bytes, rows), for people. */
  readonly count?: number;
  /** Finer hashes by part (an hour of a point, a row), kept so that a later change can be located. Plain JSON. */
  readonly parts?: unknown;
}

/** What became of one input since it was pinned. */
export interface InputChange {
  readonly kind: string;
  readonly reference: unknown;
  /** One sentence naming what changed and where. */
  readonly message: string;
  readonly note: Note;
  /** The places, in the kind's own terms, e.g. `{ point, hour }`. */
  readonly places: readonly unknown[];
}

export interface InputKind {
  readonly kind: string;
  /** Hashes the input as it is now. Rejects when it is gone. */
  pin(reference: unknown): Promise<Omit<PinnedInput, 'kind' | 'reference'>>;
  /** Says where the input differs from what was pinned; called only when the hashes differ. */
  locate?(
    pinned: PinnedInput,
    now: Omit<PinnedInput, 'kind' | 'reference'>,
  ): Promise<Pick<InputChange, 'note' | 'places'>>;
}

/**
 * How a conclusion is reached: a deterministic function of parameters and inputs. A change that can change a result
 * needs a new version; keep the old version registered as long as findings made with it should stay provable.
 */
export interface EvidenceMethod {
  readonly id: string;
  readonly version: string;
  /** What it does, one sentence, and the standard or paper it follows. */
  readonly description: string;
  run(parameters: unknown, inputs: readonly InputReference[]): Promise<unknown>;
}

/** What a finding's ledger entry holds. */
export interface FindingContent {
  readonly method: { readonly id: string; readonly version: string };
  readonly parameters: unknown;
  readonly inputs: readonly PinnedInput[];
  readonly output: unknown;
}

export type VerifyStatus = 'proved' | 'differs' | 'inputs changed' | 'method gone';

export interface Difference {
  /** JSON pointer into the output. */
  readonly path: string;
  readonly recorded: unknown;
  readonly now: unknown;
}

export interface VerifyResult {
  readonly status: VerifyStatus;
  /** Inputs checked for one finding; entries checked for the chain. */
  readonly checked: number;
  readonly id?: string;
  readonly method?: { readonly id: string; readonly version: string };
  readonly differences?: readonly Difference[];
  readonly changes?: readonly InputChange[];
  readonly problems?: readonly ChainProblem[];
  readonly head?: { readonly sequence: number; readonly hash: string };
}

export interface ChainProblem {
  readonly sequence: number;
  readonly id?: string;
  readonly problem: 'altered' | 'missing' | 'reordered' | 'broken link' | 'head mismatch' | 'anchor mismatch';
  readonly message: string;
  readonly note: Note;
}
