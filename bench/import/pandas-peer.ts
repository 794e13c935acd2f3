import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./peer/read_csv.py', import.meta.url));

export interface PandasResult {
  readonly version: string;
  readonly readingsPerSecond: number;
  readonly peakMb: number;
}

/** Undefined where Python or pandas is missing, or the file is larger than pandas has memory for. */
export async function measurePandas(python: string, file: string, layout: string): Promise<PandasResult | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, [script, file, layout]);
    return JSON.parse(stdout) as PandasResult;
  } catch {
    return undefined;
  }
}
