/** The ledger: evidence of what was concluded and actions of who did what, in one hash chain. */
import type { Ledger } from './ledger.ts';

export { canonicalJson, hashOf, sha256 } from './canonical-json.ts';
export { ledgerErrors } from './errors.ts';
export type {
  ChainProblem,
  Difference,
  EvidenceMethod,
  FindingContent,
  InputChange,
  InputKind,
  InputReference,
  PinnedInput,
  VerifyResult,
  VerifyStatus,
} from './evidence.ts';
export { type ConcludeOptions, type EntryFilter, Ledger, type LedgerEntry } from './ledger.ts';

/** Folder of the ledger's own migrations. */
export const ledgerMigrations = new URL('../migrations/', import.meta.url);

declare module '@millwright/kernel' {
  interface Host {
    readonly ledger: Ledger;
  }
}
