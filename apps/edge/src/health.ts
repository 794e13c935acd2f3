import { readdir, readFile, statfs } from 'node:fs/promises';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { join } from 'node:path';

export interface MachineHealth {
  readonly cpu: number | null;
  readonly memory: { readonly total: number; readonly free: number; readonly process: number };
  readonly temperature: number | null;
  readonly disk: { readonly total: number; readonly free: number };
}

/** Figures of the machine; `cpu` is of the time since the call before. */
export class Health {
  #folder: string;
  #before = busy();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async measure(): Promise<MachineHealth> {
    const [now, before] = [busy(), this.#before];
    this.#before = now;
    const total = now.total - before.total;
    const disk = await statfs(this.#folder);
    return {
      cpu: total > 0 && availableParallelism() > 0 ? Math.min(1, Math.max(0, (now.busy - before.busy) / total)) : null,
      memory: { total: totalmem(), free: freemem(), process: process.memoryUsage.rss() },
      temperature: await temperature(),
      disk: { total: disk.blocks * disk.bsize, free: disk.bavail * disk.bsize },
    };
  }
}

function busy(): { busy: number; total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle;
    total += all;
    busy += all - times.idle;
  }
  return { busy, total };
}

/** The hottest of what Linux shows, degrees Celsius: thermal zones, and sensor chips where there are none. */
async function temperature(): Promise<number | null> {
  const zones = await readings('/sys/class/thermal', /^thermal_zone/, /^temp$/);
  const found = zones.length > 0 ? zones : await readings('/sys/class/hwmon', /^hwmon/, /^temp\d+_input$/);
  // A sensor that is not connected reads some absurd value.
  const plausible = found.map((value) => value / 1000).filter((value) => value > -40 && value < 150);
  return plausible.length > 0 ? Math.max(...plausible) : null;
}

async function readings(folder: string, device: RegExp, file: RegExp): Promise<number[]> {
  const names = async (path: string, pattern: RegExp) =>
    (await readdir(path).catch(() => [])).filter((name) => pattern.test(name)).map((name) => join(path, name));
  const values: number[] = [];
  for (const one of await names(folder, device))
    for (const path of await names(one, file)) {
      const value = Number(await readFile(path, 'utf8').catch(() => Number.NaN));
      if (Number.isFinite(value)) values.push(value);
    }
  return values;
}
