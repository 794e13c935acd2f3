import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./peer/measure.py', import.meta.url));

export interface PeerValues {
  readonly version: string;
  /** Values by picture and feature. */
  readonly parts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly camera: { readonly rms: number; readonly fx: number; readonly fy: number; readonly views: number };
}

/** OpenCV and scikit-image on the same pictures; undefined where Python or a package is missing. */
export async function measureWithOpenCv(python: string, folder: string): Promise<PeerValues | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, [script, folder], { maxBuffer: 1e8 });
    return JSON.parse(stdout) as PeerValues;
  } catch {
    return undefined;
  }
}
