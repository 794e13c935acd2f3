import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { serverEnvironment, serverFlags } from '../../scripts/server-process.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ServerOptions {
  readonly folder: string;
  /** With the sample plant. */
  readonly sample?: boolean;
  /** Options of Node itself, e.g. --cpu-prof. */
  readonly nodeOptions?: readonly string[];
  /** Waits until everything lives (connectors, jobs); else until the first request is answered. Default true. */
  readonly untilReady?: boolean;
}

/** The real server in a process of its own, on a folder of the benchmark's, on free ports, with embedded defaults. */
export class ServerUnderTest {
  readonly url: string;
  readonly mqttUrl: string;
  readonly pid: number;
  /** From the start of the process to the first answered request. */
  readonly startMs: number;
  #child: ChildProcess;
  #token: string;

  private constructor(facts: { url: string; mqttUrl: string; startMs: number; child: ChildProcess; token: string }) {
    this.url = facts.url;
    this.mqttUrl = facts.mqttUrl;
    this.startMs = facts.startMs;
    this.#child = facts.child;
    this.pid = facts.child.pid!;
    this.#token = facts.token;
  }

  static async start(options: ServerOptions): Promise<ServerUnderTest> {
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      [
        ...serverFlags,
        ...(options.nodeOptions ?? []),
        join(root, 'apps/server/src/main.ts'),
        ...['--data', options.folder, '--port', '0', '--mqtt-port', '0', '--log-level', 'warn'],
        ...(options.sample ? [] : ['--empty']),
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...serverEnvironment, ...process.env } },
    );
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.stderr.pipe(createWriteStream(join(options.folder, 'server.log'), { flags: 'a' }));
    const told = async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(said);
        if (found) return found[1] ?? '';
        if (child.exitCode !== null)
          throw new Error(
            `the server left with ${child.exitCode}: ${readFileSync(join(options.folder, 'server.log'))}`,
          );
        await delay(5);
      }
    };
    const url = (await told(/Millwright\s+(http:\S+)/)).replace('localhost', '127.0.0.1');
    await fetch(`${url}/api/health`).then((response) => response.arrayBuffer());
    const startMs = performance.now() - begun;
    const mqttUrl = await told(/MQTT\s+(mqtt:\S+)/);
    if (options.untilReady ?? true) await told(/(Ready)/);
    const { operatorToken: token } = JSON.parse(readFileSync(join(options.folder, 'lock.json'), 'utf8'));
    return new ServerUnderTest({ url, mqttUrl, startMs, child, token });
  }

  /** One request as the machine's operator; throws on an error answer. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** A GET whose answer the caller reads itself. */
  async open(path: string): Promise<Response> {
    const response = await fetch(this.url + path, { headers: { authorization: `Bearer ${this.#token}` } });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** A WebSocket of the server, as the console opens it; resolves when it is open. */
  async socket(path: string): Promise<WebSocket> {
    const socket = new WebSocket(this.url.replace(/^http/, 'ws') + path, {
      headers: { authorization: `Bearer ${this.#token}` },
    });
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true });
      socket.addEventListener('error', () => reject(new Error(`no WebSocket at ${path}`)), { once: true });
    });
    return socket;
  }

  /** How long a request takes, to the last byte of the answer parsed. */
  async timed(method: string, path: string, body?: unknown): Promise<number> {
    const begun = performance.now();
    await this.call(method, path, body);
    return performance.now() - begun;
  }

  /** A clean stop, as Ctrl-C does. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    await once(this.#child, 'exit');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}
