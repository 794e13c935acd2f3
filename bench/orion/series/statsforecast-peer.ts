import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./peer/forecast.py', import.meta.url));

export interface StatsforecastResult {
  readonly version: string;
  readonly models: readonly {
    readonly name: string;
    readonly seconds: number;
    readonly forecasts: readonly number[][];
  }[];
}

/** Undefined where Python or statsforecast is missing. */
export async function measureStatsforecast(
  python: string,
  file: string,
  length: number,
  horizon: number,
  processes: number,
): Promise<StatsforecastResult | undefined> {
  try {
    const call = [script, file, length, horizon, processes].map(String);
    const { stdout } = await promisify(execFile)(python, call, { maxBuffer: 1e9 });
    return JSON.parse(stdout) as StatsforecastResult;
  } catch {
    return undefined;
  }
}
