#!/usr/bin/env node
// Runs on whatever Node the machine came with, and hands over to the pinned one that runs TypeScript as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(realpathSync(fileURLToPath(import.meta.url)));
const main = join(here, '..', 'src', 'main.ts');
// A command should not wait for what was compiled the last time.
module.enableCompileCache?.(join(here, '..', '..', '..', 'node_modules', '.cache', 'millwright', 'compiled'));
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main);
} else {
  const node = join(here, '..', '..', '..', 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(node)) {
    process.stderr.write('Millwright is not installed yet: run `npm install` in its folder first.\n');
    process.exit(2);
  }
  const result = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(result.status ?? 1);
}
