import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** Processes that a process started and that still run, from /proc. */
export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false; // Ended since the folder was listed.
      }
    })
    .map(Number);
}

/** The script that a process of Node runs, without its folder; undefined once it has ended. */
export function scriptOf(pid: number): string | undefined {
  try {
    const script = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .find((argument) => /\.[mc]?[jt]s$/.test(argument));
    return script && basename(script);
  } catch {
    return undefined;
  }
}
