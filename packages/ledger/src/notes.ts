import { defineNotes, type Note, type Reason } from '@millwright/kernel';

interface Entry {
  readonly entry: string;
}

/** What a check of the chain or of a finding's inputs finds. An entry's number is a name, not an amount. */
export const ledgerNotes = defineNotes('ledger', {
  altered: ({ entry }: Entry) => `entry ${entry} does not have the content it was recorded with`,
  missing: ({ entry, before, after }: Entry & { before: string; after: string }) =>
    `entry ${entry} is missing between ${before} and ${after}`,
  'broken-link': ({ entry, before }: Entry & { before: string }) =>
    `entry ${entry} does not follow entry ${before} as it now stands`,
  'not-anchored': ({ entry }: Entry) => `entry ${entry} is not the one that was anchored`,
  'anchor-missing': ({ entry }: Entry) => `the anchored entry ${entry} is not in the chain`,
  reordered: ({ entry }: Entry) => `entry ${entry} does not stand where it was recorded`,
  'cut-off': ({ last, head }: { last: string; head: string }) =>
    `the chain ends at ${last}, but its head is recorded as ${head}: entries after ${last} were removed or the head was changed`,
  'input-changed': ({ kind }: { kind: { term: string } }) => `${kind} has other content`,
  'file-changed': ({ name }: { name: string }) => `${name} has other content`,
  'file-gone': ({ name }: { name: string }) => `${name} is not there`,
  'input-gone': ({ reason }: { reason: Reason }) => `cannot be read again: ${reason}`,
});

/** A sentence as it stands in an answer: its English and the note. */
export const told = (note: Note): { readonly message: string; readonly note: Note } => ({ message: note.text, note });
