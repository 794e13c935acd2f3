/** Writes what is drawn from the code: the pages of docs/reference, and the console's English of every note. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { englishNotes } from './reference/english-notes.ts';
import { referencePages } from './reference/pages.ts';

const folder = new URL('../docs/reference/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [file, content] of await referencePages()) writeFileSync(new URL(file, folder), content);

const notes = new URL('../apps/console/src/app/i18n/server-texts/en/notes/', import.meta.url);
mkdirSync(notes, { recursive: true });
for (const [area, texts] of await englishNotes())
  writeFileSync(new URL(`${area}.json`, notes), `${JSON.stringify(texts, null, 2)}\n`);
process.exit(0); // A module loaded for its declarations may hold the process open.
