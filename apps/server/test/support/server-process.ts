import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyTemplateCluster } from '@millwright/testkit/cluster';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pinned = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
const node = Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : pinned;

export interface ServerOptions {
  readonly data: string;
  /** Further flags, e.g. `['--database-url', url]`. */
  readonly flags?: readonly string[];
  readonly environment?: Record<string, string>;
}

/** A real server in a process of its own, on free ports, as `npm start -- --empty` runs it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly mqttUrl: string;
  readonly operatorToken: string;
  /** What it printed, both streams. */
  output(): string;
  /** Calls the API as the machine's operator unless `token` says otherwise (an empty one: nobody). Never rejects for an error answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
  call<T = any>(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; body: T }>;
  /** `kill -9`; resolves once the process is gone. */
  kill(): Promise<void>;
  /** As Ctrl-C does; resolves to the exit status. */
  stop(): Promise<number | null>;
}

export function runServer({ data, flags = [], environment = {} }: ServerOptions): {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
} {
  const own = ['--data', data, '--port', '0', '--mqtt-port', '0', '--empty', '--log-level', 'warn'];
  const child = spawn(node, ['apps/server/src/main.ts', ...own, ...flags], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let text = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => text, exited };
}

/**
 * Starts it and waits until it says that it is ready. Rejects with what it printed when it ends before. In an empty folder
 * it finds an empty database cluster, whose making takes seconds; tables and all else it makes itself.
 */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  if (!existsSync(options.data) || readdirSync(options.data).length === 0)
    if (!options.flags?.includes('--database-url')) await copyTemplateCluster(join(options.data, 'database'));
  const { child, output, exited } = runServer(options);
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  while (!output().includes('Ready.')) {
    if (ended) throw new Error(`the server ended at its start:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const lock = JSON.parse(readFileSync(join(options.data, 'lock.json'), 'utf8')) as {
    url: string;
    operatorToken: string;
  };
  const server: ServerProcess = {
    ...{ child, output, url: lock.url, operatorToken: lock.operatorToken },
    mqttUrl: /^MQTT\s+(\S+)$/m.exec(output())![1]!,
    async call<T>(method: string, path: string, body?: unknown, token = lock.operatorToken) {
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      const response = await fetch(lock.url + path, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        },
        body: body === undefined ? undefined : raw ? (body as string) : JSON.stringify(body),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
      return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T };
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
  return server;
}

/** Runs `millwright …` to its end. */
export async function millwright(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(node, ['apps/cli/src/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, ...said };
}

/** Waits until something holds; says what was waited for when it does not. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined | false>, ms = 20_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
