import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = '/sys/class/powercap';

export interface PowerMeter {
  /** Watts of all processor packages since the last call, or since the meter was made. */
  watts(): number;
}

/** Reads the processors' own energy counters (RAPL through Linux' powercap); undefined where they cannot be read. */
export function powerMeter(): PowerMeter | undefined {
  try {
    const packages = readdirSync(folder).filter((name) => /^intel-rapl:\d+$/.test(name));
    const number = (zone: string, file: string) => Number(readFileSync(join(folder, zone, file), 'utf8'));
    const read = () => packages.map((zone) => number(zone, 'energy_uj'));
    const ranges = packages.map((zone) => number(zone, 'max_energy_range_uj'));
    let [before, beforeAt] = [read(), performance.now()];
    if (packages.length === 0) return undefined;
    return {
      watts() {
        const [now, at] = [read(), performance.now()];
        // A counter that has come round begins again at 0.
        const used = now.map((value, index) => (value - before[index]! + ranges[index]!) % ranges[index]!);
        const seconds = (at - beforeAt) / 1000;
        [before, beforeAt] = [now, at];
        return used.reduce((sum, value) => sum + value, 0) / 1e6 / seconds;
      },
    };
  } catch {
    return undefined;
  }
}
