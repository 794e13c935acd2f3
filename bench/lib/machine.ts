import { cpus, loadavg, release, type as systemType, totalmem } from 'node:os';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
}

/** The machine a figure was measured on; no host name, since reports are published. */
export function machine(): Machine {
  const [first, ...others] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: others.length + 1,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemType()} ${release()} ${process.arch}`,
    node: process.version,
  };
}

/** Processes wanting a core, averaged over the last minute: tells a quiet machine from a busy one. */
export const load = (): number => Math.round(loadavg()[0]! * 10) / 10;
