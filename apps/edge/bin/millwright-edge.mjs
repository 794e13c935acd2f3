#!/usr/bin/env node
// On a box: runs on whatever Node the machine came with, and hands over to the one in node_modules where that is too old.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const main = new URL('../src/main.ts', import.meta.url);
if (Number(process.versions.node.split('.')[0]) >= 24) {
  await import(main.href);
} else {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const top = fileURLToPath(new URL('../../../', import.meta.url));
  // Of this package, or beside it where npm has installed it.
  const places = [join(top, 'node_modules', '.bin', name), join(top, '..', '.bin', name)];
  const node = places.find((place) => existsSync(place));
  if (!node) {
    process.stderr.write('The agent needs Node 24: install it, or run `npm install` in the folder of the agent.\n');
    process.exit(2);
  }
  const result = spawnSync(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exit(result.status ?? 1);
}
