import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentOptions, AgentSays } from '../../src/supervise.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const node =
  Number(process.versions.node.split('.')[0]) >= 24
    ? process.execPath
    : join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const exited = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });

export interface ToyServer {
  readonly port: number;
  readonly mqttPort: number;
  readonly url: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
  call<T = any>(method: string, path: string, body?: unknown): Promise<T>;
  kill(): Promise<void>;
}

/** A real server in a process of its own; started again on the same ports it is the same one. */
export async function startToyServer(
  data: string,
  ports: { port?: number; mqttPort?: number } = {},
): Promise<ToyServer> {
  const args = [data, String(ports.port ?? 0), String(ports.mqttPort ?? 0)];
  const child = fork(file('./toy-server-main.ts'), args, {
    ...{ execPath: node, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  });
  const said = await new Promise<{ port: number; mqttPort: number; token: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as never));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${said.port}`;
  return {
    ...{ url, port: said.port, mqttPort: said.mqttPort },
    async call(method, path, body) {
      const isBytes = Buffer.isBuffer(body);
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${said.token}`,
          ...(body !== undefined && { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
        },
        body: body === undefined ? undefined : isBytes ? new Uint8Array(body) : JSON.stringify(body),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    },
    async kill() {
      child.kill('SIGKILL');
      await exited(child);
    },
  };
}

export interface ToyAgent {
  readonly child: ChildProcess;
  readonly said: AgentSays[];
  /** Resolves once it runs its parts. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The agent in a process of its own. */
export function startToyAgent(options: AgentOptions): ToyAgent {
  const child = fork(file('./toy-agent-main.ts'), [], {
    ...{ execPath: node, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  });
  const said: AgentSays[] = [];
  const gone = exited(child);
  const ready = new Promise<void>((resolve, reject) => {
    void gone.then(() => reject(new Error(`the agent ended before it was ready: ${JSON.stringify(said)}`)));
    child.on('message', (message) => {
      said.push(message as AgentSays);
      if ('ready' in (message as object)) resolve();
    });
  });
  // A test that kills it does not wait for it.
  ready.catch(() => undefined);
  child.send(options);
  return {
    ...{ child, said, ready, gone },
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

/** Waits until something holds; says what was waited for when it does not. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, ms = 30_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
