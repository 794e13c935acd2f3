import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Readable, Writable } from 'node:stream';
import { type Assembly, assemble, migrationSets } from '@millwright/host';
import {
  type Clock,
  type Config,
  type Host,
  type Logger,
  loadConfig,
  type Module,
  operatorActor,
  type Role,
  systemClock,
} from '@millwright/kernel';
import { pino } from 'pino';
import { createTestDatabase, type TestDatabase } from './database.ts';

export interface TestHostOptions {
  readonly modules?: readonly Module[];
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** Connects a message broker (embedded, on a free port) and starts what lives by itself. */
  readonly live?: boolean;
  /** Least level kept in `logs`; `info` unless said otherwise. */
  readonly logLevel?: Config['logLevel'];
}

/** Who calls: a role (a token of it with every scope), a role with limits, a bearer secret, or nobody. */
export type Caller =
  | Role
  | 'operator-of-machine'
  | 'nobody'
  | { readonly role: Role; readonly siteIds?: string[]; readonly scopes?: string[] }
  | { readonly token: string }
  | { readonly cookie: string };

export interface TestCall {
  readonly query?: Record<string, unknown>;
  /** JSON, or a string, Buffer or stream together with a `content-type`. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  /** Left out: the machine's operator, who may do everything. */
  readonly as?: Caller;
}

export interface TestAnswer<T> {
  readonly status: number;
  /** Parsed when it is JSON, else text. */
  readonly body: T;
  /** The body as it was sent. */
  readonly bytes: Buffer;
  readonly headers: Record<string, unknown>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A whole Millwright on a test database, called through its HTTP door without a socket. */
export interface TestHost {
  readonly host: Host;
  readonly assembly: Assembly;
  readonly database: TestDatabase;
  readonly folder: string;
  /** Every line the host logged, parsed. */
  readonly logs: Record<string, unknown>[];
  /** Never rejects for an error answer: look at `status`. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
  call<T = any>(method: Method, path: string, call?: TestCall): Promise<TestAnswer<T>>;
  /** The bearer secret of a new token. */
  token(role: Role, limits?: { siteIds?: string[]; scopes?: string[]; expiresAt?: string }): Promise<string>;
  /** Waits for a job's end and returns it as the API shows it. */
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  jobEnd(id: string, timeoutMs?: number): Promise<any>;
  cleanup(): Promise<void>;
}

export async function createTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const folder = mkdtempSync(join(tmpdir(), 'millwright-host-'));
  const database = await createTestDatabase(migrationSets(options.modules ?? []));
  const { logs, logger } = collectLogs(options.logLevel ?? 'info');
  const assembly = await assemble({
    config: testConfig(folder, options.config),
    modules: options.modules ?? [],
    mode: options.live ? 'live' : 'once',
    logger,
    clock: options.clock ?? systemClock,
    version: '0.0.0-test',
    database: database.db,
  });
  if (options.live) await assembly.goLive();
  const { host, app } = assembly;
  const secrets = new Map<string, string>();

  const token: TestHost['token'] = async (role, limits = {}) => {
    const { secret } = await host.access.createToken(operatorActor, {
      name: `test ${role}`,
      role,
      scopes: limits.scopes ?? ['*'],
      siteIds: limits.siteIds ?? null,
      expiresAt: limits.expiresAt ?? null,
    });
    return secret;
  };
  const bearer = async (caller: Exclude<Caller, 'nobody' | { cookie: string }>): Promise<string> => {
    if (caller === 'operator-of-machine') return assembly.operatorToken;
    if (typeof caller === 'object' && 'token' in caller) return caller.token;
    const wanted = typeof caller === 'string' ? { role: caller } : caller;
    const key = JSON.stringify(wanted);
    const secret = secrets.get(key) ?? (await token(wanted.role, wanted));
    secrets.set(key, secret);
    return secret;
  };
  const credentials = async (caller: Caller): Promise<Record<string, string>> => {
    if (caller === 'nobody') return {};
    if (typeof caller === 'object' && 'cookie' in caller) return { cookie: caller.cookie };
    return { authorization: `Bearer ${await bearer(caller)}` };
  };

  const testHost: TestHost = {
    ...{ host, assembly, database, folder, logs, token },
    async call<T>(method: Method, path: string, call: TestCall = {}): Promise<TestAnswer<T>> {
      const response = await app.inject({
        method,
        url: path,
        query: queryOf(call.query),
        payload: call.body as string | object | Buffer | Readable | undefined,
        headers: { ...(await credentials(call.as ?? 'operator-of-machine')), ...call.headers },
      });
      const isJson = String(response.headers['content-type'] ?? '').includes('json') && response.body !== '';
      const body = (isJson ? response.json() : response.body) as T;
      return { status: response.statusCode, body, bytes: response.rawPayload, headers: response.headers };
    },
    async jobEnd(id, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const { body: job } = await testHost.call('GET', `/api/jobs/${id}`);
        if (job.state !== 'queued' && job.state !== 'running') return job;
        if (Date.now() > deadline) throw new Error(`job ${id} is still ${job.state} (${job.progress}, ${job.message})`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async cleanup() {
      await assembly.stop();
      await database.cleanup();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
  return testHost;
}

/** Defaults for a test: nothing shared with another process, no sample plant, free ports. */
export function testConfig(folder: string, overrides: Partial<Config> = {}): Config {
  const flags = { data: folder, port: 0, mqttPort: 0, sample: 'never', logLevel: 'silent', ...overrides };
  return loadConfig({ environment: {}, flags });
}

/** A logger that keeps its lines, so that a test can say what must be in them. */
export function collectLogs(level: Config['logLevel'] = 'info'): { logs: Record<string, unknown>[]; logger: Logger } {
  const logs: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logs.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  return { logs, logger: pino({ level, base: null }, sink) };
}

function queryOf(query: Record<string, unknown> | undefined): Record<string, string | string[]> {
  const text: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue;
    text[key] = Array.isArray(value) ? value.map(String) : String(value);
  }
  return text;
}
