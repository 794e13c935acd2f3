// Plain JavaScript: runs on whatever Node the machine came with, before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

/** The pinned Node 24 that comes with the dependencies. */
export const node = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');

/** Installs when nothing is installed yet or the lock file is newer than what is. */
export function installWhatIsMissing() {
  const marker = join(root, 'node_modules', '.package-lock.json');
  const lock = join(root, 'package-lock.json');
  if (existsSync(node) && existsSync(marker) && statSync(marker).mtimeMs + 1000 >= statSync(lock).mtimeMs) return;
  process.stderr.write('Installing what is missing (once; about a minute) …\n');
  const result = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    // onnxruntime's install script reaches for a host that a closed network does not have; the CPU library is in the package.
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  if (result.status !== 0) {
    process.stderr.write('npm install failed; see its message above. Millwright needs Node 20.20 or later and npm.\n');
    process.exit(result.status ?? 1);
  }
  // npm leaves the marker alone when a newer lock file asks for nothing new; untouched, every start would install again.
  if (existsSync(marker)) utimesSync(marker, new Date(), new Date());
}

/** Runs a command with the pinned Node first on the PATH and returns its exit status. */
export function run(command, args, options = {}) {
  const path = `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env: { ...process.env, ...options.env, PATH: path },
  });
  return result.status ?? 1;
}
