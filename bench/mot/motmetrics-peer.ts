import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./peer/evaluate.py', import.meta.url));

export interface PeerScores {
  readonly version: string;
  readonly mota: number;
  readonly motp: number;
  readonly idf1: number;
  readonly falsePositives: number;
  readonly misses: number;
  readonly switches: number;
  readonly fragmentations: number;
  readonly mostlyTracked: number;
  readonly mostlyLost: number;
}

/** py-motmetrics on the same two files; undefined where Python or the package is missing. */
export async function measureMotmetrics(
  python: string,
  truth: string,
  tracks: string,
): Promise<PeerScores | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, [script, truth, tracks]);
    return JSON.parse(stdout) as PeerScores;
  } catch {
    return undefined;
  }
}
