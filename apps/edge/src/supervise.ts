import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Backoff, MillwrightError, sleep } from '@millwright/kernel';
import type { EdgeOptions } from './run-edge.ts';

/** What can be handed to another process. */
export type AgentOptions = Omit<EdgeOptions, 'parts' | 'signal' | 'clock' | 'machine' | 'onReady'>;

export interface SuperviseOptions {
  readonly options: AgentOptions;
  /** Ends the agent and then this. */
  readonly signal: AbortSignal;
  /** A line for a person. */
  readonly note: (text: string) => void;
  /** The agent’s main file; another one in tests, whose parts are others. */
  readonly main?: URL;
}

export interface Supervised {
  readonly box: string | null;
  /** How often the agent was started anew, because the server asked or because it had ended. */
  readonly restarts: number;
}

/** What the agent’s process says to this one. */
export type AgentSays =
  | { readonly ready: string }
  | { readonly restart: true }
  | { readonly error: { code: string; status: number; message: string; details: Record<string, unknown> } };

type End = 'done' | 'restart' | 'crashed' | MillwrightError;

/** How long an agent may take to stop when it is asked to. */
const stopMs = 15_000;

/**
 * Runs the agent in a process of its own and starts it again when it ends: at once when the server asked for it, later and
 * later when it crashed. Rejects with what the agent cannot work with (a wrong code, a folder in use).
 */
export async function superviseEdge({ options, signal, note, main }: SuperviseOptions): Promise<Supervised> {
  const backoff = new Backoff({ firstMs: 1_000, ceilingMs: 60_000 });
  const file = main ?? new URL('./agent-main.ts', import.meta.url);
  let [box, restarts]: [string | null, number] = [null, -1];
  while (!signal.aborted) {
    restarts += 1;
    const end = await runOnce(file, options, signal, (name) => {
      if (box === null) note(`Box ${name} runs; Ctrl-C stops it.`);
      box = name;
      backoff.reset();
    });
    if (end instanceof MillwrightError) throw end;
    if (end === 'done') break;
    if (end === 'crashed') {
      note('The agent ended unexpectedly and is started again; its log says why.');
      await sleep(backoff.next(), signal);
    }
  }
  return { box, restarts: Math.max(0, restarts) };
}

async function runOnce(
  main: URL,
  options: AgentOptions,
  signal: AbortSignal,
  onReady: (name: string) => void,
): Promise<End> {
  const child = fork(fileURLToPath(main), [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let end: End = 'crashed';
  child.on('message', (said: AgentSays) => {
    if ('ready' in said) onReady(said.ready);
    else if ('restart' in said) end = 'restart';
    else end = new MillwrightError(said.error.code, said.error.status, said.error.message, said.error.details);
  });
  child.send(options);
  const stop = () => stopChild(child);
  signal.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  signal.removeEventListener('abort', stop);
  return signal.aborted || code === 0 ? (end === 'crashed' ? 'done' : end) : end;
}

function stopChild(child: ChildProcess): void {
  // Its channel being closed is what it stops at, also when this process is killed.
  if (child.connected) child.disconnect();
  setTimeout(() => child.kill('SIGKILL'), stopMs).unref();
}
