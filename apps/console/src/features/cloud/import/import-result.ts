import type { Said } from '../../../app/i18n/said.ts';

/** What the job of an import ends with; `millwright cloud import` prints the same. */
export interface ImportResult {
  readonly source: { readonly id: string; readonly name: string };
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly points: readonly {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    readonly count: number;
  }[];
  readonly rejects: readonly {
    readonly row: number | null;
    readonly reason: string;
    readonly note?: Said | null;
    readonly key?: string;
    readonly raw?: string;
  }[];
  readonly warnings?: readonly Said[];
  /** Taken up again after a server ended in the middle of it. */
  readonly resumed?: boolean;
  readonly evidence: string;
}
