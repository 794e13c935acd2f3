import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** How long the machine has run, and which run it is: what a wrong or jumping clock does not touch. */
export interface MachineTime {
  /** Different after each start of the machine. */
  readonly boot: string;
  /** Milliseconds since that start. */
  uptimeMs(): number;
}

export function machineTime(): MachineTime {
  return { boot: bootId(), uptimeMs: () => uptime() * 1000 };
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Where the system does not tell, only this process knows that it is still the same run.
    return randomUUID();
  }
}
