import { execFile, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const node =
  Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : join(root, 'node_modules', '.bin', 'node');

/** A message that waits on the box. */
export interface WaitingMessage {
  readonly sequence: number;
  readonly kind: string;
  readonly time: number;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of a message and says what they must be.
  readonly payload: any;
}

/** Folder in which the packed agent was installed (docs/guides/edge.md): the box is that instead of these sources. */
const installed = process.env.MILLWRIGHT_INSTALLED_BOX;

/** `millwright edge VERB`, which keeps what it has in `data`/edge. */
function edgeCommand(verb: string, data: string, options: readonly string[]): { args: string[]; cwd: string } {
  if (!installed) return { args: ['apps/cli/src/main.ts', 'edge', verb, '--data', data, ...options], cwd: root };
  const entry = join(installed, 'node_modules', 'millwright-edge', 'apps', 'edge', 'bin', 'millwright-edge.mjs');
  return { args: [entry, 'edge', verb, '--data', join(data, 'edge'), ...options], cwd: installed };
}

/** What `edge status` says on the box itself, as JSON. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
export async function statusOf(data: string): Promise<any> {
  const { args, cwd } = edgeCommand('status', data, installed ? ['--json'] : ['--here', '--json']);
  return JSON.parse((await promisify(execFile)(node, args, { cwd })).stdout);
}

/** `millwright edge run` as on a machine of its own: one process group, which a cut of the power ends at once. */
export interface BoxProcess {
  output(): string;
  /** Resolves to the exit status. */
  readonly ended: Promise<number | null>;
  /** `kill -9` of everything that runs on the box: agent, threads, decoders. */
  kill(): Promise<void>;
  /** As systemd does; resolves to the exit status. */
  stop(): Promise<number | null>;
}

export function startBox(data: string, options: readonly string[]): BoxProcess {
  const { args, cwd } = edgeCommand('run', data, options);
  const child = spawn(node, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    output: () => text,
    ended,
    async kill() {
      process.kill(-child.pid!, 'SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** What lies in the outbox of a box, oldest first. */
export function waitingAt(data: string): WaitingMessage[] {
  const folder = join(data, 'edge', 'outbox');
  const names = readdirSync(folder).filter((name) => name.endsWith('.log'));
  const lines = names.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1));
  // Before its JSON a line has a checksum of eight digits.
  return lines.map((line) => JSON.parse(line.slice(9)) as WaitingMessage);
}
