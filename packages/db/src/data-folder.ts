import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isMillwrightError } from '@millwright/kernel';
import { isRunning, startOfProcess } from '@millwright/kernel/node';
import { dbErrors } from './errors.ts';

/** What the lock file says of its holder; the command line reads it to talk to the running server. */
export interface FolderHolder {
  readonly pid: number;
  /** Start time of the process in clock ticks since boot, where the system tells; tells a re-used pid from the holder. */
  readonly processStart: string;
  /** Set once the server listens. */
  readonly url?: string;
  /** Lets whoever may read the data folder act as its operator; the file is readable by its owner only. */
  readonly operatorToken?: string;
}

export interface FolderLock {
  readonly folder: string;
  /** Tells the command line where the server listens. */
  publish(url: string, operatorToken: string): void;
  release(): void;
}

const lockName = 'lock.json';

const isAlive = ({ pid, processStart }: FolderHolder): boolean => isRunning(pid, processStart);

/** Who holds the folder now, or undefined. A lock left by a killed process counts as nobody. */
export function folderHolder(folder: string): FolderHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(folder, lockName), 'utf8')) as FolderHolder;
    return isAlive(holder) ? holder : undefined;
  } catch {
    return undefined; // Absent, or half-written by a process that died: nobody holds it.
  }
}

/** Removes the lock of a process that is gone. Only one starter at a time may, or it could remove the lock of another starter. */
function removeStaleLock(folder: string): void {
  const guard = join(folder, `${lockName}.takeover`);
  const own: FolderHolder = { pid: process.pid, processStart: startOfProcess(process.pid) };
  try {
    writeFileSync(guard, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Killed in the microseconds between taking the guard and giving it back: then the guard itself is stale.
    if (isStale(guard)) rmSync(guard, { force: true });
    return;
  }
  try {
    // Nobody can have replaced the lock since: that takes removing it first, under this guard.
    if (!folderHolder(folder)) rmSync(join(folder, lockName), { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function isStale(guard: string): boolean {
  try {
    return !isAlive(JSON.parse(readFileSync(guard, 'utf8')) as FolderHolder);
  } catch {
    return false; // Given back meanwhile, or being written.
  }
}

const pause = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** Not `recursive` of Node, which never returns where the system makes no folders, as below /proc. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || existsSync(dirname(path))) throw error;
    makeFolder(dirname(path));
    mkdirSync(path);
  }
}

/** What the operating system said, for a person. */
function reasonOf(error: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    EEXIST: 'it is a file',
    ENOTDIR: 'a part of the path is a file',
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'its file system is read-only',
    ENOSPC: 'its disk is full',
    ENOENT: 'it cannot be created there',
  };
  return known[error.code ?? ''] ?? error.message;
}

/**
 * Takes the folder for this process alone, creating it if need be. Throws DATA_FOLDER_IN_USE while another process
 * lives that holds it, DATA_FOLDER_UNUSABLE where nothing can be kept; a lock left behind by a killed one is taken over
 * at once.
 */
export function lockFolder(folder: string): FolderLock {
  try {
    makeFolder(resolve(folder));
    return takeLock(folder);
  } catch (error) {
    if (isMillwrightError(error)) throw error;
    throw dbErrors.DATA_FOLDER_UNUSABLE({ folder, reason: reasonOf(error as NodeJS.ErrnoException) }, error);
  }
}

function takeLock(folder: string): FolderLock {
  const path = join(folder, lockName);
  const own: FolderHolder = { pid: process.pid, processStart: startOfProcess(process.pid) };
  const unique = (what: string) => `${path}.${what}-${process.pid}-${randomBytes(4).toString('hex')}`;
  const write = (content: FolderHolder, target: string) =>
    writeFileSync(target, JSON.stringify(content), { mode: 0o600 });
  for (let attempt = 0; ; attempt += 1) {
    const candidate = unique('new');
    write(own, candidate);
    try {
      linkSync(candidate, path); // Atomic: exactly one of two starters gets the name.
      let held = true;
      return {
        folder,
        publish(url, operatorToken) {
          const next = unique('publish');
          write({ ...own, url, operatorToken }, next);
          renameSync(next, path);
        },
        release() {
          if (held) rmSync(path, { force: true });
          held = false; // From here on the lock may be another process's.
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(candidate);
    }
    const holder = folderHolder(folder);
    if (holder || attempt > 20) throw dbErrors.DATA_FOLDER_IN_USE({ folder, pid: holder?.pid ?? 0 });
    removeStaleLock(folder);
    if (attempt > 0) pause(10); // Another starter is taking it over; what it does takes less than this.
  }
}
