import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, startOfProcess } from '@millwright/kernel/node';
import { agentErrors } from './errors.ts';

const lockFile = 'agent.lock';

interface Holder {
  readonly pid: number;
  /** Start of the process in clock ticks since boot, where the system tells: tells a re-used pid from the holder. */
  readonly start: string;
}

const isAlive = ({ pid, start }: Holder): boolean => isRunning(pid, start);

/** Two agents on one folder would send everything twice. Returns what gives it back; throws EDGE_FOLDER_IN_USE. */
export function lockBoxFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, lockFile);
  const own: Holder = { pid: process.pid, start: startOfProcess(process.pid) };
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = holderOf(path);
    if (holder && isAlive(holder)) throw agentErrors.EDGE_FOLDER_IN_USE({ folder, pid: holder.pid });
    rmSync(path, { force: true });
  }
}

/** Who runs a box on the folder; undefined where nobody does. */
export function folderHolder(folder: string): { readonly pid: number } | undefined {
  const holder = holderOf(join(folder, lockFile));
  return holder && isAlive(holder) ? holder : undefined;
}

function holderOf(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined; // Gone, or half-written by a process that died.
  }
}
