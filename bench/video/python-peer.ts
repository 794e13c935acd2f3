import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('./peer/analyse.py', import.meta.url));

export interface PeerRun {
  readonly version: string;
  readonly frames: number;
  readonly seconds: number;
}

/** The plain pipeline on the same video with the same network; writes its tracks. Undefined where Python or a package is missing. */
export async function measurePythonPipeline(
  python: string,
  { video, network, tracks, threads }: { video: string; network: string; tracks: string; threads: number },
): Promise<PeerRun | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, [script, video, network, tracks, String(threads)]);
    return JSON.parse(stdout) as PeerRun;
  } catch {
    return undefined;
  }
}
