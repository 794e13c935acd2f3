/** Writes the pages of docs/reference that are drawn from the code. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { referencePages } from './reference/pages.ts';

const folder = new URL('../docs/reference/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [file, content] of await referencePages()) writeFileSync(new URL(file, folder), content);
process.exit(0); // A module loaded for its declarations may hold the process open.
