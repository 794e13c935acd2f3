import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { monday, type OpenAlerts, openAlerts } from './support/open-alerts.ts';

const minute = 60_000;
const picture = Buffer.from('no real picture');

let open: OpenAlerts;
beforeAll(async () => {
  open = await openAlerts();
});
afterAll(() => open.cleanup());
beforeEach(async () => {
  await open.test.host.db.execute(
    'truncate cloud_alert_item, cloud_alert_attempt, cloud_alert_message, cloud_alert, cloud_alert_channel',
  );
  open.clock.set(monday);
  open.receiver.answer = { status: 200 };
});

const get = async (path: string, query?: Record<string, unknown>) =>
  (await open.test.call('GET', `/api/cloud/alerts${path}`, { query })).body;
const handle = async (body: object) => (await open.test.call('POST', '/api/cloud/alerts/handle', { body })).body;
const gate = { module: 'matrixvision', kind: 'line-crossed', subject: 'rule-7' };
const states = async (query?: Record<string, unknown>) =>
  (await get('', query)).items.map(({ state }: { state: string }) => state);

/** Three alerts of one rule a minute apart, and one of another. */
async function raiseFour(): Promise<string[]> {
  const ids: string[] = [];
  for (const change of [{}, { severity: 'critical' as const }, {}, { subject: 'rule-8', title: 'Post left' }]) {
    ids.push(await open.raise(change));
    open.clock.advance(minute);
  }
  return ids;
}

describe('a list that is read page by page', () => {
  const pages = async <Row>(path: string, idOf: (row: Row) => string): Promise<string[]> => {
    const ids: string[] = [];
    for (let after: string | undefined; ; after = ids.at(-1)) {
      const { items } = await get(path, { limit: 3, after });
      ids.push(...items.map(idOf));
      if (items.length < 3) return ids;
    }
  };

  it('has each alert once, also where many were raised at the same moment', async () => {
    const raised: string[] = [];
    for (let index = 0; index < 11; index++) raised.push(await open.raise());
    const ids = await pages('', ({ id }: { id: string }) => id);
    expect(ids).toHaveLength(11);
    expect(new Set(ids)).toEqual(new Set(raised));
  });

  it('has each group and each message once', async () => {
    for (let index = 0; index < 7; index++) await open.channel();
    for (let index = 0; index < 8; index++) await open.raise({ subject: `rule-${index}` });
    const groups = await pages('/groups', ({ newest }: { newest: { id: string } }) => newest.id);
    expect([groups.length, new Set(groups).size]).toEqual([8, 8]);
    await open.pass();
    const messages = await pages('/deliveries', ({ id }: { id: string }) => id);
    const all = (await get('/deliveries')).items.map(({ id }: { id: string }) => id);
    expect(messages.length).toBeGreaterThanOrEqual(7);
    expect(messages).toEqual(all);
  });

  it('ends at a row that is gone by now, instead of beginning again', async () => {
    await raiseFour();
    expect((await get('', { after: '01970000-0000-7000-8000-000000000000' })).items).toEqual([]);
  });
});

describe('alerts by subject', () => {
  it('stand together with their worst severity, their newest, and how many are still open', async () => {
    const [first, , third, other] = await raiseFour();
    await handle({ ids: [first], state: 'resolved' });
    const { items } = await get('/groups');
    expect(items).toMatchObject([
      { newest: { id: other }, count: 1, open: 1, severity: 'alarm' },
      {
        ...{ newest: { id: third, siteName: 'Qingdao' }, count: 3, open: 2, acknowledged: 0, severity: 'critical' },
        firstAt: '2026-03-02T12:00:00.000Z',
      },
    ]);
    const rest = (await get('/groups', { after: items[0].newest.id })).items;
    expect(rest.map(({ newest }: { newest: { id: string } }) => newest.id)).toEqual([third]);
  });

  it('say to how many channels they were to go and how many have them', async () => {
    await open.channel();
    await open.channel();
    await raiseFour();
    await open.pass();
    const { items } = await get('/groups');
    expect(items.map(({ channels, delivered }: Record<string, number>) => [channels, delivered])).toEqual([
      [2, 2],
      [6, 6],
    ]);
  });

  it('are narrowed by state, severity, subject and words in any language', async () => {
    const title = { en: 'Gate 9 crossed', 'zh-CN': '9 号门被越线', 'zh-TW': '9 號門被越線' };
    const id = await open.raise({ title, subject: 'rule-9' });
    await raiseFour();
    await handle({ ids: [id], state: 'acknowledged' });
    const ids = async (query: Record<string, unknown>) => (await get('/groups', query)).items.length;
    expect(await ids({ text: '号门' })).toBe(1);
    expect(await ids({ text: 'qingdao' })).toBe(3);
    expect(await ids({ text: '100%' })).toBe(0);
    expect(await ids({ severity: 'critical' })).toBe(1);
    expect(await states({ state: 'acknowledged' })).toEqual(['acknowledged']);
    expect(await states({ state: 'unresolved', subject: 'rule-9' })).toEqual(['acknowledged']);
    expect(await states({ state: 'resolved' })).toEqual([]);
  });
});

describe('an alert in hand', () => {
  it('says whose and why, is in the ledger, and is taken back to what it was', async () => {
    const [first, second] = await raiseFour();
    await handle({ ids: [second], state: 'acknowledged' });
    const { changed } = await handle({ ids: [first, second], state: 'resolved', note: ' gate was repaired ' });
    expect(changed).toHaveLength(2);
    expect(changed).toContainEqual({ id: first, before: 'open' });
    expect(changed).toContainEqual({ id: second, before: 'acknowledged' });
    expect(await get(`/${first}`)).toMatchObject({
      ...{ state: 'resolved', note: 'gate was repaired', handledBy: 'operator', handledAt: expect.any(String) },
    });
    const entries = (await open.test.call('GET', '/api/ledger/entries', { query: { type: 'cloud.alert-handle' } }))
      .body;
    expect(entries.items[0]).toMatchObject({ content: { state: 'resolved', note: 'gate was repaired' } });
    await handle({ ids: [first], state: 'open' });
    expect(await get(`/${first}`)).toMatchObject({ state: 'open', note: '' });
  });

  it('takes its whole group with it, other than what was resolved before', async () => {
    const [first, second, third, other] = await raiseFour();
    await handle({ ids: [first], state: 'resolved' });
    const group = { ...gate, siteId: open.siteId };
    const { changed } = await handle({ group, state: 'acknowledged' });
    expect(changed.map(({ id }: { id: string }) => id).sort()).toEqual([second, third].sort());
    expect(await get(`/${other}`)).toMatchObject({ state: 'open' });
    expect((await handle({ group, state: 'acknowledged' })).changed).toEqual([]);
  });

  it('is said of alerts that there are, and of ids or a group', async () => {
    const missing = '01980000-0000-7000-8000-0000000000aa';
    expect(await handle({ ids: [missing], state: 'resolved' })).toMatchObject({ error: { code: 'ALERT_UNKNOWN' } });
    expect((await open.test.call('POST', '/api/cloud/alerts/handle', { body: { state: 'open' } })).status).toBe(400);
  });

  it('follows what its module says of it', async () => {
    const [first] = await raiseFour();
    await open.alerts.raised.follow(first!, { state: 'acknowledged', by: 'li', note: 'seen' });
    expect(await get(`/${first}`)).toMatchObject({ state: 'acknowledged', handledBy: 'li', note: 'seen' });
  });
});

describe('one alert', () => {
  it('says what became of it on its way to each channel', async () => {
    await open.channel({ name: 'Away' });
    const quiet = { zone: 'UTC', criticalThrough: false, windows: [{ days: [1], from: '00:00', to: '23:59' }] };
    await open.channel({ name: 'Night', quiet });
    await open.channel({ name: 'Slow', groupSeconds: 600 });
    open.receiver.answer = { status: 503 };
    const id = await open.raise();
    await open.pass();
    const { deliveries } = await get(`/${id}`);
    expect(deliveries).toMatchObject([
      { channel: { name: 'Away' }, state: 'waiting', attempts: 1, error: { code: 'ALERT_RECEIVER_REFUSED' } },
      { channel: { name: 'Night' }, state: 'held', id: null, nextAt: '2026-03-02T23:59:00.000Z' },
      { channel: { name: 'Slow' }, state: 'gathering', id: null, nextAt: '2026-03-02T12:10:00.000Z' },
    ]);
  });

  it('shows its picture only where its module says who may see it', async () => {
    const { hash } = await open.test.host.blobs.put(picture);
    const shown = await open.raise({ pictureBlob: hash, pictureRight: 'cloud.source.write' });
    const hidden = await open.raise({ pictureBlob: hash });
    const at = async (id: string, as?: 'engineer' | 'viewer') =>
      (await open.test.call('GET', `/api/cloud/alerts/${id}/picture`, { as })).status;
    expect([await at(shown, 'engineer'), await at(shown, 'viewer'), await at(hidden)]).toEqual([200, 403, 404]);
    expect(await get(`/${hidden}`)).toMatchObject({ showsPicture: false });
  });
});
