import { defineNotes } from '@millwright/kernel';

/** How far an import is. */
export const importNotes = defineNotes('import', {
  progress: ({ rows }: { rows: number }) => `${rows} rows`,
});
