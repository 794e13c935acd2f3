/** The command line's part of ManuVision. */
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';

export const verbs: readonly Verb[] = [];

/** What `millwright verify FILE` runs again. */
export const fileMethods: readonly FileMethod[] = [];
