import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, operatorActor, type Role } from '@millwright/kernel';
import { type Caller, createTestHost, type Method, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderVerbs } from '../cli/order-verbs.ts';
import { cloudModule } from '../server.ts';
import type { WorkOrder } from './work-order.ts';

const clock = fixedClock('2026-03-02T12:00:00Z');
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const octets = { 'content-type': 'application/octet-stream' };

let host: TestHost;
let siteId: string;
let otherSiteId: string;
let pumpId: string;
let liId: string;
const at = '/api/cloud/orders';
const ask = async (method: Method, path: string, body?: unknown, as?: Caller) =>
  host.call(method, `${at}${path}`, { body, ...(as && { as }) });
const raise = async (more: object = {}, as?: Caller): Promise<WorkOrder> => {
  const answer = await ask('POST', '', { nodeId: pumpId, title: 'Look at the bearing', ...more }, as);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const refusal = async (...call: Parameters<typeof ask>) => {
  const { status, body } = await ask(...call);
  return [status, body.error?.code];
};
const user = async (name: string, role: Role, siteIds: string[] | null = null) =>
  (await host.host.access.createUser(operatorActor, { name, displayName: '', role, siteIds })).user.id;

beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule], clock });
  const node = async (kind: string, parentId: string | null, name: string) =>
    (
      await host.call('POST', '/api/cloud/nodes', {
        body: { kind, parentId, name, ...(!parentId && { timezone: 'Asia/Shanghai' }) },
      })
    ).body.id as string;
  siteId = await node('site', null, 'Qingdao');
  otherSiteId = await node('site', null, 'Suzhou');
  pumpId = await node('asset', siteId, 'Cooling pump 1');
  liId = await user('li', 'operator', [siteId]);
  await user('viewer', 'viewer');
});
afterAll(() => host.cleanup());

describe('a work order', () => {
  it('goes from raised to done, and the ledger has every step', async () => {
    const made = await raise({ priority: 'high', ownerId: liId, checklist: ['Lock out', 'Grease'] });
    expect(made).toMatchObject({ state: 'open', nodeName: 'Cooling pump 1', owner: { name: 'li' }, toCheck: 2 });
    const { id } = made;
    await ask('POST', `/${id}/move`, { state: 'in-progress' }, 'operator');
    await ask('POST', `/${id}/checklist/${made.checklist[0]!.id}`, { done: true }, 'operator');
    await ask('POST', `/${id}/parts`, { name: 'Bearing', partNumber: '6205', quantity: 2 }, 'operator');
    await ask('POST', `/${id}/times`, { minutes: 45 }, 'operator');
    await ask('POST', `/${id}/times`, { minutes: 15, note: 'Cleaning' }, 'operator');
    await ask('POST', `/${id}/comments`, { text: 'Was dry' }, 'operator');
    const photo = await host.call('POST', `${at}/${id}/photos`, {
      query: { name: '轴承.jpg' },
      body: jpeg,
      headers: octets,
    });
    expect(photo.body.photos).toMatchObject([{ name: '轴承.jpg', mediaType: 'image/jpeg', size: 7 }]);
    expect((await ask('GET', `/${id}/photos/${photo.body.photos[0].hash}`)).bytes).toEqual(jpeg);
    expect(await refusal('POST', `/${id}/move`, { state: 'done' })).toEqual([422, 'ORDER_OUTCOME_MISSING']);
    const outcome = { cause: 'No grease', action: 'Greased', verdict: null };
    const done = (await ask('POST', `/${id}/move`, { state: 'done', outcome }, 'operator')).body;
    expect(done).toMatchObject({
      ...{ state: 'done', minutes: 60, checked: 1, outcome },
      closedAt: expect.any(String),
    });
    const { items } = (await ask('GET', `/${id}/history`)).body;
    expect(items.map(({ type }: { type: string }) => type.slice('cloud.order-'.length)).reverse()).toEqual([
      ...['create', 'move', 'tick', 'part', 'time', 'time', 'comment', 'photo', 'move'],
    ]);
    expect(await refusal('POST', `/${id}/parts`, { name: 'Late' })).toEqual([409, 'ORDER_CLOSED']);
    expect((await ask('POST', `/${id}/comments`, { text: 'Runs quiet now' })).status).toBe(200);
  });

  it('moves only where it may', async () => {
    const { id } = await raise();
    expect(await refusal('POST', `/${id}/move`, { state: 'open' })).toEqual([409, 'ORDER_MOVE_REFUSED']);
    await ask('POST', `/${id}/move`, { state: 'cancelled' });
    expect(await refusal('POST', `/${id}/move`, { state: 'in-progress' })).toEqual([409, 'ORDER_MOVE_REFUSED']);
    expect((await ask('POST', `/${id}/move`, { state: 'open' })).body).toMatchObject({ state: 'open', closedAt: null });
  });

  it('keeps the ticks of steps that stay when the checklist changes', async () => {
    const { id, checklist } = await raise({ checklist: ['A', 'B'] });
    await ask('POST', `/${id}/checklist/${checklist[1]!.id}`, { done: true });
    const steps = [{ id: checklist[1]!.id, text: 'B, twice' }, { text: 'C' }];
    const { body } = await ask('PATCH', `/${id}`, { checklist: steps });
    expect(body.checklist).toMatchObject([
      { text: 'B, twice', done: { by: expect.any(String) } },
      { text: 'C', done: null },
    ]);
    expect(await refusal('POST', `/${id}/checklist/${checklist[0]!.id}`, { done: true })).toEqual([
      404,
      'ORDER_ITEM_UNKNOWN',
    ]);
  });

  it('takes pictures only, and not of any size', async () => {
    const { id } = await raise();
    const put = async (body: Buffer) =>
      (await host.call('POST', `${at}/${id}/photos`, { body, headers: octets })).body.error.code;
    expect(await put(Buffer.from('<svg onload="alert(1)"/>'))).toBe('ORDER_PHOTO_UNFIT');
    expect(await put(Buffer.concat([jpeg, Buffer.alloc(15_000_000)]))).toBe('ORDER_PHOTO_TOO_LARGE');
  });

  it('loses nothing when two tablets write at the same time', async () => {
    const { id } = await raise();
    await Promise.all([1, 2, 3, 4, 5].map((minutes) => ask('POST', `/${id}/times`, { minutes })));
    expect((await ask('GET', `/${id}`)).body.minutes).toBe(15);
  });
});

describe('who may what', () => {
  it('leaves raising and assigning to the engineer, work to the operator, reading to the rest', async () => {
    const { id } = await raise({}, 'engineer');
    expect(await refusal('POST', '', { nodeId: pumpId, title: 'X' }, 'operator')).toEqual([403, 'ACCESS_DENIED']);
    expect(await refusal('PATCH', `/${id}`, { ownerId: liId }, 'operator')).toEqual([403, 'ACCESS_DENIED']);
    expect(await refusal('POST', `/${id}/move`, { state: 'cancelled' }, 'operator')).toEqual([403, 'ACCESS_DENIED']);
    expect(await refusal('POST', `/${id}/comments`, { text: 'X' }, 'viewer')).toEqual([403, 'ACCESS_DENIED']);
    for (const role of ['viewer', 'auditor'] as const)
      expect((await ask('GET', `/${id}`, undefined, role)).status).toBe(200);
  });

  it('ends at the sites of whoever asks', async () => {
    const { id } = await raise();
    const elsewhere = { role: 'engineer', siteIds: [otherSiteId] } as const;
    expect(await refusal('GET', `/${id}`, undefined, { ...elsewhere, siteIds: [otherSiteId] })).toEqual([
      403,
      'ACCESS_SITE_DENIED',
    ]);
    const { body } = await ask('GET', '', undefined, { ...elsewhere, siteIds: [otherSiteId] });
    expect(body).toEqual({ items: [], total: 0 });
  });

  it('gives an order only to who may work on it', async () => {
    const { items } = (await ask('GET', `/people?siteId=${siteId}`)).body;
    expect(items.map(({ name }: { name: string }) => name)).toEqual(['li']);
    const body = { nodeId: otherSiteId, title: 'X', ownerId: liId };
    expect(await refusal('POST', '', body)).toEqual([422, 'ORDER_OWNER_UNFIT']);
  });
});

describe('alerts of orders', () => {
  const raised = async (subject: string) =>
    (await host.call('GET', '/api/cloud/alerts', { query: { subject } })).body.items.map(
      ({ kind, state }: { kind: string; state: string }) => `${kind} ${state}`,
    );

  it('say once that somebody got one and that it is overdue, and are settled when it is closed', async () => {
    const { orders } = host.host.use(cloudModule);
    const { id } = await raise({ ownerId: liId, dueAt: '2026-03-02T13:00:00Z', priority: 'urgent' });
    expect(await raised(id)).toEqual(['order-assigned open']);
    await orders.tellOverdue();
    expect(await raised(id)).toHaveLength(1);
    clock.advance(2 * 3_600_000);
    await orders.tellOverdue();
    await orders.tellOverdue();
    expect(await raised(id)).toEqual(['order-overdue open', 'order-assigned open']);
    expect((await ask('GET', '?overdue=true')).body.items).toMatchObject([{ id, overdue: true }]);
    await ask('PATCH', `/${id}`, { dueAt: '2026-03-03T13:00:00Z' });
    expect(await raised(id)).toEqual(['order-overdue resolved', 'order-assigned open']);
  });
});

describe('a module that orders are raised from', () => {
  it('hears of each move inside its transaction, and may ask for a verdict', async () => {
    const { orders } = host.host.use(cloudModule);
    const heard: string[] = [];
    orders.follow('toy-incident', {
      asksVerdict: true,
      async moved(_actor, { state, outcome }) {
        heard.push(`${state} ${outcome?.verdict ?? ''}`.trim());
        if (outcome?.cause === 'refuse') throw new Error('no');
      },
    });
    const { id } = await raise({ source: { kind: 'toy-incident', id: '7', link: '/toy/7', title: 'Toy' } });
    const outcome = { cause: 'worn', action: 'new one' };
    expect(await refusal('POST', `/${id}/move`, { state: 'done', outcome })).toEqual([422, 'ORDER_VERDICT_MISSING']);
    const refused = await ask('POST', `/${id}/move`, {
      state: 'done',
      outcome: { ...outcome, cause: 'refuse', verdict: 'true' },
    });
    expect(refused.status).toBe(500);
    expect((await ask('GET', `/${id}`)).body.state).toBe('open');
    await ask('POST', `/${id}/move`, { state: 'done', outcome: { ...outcome, verdict: 'too-late' } });
    expect(heard).toEqual(['open', 'done true', 'done too-late']);
  });
});

describe('the list', () => {
  it('searches, filters, sorts, pages and goes out as CSV that is no formula', async () => {
    const late = await raise({ title: '=HYPERLINK("x")', priority: 'low', dueAt: '2026-04-01T00:00:00Z' });
    const soon = await raise({ title: 'zz soon', priority: 'urgent', dueAt: '2026-03-20T00:00:00Z', nodeId: siteId });
    const numbers = async (query: string) =>
      (await ask('GET', `?${query}`)).body.items.map(({ number }: { number: number }) => number);
    expect((await numbers('sort=due&direction=asc&state=open&text=o')).slice(0, 2)).not.toContain(late.number);
    expect(await numbers('text=HYPERLINK')).toEqual([late.number]);
    expect((await numbers('sort=priority'))[0]).toBe(soon.number);
    expect(await numbers(`nodeId=${siteId}&text=zz`)).toEqual([soon.number]);
    expect(await numbers(`nodeId=${pumpId}&text=zz`)).toEqual([]);
    const page = (await ask('GET', '?limit=2&offset=1')).body;
    expect(page.items).toHaveLength(2);
    expect(page.total).toBeGreaterThan(5);
    const csv = (await ask('GET', '/export?text=HYPERLINK')).bytes.toString();
    expect(csv).toMatch(/^\uFEFFnumber,title,/);
    expect(csv).toContain(`${late.number},"'=HYPERLINK(""x"")",open,low,Qingdao,Cooling pump 1`);
  });
});

describe('the verbs of orders', () => {
  it('do the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'millwright-orders-'));
    const run = (called: string, given: string[] = [], options = {}) =>
      runVerb(host, orderVerbs, called, given, options);
    const added = await run('orders add', ['Qingdao/Cooling pump 1', 'Change the oil'], {
      owner: 'li',
      due: '2026-05-01',
      checklist: 'Drain; Fill',
    });
    const number = /^\d+/.exec(added)![0];
    expect(added).toContain('2026-04-30T');
    await run('orders begin', [number]);
    await run('orders tick', [number, '2']);
    await run('orders part', [number, 'Oil'], { quantity: '3' });
    await run('orders time', [number, '30'], { note: 'alone' });
    await run('orders comment', [number, 'Black']);
    writeFileSync(join(folder, 'oil.jpg'), jpeg);
    expect(await run('orders photo', [number, join(folder, 'oil.jpg')])).toContain('photo: oil.jpg (7 bytes)');
    expect(await run('orders change', [number], { owner: 'none', priority: 'low' })).toContain('nobody');
    expect(await run('orders close', [number], { cause: 'Old', action: 'New oil' })).toContain('done');
    expect(await run('orders show', [number])).toContain('2. [x] Fill');
    expect(await run('orders history', [number])).toContain('cloud.order-tick');
    expect(await run('orders', [], { text: 'Change the oil' })).toContain(number);
    await run('orders export', [join(folder, 'orders.csv')], { text: 'Change the oil' });
    expect(readFileSync(join(folder, 'orders.csv'), 'utf8').split('\r\n')).toHaveLength(3);
    await expect(run('orders show', ['99999'])).rejects.toMatchObject({ code: 'ORDER_UNKNOWN' });
    rmSync(folder, { recursive: true });
  });
});
