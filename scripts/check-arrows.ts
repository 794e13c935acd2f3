/** `npm run check:arrows`: fails on an import that the architecture does not allow, and says why it does not. */
import { fileURLToPath } from 'node:url';
import { checkArrows } from './arrows/rules.ts';
import { readWorkspace } from './arrows/workspace.ts';

const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const workspace = readWorkspace(root);
const problems = checkArrows(workspace);
for (const { where, message } of problems) process.stdout.write(`${where}\n    ${message}\n`);
const files = workspace.parts.reduce((sum, part) => sum + part.files.length, 0);
process.stdout.write(`arrows: ${problems.length} problem(s) in ${files} files of ${workspace.parts.length} parts\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
