/** The command line's part of orion. */
import type { Verb } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';

export const verbs: readonly Verb[] = [];

/** Methods of verbs that need no server. */
export const fileMethods: readonly FileMethod[] = [];
