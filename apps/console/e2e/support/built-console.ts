import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const folder = fileURLToPath(new URL('../../', import.meta.url));
export const distFolder = join(folder, 'dist');
/** Two test files may want the build at once; one builds, the other waits. */
const lock = join(tmpdir(), 'millwright-console-build.lock');
const longestBuildMs = 60_000;

const newest = (path: string): number =>
  Math.max(
    ...readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );

function isCurrent(): boolean {
  const manifest = join(distFolder, '.vite', 'manifest.json');
  const page = join(folder, 'index.html');
  if (!existsSync(manifest)) return false;
  return statSync(manifest).mtimeMs > Math.max(newest(join(folder, 'src')), statSync(page).mtimeMs);
}

async function takeLock(): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      // Left behind by a run that was killed: nobody builds for that long.
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > longestBuildMs)
        rmdirSync(lock);
      await pause(200);
    }
  }
}

/** Builds the console when there is no build or the sources are newer than it. */
export async function ensureBuilt(): Promise<void> {
  await takeLock();
  try {
    if (isCurrent()) return;
    const vite = join(folder, '../../node_modules/vite/bin/vite.js');
    // As the product is built: a test's own NODE_ENV would bring in React's development build.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [vite, 'build', folder, '--logLevel', 'error'], { env });
  } finally {
    rmdirSync(lock);
  }
}
