import type { Database } from '@millwright/db';
import type { Actor, MillwrightError } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';

export interface RecordedChange {
  /** Without the module: `experiment-create`. */
  readonly type: string;
  readonly subject: string;
  readonly siteId: string | null;
  readonly content: object;
  /** What it means when a unique index refuses it, by the index's name. */
  readonly taken?: Readonly<Record<string, (cause: unknown) => MillwrightError>>;
}

/** Writes and records in one transaction, so that neither exists without the other. */
export async function writeRecorded(
  { db, ledger }: { readonly db: Database; readonly ledger: Ledger },
  actor: Actor,
  { type, subject, siteId, content, taken }: RecordedChange,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await db.transaction(async () => {
      await work();
      await ledger.record(actor, { type: `orion.${type}`, subject, ...(siteId && { siteId }), content });
    });
  } catch (error) {
    const { code, constraint = '' } = error as { code?: string; constraint?: string };
    throw (code === '23505' && taken?.[constraint]?.(error)) || error;
  }
}
