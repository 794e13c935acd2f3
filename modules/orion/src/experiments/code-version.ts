import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

let known: string | undefined;

/** A hash over the code of this module that learning runs, so that trials of differing code can be told apart; the same on every machine. */
export function codeVersion(): string {
  if (known !== undefined) return known;
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const hash = createHash('sha256');
  const files = globSync('**/*.ts', { cwd: folder }).map((name) => name.replaceAll('\\', '/'));
  for (const name of files.filter((one) => !one.endsWith('.test.ts')).sort())
    hash.update(`${name}\n`).update(readFileSync(`${folder}/${name}`));
  known = hash.digest('hex').slice(0, 12);
  return known;
}
