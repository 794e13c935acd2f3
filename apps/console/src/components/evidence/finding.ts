import type { LedgerEntry } from '../../api/types.ts';
import type { Said } from '../../app/i18n/said.ts';

export interface PinnedInput {
  readonly kind: string;
  readonly reference: unknown;
  readonly sha256: string;
  readonly count?: number;
}

/** What the ledger keeps of a finding. */
export interface Finding {
  readonly method: { readonly id: string; readonly version: string };
  readonly parameters: unknown;
  readonly inputs: readonly PinnedInput[];
  readonly output: unknown;
}

export interface VerifyAnswer {
  readonly status: 'proved' | 'differs' | 'inputs changed' | 'method gone';
  readonly checked: number;
  readonly differences?: readonly { readonly path: string; readonly recorded?: unknown; readonly now?: unknown }[];
  readonly changes?: readonly {
    readonly kind: string;
    readonly reference: unknown;
    readonly message: string;
    readonly note: Said;
    readonly places: readonly unknown[];
  }[];
  readonly problems?: readonly {
    readonly sequence: number;
    readonly id?: string;
    readonly problem: string;
    readonly message: string;
    readonly note: Said;
  }[];
  readonly head?: { readonly sequence: number; readonly hash: string };
}

export const findingOf = (entry: LedgerEntry): Finding | undefined =>
  entry.kind === 'finding' ? (entry.content as Finding) : undefined;

/** The key of a status in the texts, which have no spaces. */
export const statusKey = (status: VerifyAnswer['status']): string => status.replaceAll(' ', '-');
