import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface RtspStream {
  /** E.g. `/gate`. */
  readonly path: string;
  /** Written by `writeAccessUnits`. */
  readonly file: string;
  readonly frameRate: number;
  /** It goes silent after so many pictures, with the connection held open. */
  readonly stopAfter?: number;
  /**
   * A picture is sent when its time has come, and is captured then, as from a camera: whoever connects meanwhile waits for
   * the next key frame. Left out: GStreamer is given pictures ahead.
   */
  readonly live?: boolean;
  /** For `live`: begins with the first key frame from this picture on. */
  readonly startAt?: number;
  /** For `live`: pictures of the file whose moments are told to `onMark`. */
  readonly marks?: readonly number[];
}

/** A marked picture is being sent now. */
export interface RtspMark {
  readonly path: string;
  readonly frame: number;
  /** When it was, in milliseconds since 1970. */
  readonly at: number;
}

export interface RtspServerOptions {
  readonly streams: readonly RtspStream[];
  /** Asked for by digest. */
  readonly user?: string;
  readonly password?: string;
  readonly port?: number;
  readonly onMark?: (mark: RtspMark) => void;
}

export interface RtspServer {
  readonly port: number;
  readonly pid: number;
  url(path: string): string;
  close(): Promise<void>;
}

const script = fileURLToPath(new URL('./rtsp-server.py', import.meta.url));
/** Debian's own Python, which its packages are for, before any other on the path. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** Debian's packages that the server needs: `.ci/run` and the benchmark of cameras install them. */
export const rtspServerPackages = [
  'python3-gi',
  'gir1.2-gst-rtsp-server-1.0',
  'gstreamer1.0-plugins-base',
  'gstreamer1.0-plugins-good',
];

/** True where GStreamer's RTSP server can be had from Python. */
export function hasRtspServer(): boolean {
  const check = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer";
  return spawnSync(python, ['-c', check], { stdio: 'ignore' }).status === 0;
}

/** Starts GStreamer's RTSP server on a free port of this machine; each stream is played round and round. */
export async function startRtspServer(options: RtspServerOptions): Promise<RtspServer> {
  const child = spawn(python, [script, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout! });
  const port = Number(await firstLine(child, lines));
  lines.on('line', (line) => options.onMark?.(JSON.parse(line) as RtspMark));
  const credentials = options.user ? `${options.user}:${options.password}@` : '';
  return {
    port,
    pid: child.pid!,
    url: (path) => `rtsp://${credentials}127.0.0.1:${port}${path}`,
    close: async () => {
      const ended = once(child, 'exit');
      child.stdin!.end();
      child.kill();
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess, lines: Interface): Promise<string> {
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('the RTSP server did not start'))),
  ])) as [string];
  return line;
}
