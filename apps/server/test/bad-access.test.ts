import { cloudModule } from '@millwright/cloud/server';
import type { Module } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let host: TestHost;
interface Made {
  siteId: string;
  areaId: string;
  sourceId: string;
  pointId: string;
  /** Removed, to be brought back. */
  goneAreaId: string;
  goneSourceId: string;
  boxId: string;
  commandId: string;
  rolloutId: string;
  channelId: string;
  goneChannelId: string;
  deliveryId: string;
  alertId: string;
  modelId: string;
  orderId: string;
  /** Of the order's checklist, parts and times. */
  itemId: string;
  partId: string;
  timeId: string;
}
/** What the alerts are about. */
const line = { module: 'matrixvision', kind: 'line-crossed', subject: 'rule' };
const made: Record<'mine' | 'theirs', Made> = {} as Record<'mine' | 'theirs', Made>;

/** A module with a half on boxes whose document always differs from the last one, so that there is something to roll out. */
let document = 0;
const edgeModule: Module = {
  name: 'rolled',
  needs: ['cloud'],
  async start(started) {
    started.use(cloudModule).edgeParts.register({
      ...{ name: 'rolled', boxFields: [] },
      desired: async () => ({ document: { version: document }, blobs: [] }),
      receive: async () => undefined,
    });
    return { services: {} };
  },
};

/** An edge box with a command and a rollout. */
async function boxOf(siteId: string, name: string) {
  const { body } = await host.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name } });
  const boxId: string = body.box.id;
  await host.call('GET', `/api/cloud/edge/boxes/${boxId}`);
  await host.call('PATCH', `/api/cloud/edge/boxes/${boxId}`, { body: { held: true } });
  document += 1;
  const rollout = { name: `${name} rollout`, boxIds: [boxId] };
  const rolledOut = await host.call('POST', '/api/cloud/edge/rollouts', { body: rollout });
  expect(rolledOut.status).toBe(201);
  const command = await host.call('POST', `/api/cloud/edge/boxes/${boxId}/commands`, { body: { kind: 'log' } });
  return { boxId, commandId: command.body.id as string, rolloutId: rolledOut.body.id as string };
}

/** A model with a version, and a work order with something of everything. */
async function workOf(siteId: string, name: string, artefact: string) {
  const create = async (path: string, body: object) => {
    const answer = await host.call('POST', `/api/cloud/${path}`, { body });
    expect([path, answer.status < 300]).toEqual([path, true]);
    return answer.body;
  };
  const model = await create('models', { siteId, name: `${name} model`, family: 'tables' });
  await create(`models/${model.id}/versions`, { artefact });
  const order = await create('orders', { nodeId: siteId, title: `${name} order`, checklist: ['Look'] });
  const { parts } = await create(`orders/${order.id}/parts`, { name: 'Bearing' });
  const { times } = await create(`orders/${order.id}/times`, { minutes: 5 });
  const ids = { itemId: order.checklist[0].id, partId: parts[0].id, timeId: times[0].id };
  return { modelId: model.id as string, orderId: order.id as string, ...ids };
}

async function plantOf(name: string): Promise<Made> {
  const create = async (path: string, body: object) => {
    const answer = await host.call('POST', path, { body });
    expect(answer.status).toBe(201);
    return answer.body;
  };
  const site = await create('/api/cloud/nodes', { kind: 'site', parentId: null, name, timezone: 'UTC' });
  const area = await create('/api/cloud/nodes', { kind: 'area', parentId: site.id, name: `${name} hall` });
  const source = await create('/api/cloud/sources', { siteId: site.id, name: `${name} meters`, kind: 'rest-push' });
  const points = [{ key: `${name}-p`, name: `${name} power`, unit: 'kW', kind: 'gauge', intervalSeconds: 60 }];
  const { items } = await create(`/api/cloud/sources/${source.id}/points`, { points });
  const at = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();
  const readings = [
    { key: `${name}-p`, time: at(3000), value: 1 },
    { key: `${name}-p`, time: at(60), value: 2 },
    { key: `${name}-p`, time: 'never', value: 3 },
  ];
  await host.call('POST', `/api/cloud/sources/${source.id}/readings`, { body: { readings } });
  await create('/api/cloud/broker-clients', { username: `${name}-edge`, publish: [`${name}/#`], sourceId: source.id });
  const upload = await host.call('POST', '/api/cloud/uploads', {
    body: Buffer.from('time,P_kW\n2025-01-01 00:00,1\n2025-01-01 00:15,2\n2025-01-01 00:30,3\n'),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const body = { hash: upload.body.hash, fileName: `${name}.csv`, site: name };
  await host.jobEnd((await host.call('POST', '/api/cloud/imports', { body })).body.jobId);
  const goneArea = await create('/api/cloud/nodes', { kind: 'area', parentId: site.id, name: `${name} attic` });
  const goneSource = await create('/api/cloud/sources', { siteId: site.id, name: `${name} gone`, kind: 'rest-push' });
  await host.call('DELETE', `/api/cloud/nodes/${goneArea.id}`);
  await host.call('DELETE', `/api/cloud/sources/${goneSource.id}`);
  const channel = { kind: 'mqtt', siteId: site.id, name: `${name} siren` };
  const { id: channelId } = (await create('/api/cloud/alerts/channels', channel)).channel;
  const { id: goneChannelId } = (await create('/api/cloud/alerts/channels', { ...channel, name: `${name} gone siren` }))
    .channel;
  await host.call('DELETE', `/api/cloud/alerts/channels/${goneChannelId}`);
  const tested = await host.call('POST', `/api/cloud/alerts/channels/${channelId}/test`);
  const raised = { ...line, severity: 'alarm' as const, siteId: site.id, title: `${name} gate`, at: Date.now() };
  const alertId = await host.host.use(cloudModule).alerts.raise(raised);
  const alerts = { channelId, goneChannelId, deliveryId: tested.body.id, alertId };
  const gone = { goneAreaId: goneArea.id, goneSourceId: goneSource.id };
  const edge = await boxOf(site.id, `${name} box`);
  const work = await workOf(site.id, name, upload.body.hash);
  const ids = { siteId: site.id, areaId: area.id, sourceId: source.id, pointId: items[0].id };
  return { ...ids, ...alerts, ...gone, ...edge, ...work };
}

beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule, edgeModule] });
  made.mine = await plantOf('Mine');
  made.theirs = await plantOf('Theirs');
});
afterAll(() => host.cleanup());

/** Every GET route of cloud as the API describes itself, so that a new one is tested without being named here. */
async function getRoutes(): Promise<string[]> {
  const { body } = await host.call('GET', '/api/openapi.json');
  const paths = Object.entries(body.paths as Record<string, Record<string, unknown>>);
  return paths.filter(([path, methods]) => path.startsWith('/api/cloud/') && methods.get).map(([path]) => path);
}

/** A route with the ids of one plant put in, and everything in its query that narrows it to that plant. */
function callOf(path: string, made: Made) {
  const { sourceId, pointId, siteId, commandId } = made;
  const ids = {
    ...{ '/points/': pointId, '/sources/': sourceId, '/boxes/': made.boxId, '/rollouts/': made.rolloutId },
    ...{ '/models/': made.modelId, '/orders/': made.orderId },
    ...{ '/channels/': made.channelId, '/deliveries/': made.deliveryId, '/alerts/{id}': made.alertId },
  };
  const id = Object.entries(ids).find(([part]) => path.includes(part))?.[1] ?? siteId;
  const from = new Date(Date.now() - 2 * 3_600_000).toISOString();
  const query = { from, to: new Date(Date.now() + 60_000).toISOString() };
  if (path.endsWith('/people')) return { path, query: { siteId } };
  const narrowed = path.endsWith('/structure')
    ? { format: 'csv' }
    : path.endsWith('/readings.csv')
      ? { ...query, pointIds: pointId }
      : query;
  const hash = 'ab'.repeat(32);
  const named = path
    .replace('{id}', id)
    .replace('{commandId}', commandId)
    .replace('{sha256}', hash)
    .replace('{hash}', hash)
    .replace('{version}', '1');
  return { path: named, query: narrowed };
}

const outbox = { waiting: 0, bytes: 0, budgetBytes: 1, oldest: null, damaged: 0 };
const health = {
  ...{ cpu: null, memory: { total: 1, free: 1, process: 1 }, temperature: null, disk: { total: 1, free: 1 } },
  ...{ uptimeSeconds: 1, clockOffsetMs: null, transport: 'https' },
  outbox: { ...outbox, droppedMessages: 0, droppedFiles: 0, droppedBytes: 0 },
};
const reportOfNothing = { time: 1, version: '1', platform: 'none', startedAt: 1, health, parts: {} };
const messageOfNothing = {
  ...{ sequence: 1, id: '00000000-0000-7000-8000-000000000000', part: 'rolled', kind: 'x', time: 1, at: 1 },
  ...{ clock: 'unknown', payload: null, blobs: [] },
};

describe('rights on one site', () => {
  it.each(['engineer', 'viewer'] as const)('show a %s nothing of another site on any GET route', async (role) => {
    const routes = await getRoutes();
    expect(routes.length).toBeGreaterThanOrEqual(14);
    const as = { role, siteIds: [made.mine.siteId] };
    const seen: string[] = [];
    for (const route of routes) {
      const { path, query } = callOf(route, made.theirs);
      const everything = await host.call('GET', path, { query });
      const answer = await host.call('GET', path, { query, as });
      if (JSON.stringify(everything.body).includes('Theirs')) seen.push(route);
      expect([200, 403, 404], `${route} answers ${answer.status}`).toContain(answer.status);
      const isById = route.includes('{id}') || route.includes('{sha256}') || route.endsWith('/readings.csv');
      if (isById) expect([route, answer.status]).toEqual([route, 403]);
      const text = JSON.stringify(answer.body);
      for (const word of ['Theirs', ...Object.values(made.theirs).filter((id) => id !== made.theirs.siteId)])
        expect(isById || !text.includes(word), `${route} tells ${role} of ${word}`).toBe(true);
    }
    // The test would prove nothing if there were nothing to see.
    expect(seen.length).toBeGreaterThanOrEqual(7);
  });

  it('narrow what is asked for by id in a body, too', async () => {
    const as = { role: 'viewer' as const, siteIds: [made.mine.siteId] };
    const pointIds = [made.mine.pointId, made.theirs.pointId];
    const latest = await host.call('POST', '/api/cloud/latest', { as, body: { pointIds } });
    expect(latest.body.items.map(({ pointId }: { pointId: string }) => pointId)).toEqual([made.mine.pointId]);
    const period = { from: '2025-01-01T00:00:00Z', to: new Date().toISOString(), by: 'day' };
    const totals = await host.call('POST', '/api/cloud/totals', { as, body: { pointIds, ...period } });
    expect(totals.body.items.map(({ pointId }: { pointId: string }) => pointId)).toEqual([made.mine.pointId]);
  });

  it('let nobody write to another site', async () => {
    const as = { role: 'engineer' as const, siteIds: [made.mine.siteId] };
    const { siteId, areaId, sourceId, pointId, goneAreaId, goneSourceId, boxId, commandId, rolloutId } = made.theirs;
    const aside = '00000000-0000-7000-8000-000000000000';
    const { channelId, goneChannelId, deliveryId, alertId, modelId, orderId, itemId, partId, timeId } = made.theirs;
    const [model, order] = [`/api/cloud/models/${modelId}`, `/api/cloud/orders/${orderId}`];
    const readings = [{ key: 'Theirs-p', time: new Date().toISOString(), value: 1 }];
    const points = [{ key: 'spy', name: 'Spy', unit: 'kW', kind: 'gauge' }];
    const upload = await host.call('POST', '/api/cloud/uploads', {
      body: Buffer.from('site,timezone,area\nTheirs,UTC,Annex\n'),
      headers: { 'content-type': 'application/octet-stream' },
      as,
    });
    const { hash } = upload.body;
    const attempts: [Parameters<TestHost['call']>[0], string, object?][] = [
      ['POST', '/api/cloud/nodes', { kind: 'area', parentId: siteId, name: 'Annex' }],
      ['POST', '/api/cloud/nodes', { kind: 'site', parentId: null, name: 'Third', timezone: 'UTC' }],
      ['PATCH', `/api/cloud/nodes/${areaId}`, { name: 'Ours' }],
      ['DELETE', `/api/cloud/nodes/${areaId}`],
      ['POST', `/api/cloud/nodes/${goneAreaId}/restore`],
      ['POST', '/api/cloud/sources', { siteId, name: 'spy', kind: 'rest-push' }],
      ['PATCH', `/api/cloud/sources/${sourceId}`, { enabled: false }],
      ['DELETE', `/api/cloud/sources/${sourceId}`],
      ['POST', `/api/cloud/sources/${goneSourceId}/restore`],
      ['POST', `/api/cloud/sources/${sourceId}/readings`, { readings }],
      ['POST', `/api/cloud/sources/${sourceId}/points`, { points }],
      ['PUT', `/api/cloud/sources/${sourceId}/certificates/${'ab'.repeat(20)}`, { trust: 'trusted' }],
      ['POST', '/api/cloud/imports', { hash, fileName: 'spy.csv', site: 'Theirs' }],
      ['POST', '/api/cloud/imports', { hash, fileName: 'spy.csv', site: 'Third', createSite: true }],
      ['DELETE', `/api/cloud/import-mappings/${'ab'.repeat(16)}?site=${siteId}`],
      ['POST', '/api/cloud/imports/inspect', { hash, fileName: 'spy.csv', site: 'Theirs' }],
      ['POST', '/api/cloud/structure', { hash, fileName: 'spy.csv' }],
      ['PATCH', `/api/cloud/points/${pointId}`, { unit: 'W' }],
      ['POST', '/api/cloud/broker-clients', { username: 'spy', publish: ['#'] }],
      ['DELETE', '/api/cloud/broker-clients/Theirs-edge'],
      ['POST', '/api/cloud/edge/boxes', { siteId, name: 'spy' }],
      ['PATCH', `/api/cloud/edge/boxes/${boxId}`, { name: 'Ours' }],
      ['DELETE', `/api/cloud/edge/boxes/${boxId}`],
      ['POST', `/api/cloud/edge/boxes/${boxId}/code`],
      ['POST', `/api/cloud/edge/boxes/${boxId}/rollback`, { revision: 1 }],
      ['POST', `/api/cloud/edge/boxes/${boxId}/commands`, { kind: 'restart' }],
      ['POST', `/api/cloud/edge/boxes/${boxId}/aside/${aside}`, { how: 'dismiss' }],
      ['POST', '/api/cloud/edge/rollouts', { name: 'spy', boxIds: [boxId] }],
      ['POST', `/api/cloud/edge/rollouts/${rolloutId}/rollback`],
      // What boxes call, people may not, of whatever site.
      ['PUT', '/api/cloud/edge/report', reportOfNothing],
      ['POST', '/api/cloud/edge/messages', { stream: aside, first: 1, messages: [messageOfNothing] }],
      ['POST', `/api/cloud/edge/commands/${commandId}/answer`, { ok: true, result: null }],
      ['PUT', `/api/cloud/edge/uploads/${'ab'.repeat(32)}?offset=0&size=1`],
      ['POST', '/api/cloud/alerts/handle', { ids: [alertId], state: 'resolved' }],
      ['POST', '/api/cloud/alerts/handle', { group: { ...line, siteId }, state: 'resolved' }],
      ['POST', '/api/cloud/alerts/channels', { kind: 'mqtt', name: 'spy', siteId }],
      ['POST', '/api/cloud/alerts/channels', { kind: 'mqtt', name: 'spy of all' }],
      ['PATCH', `/api/cloud/alerts/channels/${channelId}`, { paused: true }],
      ['DELETE', `/api/cloud/alerts/channels/${channelId}`],
      ['POST', `/api/cloud/alerts/channels/${goneChannelId}/restore`],
      ['POST', `/api/cloud/alerts/channels/${channelId}/secret`],
      ['POST', `/api/cloud/alerts/channels/${channelId}/test`],
      ['POST', `/api/cloud/alerts/deliveries/${deliveryId}/resend`],
      ['POST', '/api/cloud/models', { siteId, name: 'spy', family: 'tables' }],
      ['PATCH', model, { name: 'Ours' }],
      ['DELETE', model],
      ['POST', `${model}/versions`, { artefact: hash }],
      ['POST', `${model}/versions/1/stage`, { stage: 'reviewed', reason: 'because' }],
      ['PUT', `${model}/shadow`, { version: 1, reason: 'because' }],
      ['POST', '/api/cloud/orders', { nodeId: areaId, title: 'spy' }],
      ['PATCH', order, { title: 'Ours' }],
      ['POST', `${order}/move`, { state: 'in-progress' }],
      ['POST', `${order}/checklist/${itemId}`, { done: true }],
      ['POST', `${order}/comments`, { text: 'Ours' }],
      ['POST', `${order}/parts`, { name: 'Ours' }],
      ['DELETE', `${order}/parts/${partId}`],
      ['POST', `${order}/times`, { minutes: 1 }],
      ['DELETE', `${order}/times/${timeId}`],
      ['POST', `${order}/photos?name=spy`, Buffer.from('no picture')],
      ['DELETE', `${order}/photos/${'ab'.repeat(32)}`],
    ];
    // Those that touch no site, or are narrowed to the caller's own (above).
    // An exchange of a code shows no right but the code, and is tried in the tests of the edge.
    const harmless = ['edge/enrol', 'uploads', 'imports/inspect', 'register-maps', 'latest', 'totals'];
    const tried = new Set(attempts.map(([method, path]) => `${method} ${path}`));
    const { paths } = (await host.call('GET', '/api/openapi.json')).body as { paths: Record<string, object> };
    for (const [path, methods] of Object.entries(paths).filter(([path]) => path.startsWith('/api/cloud/')))
      for (const method of Object.keys(methods).filter((name) => name !== 'get' && name !== 'head')) {
        if (harmless.some((name) => path === `/api/cloud/${name}`)) continue;
        const like = new RegExp(`^${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
        expect(
          [...tried].some((attempt) => like.test(attempt.replace(/\?.*/, ''))),
          `${method} ${path} is not tried`,
        ).toBe(true);
      }
    for (const [method, path, body] of attempts) {
      const headers = Buffer.isBuffer(body) ? { headers: { 'content-type': 'application/octet-stream' } } : {};
      const answer = await host.call(method, path, { as, ...(body && { body }), ...headers });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
    // Its own point, but the node is of another site, whoever asks.
    const body = { nodeId: areaId };
    const moved = await host.call('PATCH', `/api/cloud/points/${made.mine.pointId}`, { as, body });
    expect([moved.status, moved.body.error.code]).toEqual([422, 'NODE_MISPLACED']);
  });
});

describe('a bad API token', () => {
  const tree = (token: string) => host.call('GET', '/api/cloud/tree', { as: { token } });

  it('is refused on every GET route of cloud, whether absent or forged', async () => {
    const real = await host.token('viewer');
    const forged = real.slice(0, -4) + (real.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    for (const route of await getRoutes()) {
      const { path, query } = callOf(route, made.mine);
      for (const as of ['nobody' as const, { token: forged }]) {
        const answer = await host.call('GET', path, { query, as });
        expect([route, answer.status]).toEqual([route, 401]);
      }
    }
    expect((await tree(forged)).body.error.code).toBe('TOKEN_INVALID');
  });

  it('is refused once it has expired', async () => {
    const token = await host.token('engineer', { expiresAt: new Date(Date.now() - 1000).toISOString() });
    const answer = await tree(token);
    expect([answer.status, answer.body.error.code]).toEqual([401, 'TOKEN_INVALID']);
    expect(answer.body.error.message).toContain('expired');
  });

  it('is refused from the moment it is revoked', async () => {
    const body = { name: 'short-lived', role: 'viewer', scopes: ['*'] };
    const created = await host.call('POST', '/api/access/tokens', { body });
    expect(created.status).toBe(201);
    const { secret } = created.body;
    const id = created.body.id ?? created.body.token.id;
    expect((await tree(secret)).status).toBe(200);
    await host.call('DELETE', `/api/access/tokens/${id}`);
    const answer = await tree(secret);
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('revoked');
  });

  it('may do no more than its scopes and its role', async () => {
    const narrow = { role: 'engineer' as const, scopes: ['cloud.data.read'] };
    const refused = await host.call('GET', '/api/cloud/tree', { as: narrow });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'ACCESS_DENIED']);
    const wide = { role: 'viewer' as const, scopes: ['*'] };
    const body = { kind: 'area', parentId: made.mine.siteId, name: 'Annex' };
    expect((await host.call('POST', '/api/cloud/nodes', { as: wide, body })).body.error.code).toBe('ACCESS_DENIED');
  });
});
