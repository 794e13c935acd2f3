import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inputCommand } from '../input-options.ts';

export interface AccessUnitOptions {
  /** Any video. */
  readonly source: string;
  /** The file that is written, for `startRtspServer`. */
  readonly out: string;
  readonly width: number;
  readonly height: number;
  /** Each picture of the source becomes one of the stream, whatever its rate was; see `keepSpeed`. */
  readonly frameRate: number;
  /** Things move as fast as in the source: pictures are shown twice or left out where its rate is another. */
  readonly keepSpeed?: boolean;
  /** Standard deviation of noise that is added to each picture, grey levels: a real sensor shows none twice alike. Default 0. */
  readonly noise?: number;
  /** `live` (default) is cheap to encode; `camera` compresses as network cameras do, with a key frame every second. */
  readonly purpose?: 'live' | 'camera';
  readonly maxFrames?: number;
}

const entry = fileURLToPath(new URL('./access-units-process.ts', import.meta.url));

/** Makes of a video what the RTSP server plays: H.264 pictures without B frames, a key frame at least every two seconds. */
export async function writeAccessUnits(options: AccessUnitOptions): Promise<string> {
  const input = await inputCommand({ url: options.source, hardware: 'off' });
  await promisify(execFile)(process.execPath, [entry, JSON.stringify({ ...options, input })]);
  return options.out;
}
