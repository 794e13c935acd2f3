import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** User and system time of all threads so far. */
  readonly cpuSeconds: number;
  readonly residentMb: number;
  /** Highest so far. */
  readonly peakResidentMb: number;
}

const ticksPerSecond = 100;

/**
 * Memory that would be free if the process ended, and its share of what it has in common with others, in MB (PSS); of many
 * processes of one program the sum is what they take together. Undefined where the system does not say.
 */
export function proportionalMb(pid: number): number | undefined {
  try {
    const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return found ? Number(found[1]) / 1024 : undefined;
  } catch {
    return undefined;
  }
}

/** What a process has used so far, from /proc; undefined on systems without it and for processes that are gone. */
export function processUsage(pid: number): ProcessUsage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? Number.NaN) / 1024;
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      residentMb: megabytes('VmRSS'),
      peakResidentMb: megabytes('VmHWM'),
    };
  } catch {
    return undefined;
  }
}
