import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Loads every file that declares errors, notes or permissions, so that the kernel knows them all. New parts are found by themselves. */
export async function loadDeclarations(): Promise<void> {
  const files = globSync('{packages,modules,apps}/*/src/**/*.ts', {
    cwd: root,
    exclude: (path) => path.includes('node_modules') || path.endsWith('.test.ts') || path.endsWith('fixtures'),
  }).sort();
  for (const file of files) {
    const path = join(root, file);
    if (/^(export )?const \w+ = define(Errors|Notes)\(|^definePermissions\(/m.test(readFileSync(path, 'utf8')))
      await import(/* @vite-ignore */ pathToFileURL(path).href);
  }
}
