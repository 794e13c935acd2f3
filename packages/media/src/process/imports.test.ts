import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = dirname(fileURLToPath(import.meta.url));

/** All that a file brings into its process when it runs, by its imports of values; names of packages as they are. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  const values = /^(?:import|export) (?!type\b)(?:[^;]*? from )?'([^']+)';$/gms;
  for (const [, name] of readFileSync(file, 'utf8').matchAll(values)) {
    const at = name!.startsWith('.') ? join(dirname(file), name!) : name!;
    if (found.has(at)) continue;
    found.add(at);
    if (name!.startsWith('.')) loadedBy(at, found);
  }
  return found;
}

it('a process for each camera loads FFmpeg, and of the product as little as it needs', () => {
  const loaded = [...loadedBy(join(folder, 'decoder-process.ts'))].filter((name) => !name.startsWith('node:'));
  expect(loaded.map((name) => (name.startsWith('/') ? relative(folder, name) : name))).toContain('decode-session.ts');
  // The kernel's index alone brings zod and pino: 30 MB, and a tenth of a second of each start.
  expect(loaded.filter((name) => !name.startsWith('/')).sort()).toEqual([
    '@millwright/kernel/addresses',
    'node-av/constants',
    'node-av/lib',
  ]);
});
