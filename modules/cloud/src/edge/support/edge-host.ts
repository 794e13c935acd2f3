import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Config, Host, Module } from '@millwright/kernel';
import { createTestHost, type Method, type TestAnswer, type TestHost } from '@millwright/testkit';
import { type CloudServices, cloudModule } from '../../server.ts';
import type { EdgeBatch, EdgeMessage, EdgeReport } from '../contract.ts';
import type { EdgePartServer, ReceivedEdgeMessage } from '../edge-parts.ts';

/** A part whose desired document a test sets, and that writes what it takes into a table of its own. */
export interface ToyPart {
  /** By box id; `*` for every other one. */
  readonly documents: Map<string, Record<string, unknown>>;
  readonly blobs: Map<string, { sha256: string; bytes: number; name: string }[]>;
  readonly seen: ReceivedEdgeMessage[];
  /** What it throws for a message, if anything. */
  refuse: (message: ReceivedEdgeMessage) => Error | undefined;
}

export interface EdgeHost extends TestHost {
  readonly toy: ToyPart;
  readonly cloud: CloudServices;
  readonly siteId: string;
  /** Sets what every box is to do, and tells the fleet. */
  want(document: Record<string, unknown>, boxId?: string): void;
  /** A box that has come in. */
  enrol(name: string, siteId?: string): Promise<Box>;
  /** What the toy has taken, as its table has it, in order. */
  taken(): Promise<{ sequence: number; payload: unknown }[]>;
}

export interface Box {
  readonly id: string;
  readonly token: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of an answer and says what they must be.
  call<T = any>(method: Method, path: string, call?: object): Promise<TestAnswer<T>>;
  send(messages: EdgeMessage[], more?: Partial<EdgeBatch>): Promise<TestAnswer<{ applied: number; state: string }>>;
  report(revision: number, more?: Partial<EdgeReport['parts'][string]>): Promise<TestAnswer<{ want: string[] }>>;
}

export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

export const stream = randomUUID();

export function message(sequence: number, more: Partial<EdgeMessage> = {}): EdgeMessage {
  const time = Date.UTC(2026, 0, 1) + sequence * 1000;
  return {
    ...{ sequence, id: randomUUID(), part: 'toy', kind: 'event', time, at: time, clock: 'measured' },
    ...{ payload: { n: sequence }, blobs: [], ...more },
  };
}

export async function createEdgeHost(
  options: { clock?: Host['clock']; live?: boolean; config?: Partial<Config>; modules?: Module[] } = {},
): Promise<EdgeHost> {
  const toy: ToyPart = { documents: new Map(), blobs: new Map(), seen: [], refuse: () => undefined };
  const toyModule: Module = {
    name: 'toy',
    needs: ['cloud'],
    async start(host) {
      await host.db.execute('create table if not exists toy_event (sequence bigint, payload jsonb)');
      const part: EdgePartServer = {
        name: 'toy',
        boxFields: ['cameras.*.address', 'cameras.*.paused'],
        desired: async ({ id }) => ({
          document: toy.documents.get(id) ?? toy.documents.get('*') ?? {},
          blobs: toy.blobs.get(id) ?? toy.blobs.get('*') ?? [],
        }),
        async receive(_actor, received) {
          await host.db.query('insert into toy_event values ($1, $2)', [
            received.sequence,
            JSON.stringify(received.payload),
          ]);
          const refusal = toy.refuse(received);
          if (refusal) throw refusal;
          toy.seen.push(received);
        },
      };
      host.use(cloudModule).edgeParts.register(part);
      return { services: {} };
    },
  };
  const host = await createTestHost({
    ...{ modules: [cloudModule, toyModule, ...(options.modules ?? [])], clock: options.clock, live: options.live },
    config: options.config,
  });
  const cloud = host.host.use(cloudModule);
  const site = { kind: 'site', parentId: null, name: 'Works', timezone: 'Asia/Shanghai' };
  const siteId: string = (await host.call('POST', '/api/cloud/nodes', { body: site })).body.id;
  const boxOf = (id: string, token: string): Box => {
    const call: Box['call'] = (method, path, more = {}) => host.call(method, path, { as: { token }, ...more });
    return {
      ...{ id, token, call },
      send: (messages, more) =>
        call('POST', '/api/cloud/edge/messages', { body: { stream, first: 1, messages, ...more } }),
      report: (revision, more) => call('PUT', '/api/cloud/edge/report', { body: reportOf(revision, more) }),
    };
  };
  return {
    ...host,
    ...{ toy, cloud, siteId },
    want(document, boxId = '*') {
      toy.documents.set(boxId, document);
      cloud.edgeParts.changed(boxId === '*' ? undefined : [boxId]);
    },
    async enrol(name, at = siteId) {
      const invited = await host.call('POST', '/api/cloud/edge/boxes', { body: { siteId: at, name } });
      const token = `mwe_${randomBytes(32).toString('base64url')}`;
      const body = { code: invited.body.code, tokenHash: sha256(token) };
      const { body: enrolled } = await host.call('POST', '/api/cloud/edge/enrol', { body, as: 'nobody' });
      return boxOf(enrolled.id, token);
    },
    async taken() {
      const { rows } = await host.host.db.query<{ sequence: number; payload: unknown }>(
        'select sequence, payload from toy_event',
      );
      return rows;
    },
  };
}

export function reportOf(revision: number, more: Partial<EdgeReport['parts'][string]> = {}): EdgeReport {
  const toy = { revision, since: 1, documentHash: sha256(''), error: null, figures: {}, ...more };
  return {
    ...{ time: 1, version: '0.1.0', platform: 'linux-arm64', startedAt: 1, parts: { toy } },
    health: {
      ...{ cpu: 0.5, memory: { total: 8e9, free: 4e9, process: 2e8 }, temperature: 61.5 },
      ...{ disk: { total: 1e11, free: 5e10 }, uptimeSeconds: 1000, clockOffsetMs: 12, transport: 'https' },
      outbox: {
        ...{ waiting: 0, bytes: 0, budgetBytes: 1e9, oldest: null },
        ...{ droppedMessages: 0, droppedFiles: 0, droppedBytes: 0, damaged: 0 },
      },
    },
  };
}
