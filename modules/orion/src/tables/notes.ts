import { defineNotes } from '@millwright/kernel';

/** Why a table cannot be learnt from. */
export const tableNotes = defineNotes('orion-tables', {
  'no-rows': () => 'there are no rows',
  'too-few-rows': ({ rows }: { rows: number }) =>
    `its ${rows} rows are too few to learn from some and be judged on others`,
  'wrong-task': ({ tasks }: { tasks: readonly string[] }) => `it learns ${tasks}`,
  'no-columns': () => 'no column varies',
  'too-many-terms': ({ terms, limit }: { terms: number; limit: number }) =>
    `its columns and levels become ${terms} terms, more than ${limit}`,
  unsolvable: () => 'its columns hang together so that no weights can be told apart',
  'one-class': ({ class: name }: { class: string }) => `all rows are of the class ${name}`,
  'target-not-finite': ({ rows }: { rows: number }) => `the target is missing or infinite in ${rows} rows`,
});
