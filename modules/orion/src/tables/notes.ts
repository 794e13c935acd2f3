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
  'too-large': ({ rows, columns }: { rows: number; columns: number }) =>
    `${rows} rows of ${columns} columns need more than the 4 GB that a training can take`,
  'target-too-large': () => 'the target is beyond 1e30',
  'too-many-classes': ({ classes }: { classes: number }) =>
    `its target has ${classes} classes; if it is a quantity, the task is a regression`,
  'one-class': ({ class: name }: { class: string }) => `all rows are of the class ${name}`,
  'target-not-finite': ({ rows }: { rows: number }) => `the target is missing or infinite in ${rows} rows`,
});
