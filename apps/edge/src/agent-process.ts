import type { EdgePart } from '@millwright/cloud';
import { isMillwrightError } from '@millwright/kernel';
import { runEdge } from './run-edge.ts';
import type { AgentOptions, AgentSays } from './supervise.ts';

/** Waits for its options on the channel, runs, says how it went, and stops when the channel closes. */
export function runAgentProcess(parts: () => Promise<EdgePart[]>): void {
  const stop = new AbortController();
  process.once('disconnect', () => stop.abort());
  // Ctrl-C reaches the whole group of processes; the one that supervises decides.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => stop.abort());
  process.once('message', (options: AgentOptions) => {
    run(options, parts, stop.signal).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}

async function run(options: AgentOptions, parts: () => Promise<EdgePart[]>, signal: AbortSignal): Promise<void> {
  try {
    const onReady = ({ name }: { name: string }) => void say({ ready: name });
    const { restart } = await runEdge({ ...options, parts: await parts(), signal, onReady });
    if (restart) await say({ restart: true });
  } catch (error) {
    if (!isMillwrightError(error)) throw error;
    const { code, status, message, details } = error;
    await say({ error: { code, status, message, details } });
  }
}

/** Resolves once it is out, or when nobody is there to hear it. */
async function say(what: AgentSays): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => process.send!(what, () => resolve()));
}
