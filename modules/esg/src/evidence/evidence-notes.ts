import { defineNotes, type Note } from '@millwright/kernel';

/** What was done to a factor, a certificate or a statement behind the back of the product. */
export const evidenceNotes = defineNotes('esg-evidence', {
  changed: ({ kind, id, said }: { kind: { term: string }; id: string; said: Note }) =>
    `the ${kind} ${id} was changed in the database: ${said}`,
  'other-member': ({ before }: { before: string }) => `${before}, another member of it`,
  'factor-changed': ({ factor }: { factor: string }) => `the factor ${factor} was changed in the database`,
  'factor-value': ({ factor, before, after }: { factor: string; before: string; after: string }) =>
    `the factor ${factor} was changed in the database: its value was ${before} and is ${after}`,
  said: ({ before, after }: { before: string; after: string }) => `it said ${before} and says ${after}`,
});
