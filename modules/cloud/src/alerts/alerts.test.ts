import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { monday, type OpenAlerts, openAlerts } from './support/open-alerts.ts';

const minute = 60_000;
const hour = 60 * minute;

let open: OpenAlerts;
beforeAll(async () => {
  open = await openAlerts();
});
afterAll(() => open.cleanup());
beforeEach(async () => {
  const { db } = open.test.host;
  await db.execute(
    'truncate cloud_alert_item, cloud_alert_attempt, cloud_alert_message, cloud_alert, cloud_alert_channel',
  );
  open.clock.set(monday);
  open.receiver.posts.length = 0;
  open.receiver.answer = { status: 200 };
});

const titles = () => open.receiver.posts.map(({ json }) => json.data.alerts.map((one: { title: string }) => one.title));
const get = async (path: string, query?: Record<string, unknown>) =>
  (await open.test.call('GET', `/api/cloud/alerts${path}`, { query })).body;

describe('what is raised', () => {
  it('goes out signed, with a link, and is recorded as delivered', async () => {
    const { id, secret } = await open.channel();
    await open.raise({ link: '/matrixvision/events/1', details: { camera: 'gate-3' }, text: 'One person' });
    await open.pass();
    const [post] = open.receiver.posts;
    expect(post!.json).toMatchObject({
      type: 'millwright.alerts',
      timestamp: '2026-03-02T12:00:00.000Z',
      data: {
        channel: { id, name: expect.stringMatching(/^Hook/) },
        ...{ count: 1, severity: 'alarm', digest: false },
        alerts: [
          {
            ...{ title: 'Gate 3 crossed', text: 'One person', details: { camera: 'gate-3' } },
            url: 'https://millwright.example/matrixvision/events/1',
            site: { name: 'Qingdao' },
          },
        ],
      },
    });
    const { items } = await get('/deliveries');
    expect(items).toMatchObject([
      { id: post!.json.id, state: 'delivered', attempts: 1, receipt: 'HTTP 200', error: null },
    ]);
    expect(post!.headers['webhook-id']).toBe(items[0].id);
    // The library of the standard knows no clock but the machine’s: its check of the time is left to its own test.
    const signed = `${post!.headers['webhook-id']}.${post!.headers['webhook-timestamp']}.${post!.body}`;
    expect(signed).toContain(`.${Date.parse(monday) / 1000}.`);
    const expected = new Webhook(secret).sign(String(post!.headers['webhook-id']), new Date(monday), post!.body);
    expect(post!.headers['webhook-signature']).toBe(expected);
  });

  it('goes out only after the commit of what it belongs to', async () => {
    await open.channel();
    const { db } = open.test.host;
    await db.transaction(async () => {
      await open.raise();
      expect((await db.query('select from cloud_alert')).rowCount).toBe(1);
    });
    await expect(
      db.transaction(async () => {
        await open.raise({ title: 'Never happened' });
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await open.pass(hour);
    expect(titles()).toEqual([['Gate 3 crossed']]);
  });

  it('is taken once however often it is raised under one id', async () => {
    await open.channel();
    const id = '01980000-0000-7000-8000-000000000042';
    for (let time = 0; time < 3; time += 1) expect(await open.raise({ id })).toBe(id);
    await open.pass();
    expect(titles()).toEqual([['Gate 3 crossed']]);
  });

  it('is refused when it makes no sense', async () => {
    await expect(open.raise({ kind: 'No Kind' })).rejects.toMatchObject({ code: 'ALERT_INVALID' });
    await expect(open.raise({ link: '//evil.example' })).rejects.toMatchObject({ code: 'ALERT_INVALID' });
  });

  it('is cut where it is too long, and goes out all the same', async () => {
    await open.channel();
    const long = '长'.repeat(5000);
    await open.raise({ title: long, text: { en: long, 'zh-CN': long, 'zh-TW': long }, details: { log: long } });
    await open.pass();
    const [alert] = open.receiver.posts[0]!.json.data.alerts;
    expect([alert.title.length, alert.text.length, alert.title.at(-1)]).toEqual([300, 4000, '…']);
    expect(alert.details).toEqual({ leftOutBytes: 15_010 });
  });

  it('may hold what PostgreSQL cannot', async () => {
    await open.channel();
    await open.raise({ title: 'half \ud800 and nul \0', details: { raw: '\0' } });
    await open.pass();
    expect(titles()).toEqual([['half � and nul ␀']]);
  });

  it('reaches nobody who asked later', async () => {
    await open.raise();
    open.clock.advance(1);
    await open.channel();
    await open.pass();
    expect(titles()).toEqual([]);
    expect((await get('')).items).toMatchObject([{ title: 'Gate 3 crossed', channels: 0 }]);
  });
});

describe('filters', () => {
  it('choose by module, kind, severity, site and subject', async () => {
    const other = { kind: 'site', parentId: null, name: `Other ${Math.random()}`, timezone: 'UTC' };
    const otherId = (await open.test.call('POST', '/api/cloud/nodes', { body: other })).body.id;
    const filters: Record<string, Record<string, unknown>> = {
      all: {},
      module: { filter: { modules: ['energy'] } },
      kind: { filter: { kinds: ['base-load'] } },
      grave: { filter: { severities: ['alarm', 'critical'] } },
      site: { siteId: otherId },
      sites: { filter: { siteIds: [otherId] } },
      subject: { filter: { subjects: ['meter-1'], kinds: ['base-load'] } },
    };
    for (const [name, input] of Object.entries(filters)) await open.channel({ name, ...input });
    await open.raise({ title: 'a' });
    await open.raise({ title: 'b', module: 'energy', kind: 'base-load', severity: 'warning', subject: 'meter-1' });
    await open.raise({ title: 'c', siteId: otherId, severity: 'critical' });
    await open.raise({ title: 'd', siteId: null, severity: 'info' });
    await open.pass();
    const got: Record<string, string[]> = {};
    for (const { json } of open.receiver.posts)
      for (const { title } of json.data.alerts) {
        const { name } = json.data.channel;
        got[name] = [...(got[name] ?? []), title].sort();
      }
    expect(got).toEqual({
      ...{ all: ['a', 'b', 'c', 'd'], module: ['b'], kind: ['b'], grave: ['a', 'c'] },
      ...{ site: ['c'], sites: ['c'], subject: ['b'] },
    });
  });
});

describe('grouping', () => {
  it('makes one message of what is of the same subject within the time, and another after it', async () => {
    await open.channel({ groupSeconds: 30 });
    await open.raise({ title: '1' });
    await open.pass(10_000);
    await open.raise({ title: '2' });
    await open.raise({ title: 'other', subject: 'rule-8' });
    expect(titles()).toEqual([]);
    await open.pass(20_000);
    expect(titles()).toEqual([['1', '2']]);
    await open.raise({ title: '3' });
    await open.pass(60_000);
    expect(titles()).toEqual([['1', '2'], ['other'], ['3']]);
    expect(open.receiver.posts[0]!.json.data).toMatchObject({ count: 2, digest: false });
  });

  it('makes a few messages of 1,000 events in a minute and loses none', async () => {
    await open.channel({ groupSeconds: 20 });
    for (let index = 0; index < 1000; index += 1) {
      await open.raise({ title: `event ${index}` });
      if (index % 100 === 99) await open.pass(6_000);
    }
    await open.pass(5 * minute);
    expect(open.receiver.posts.length).toBeLessThanOrEqual(6);
    const listed = titles().flat();
    expect(listed).toHaveLength(1000);
    expect(new Set(listed).size).toBe(1000);
    expect(open.receiver.posts.every(({ json }) => json.data.count === json.data.alerts.length)).toBe(true);
  });

  it('puts 1,000 events of as many subjects into no more messages than the channel takes', async () => {
    await open.channel({ mostPerMinute: 3 });
    for (let index = 0; index < 1000; index += 1) await open.raise({ title: `${index}`, subject: `rule-${index}` });
    await open.pass();
    expect(open.receiver.posts).toHaveLength(3);
    expect(open.receiver.posts.map(({ json }) => json.data.digest)).toEqual([true, true, true]);
    await open.pass(59_000);
    expect(open.receiver.posts).toHaveLength(3);
    await open.pass(1_000);
    expect(open.receiver.posts).toHaveLength(4);
    expect(new Set(titles().flat()).size).toBe(1000);
  });
});

describe('quiet hours', () => {
  const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' };
  const quiet = { zone: 'Asia/Shanghai', windows: [night], criticalThrough: true };

  it('hold back over midnight, let through what is critical, and end with one digest', async () => {
    await open.channel({ quiet });
    open.clock.set('2026-03-02T22:30:00+08:00');
    await open.raise({ title: 'late' });
    await open.pass();
    await open.raise({ title: 'fire', severity: 'critical' });
    await open.pass(3 * hour);
    await open.raise({ title: 'later', subject: 'rule-8' });
    await open.pass();
    expect(titles()).toEqual([['fire']]);
    expect((await get('/channels')).items).toMatchObject([
      { held: 2, gathering: 0, nextAt: '2026-03-02T22:00:00.000Z' },
    ]);
    await open.pass(4 * hour + 29 * minute);
    expect(titles()).toEqual([['fire']]);
    await open.pass(minute);
    expect(titles()).toEqual([['fire'], ['late', 'later']]);
    expect(open.receiver.posts[1]!.json.data).toMatchObject({ digest: true, count: 2 });
  });

  it('hold back what is critical too where the channel says so', async () => {
    await open.channel({ quiet: { ...quiet, criticalThrough: false } });
    open.clock.set('2026-03-02T23:00:00+08:00');
    await open.raise({ severity: 'critical' });
    await open.pass(hour);
    expect(titles()).toEqual([]);
  });

  it('that leave no gap are refused', async () => {
    const body = { name: 'never', kind: 'webhook', config: { url: open.receiver.url } };
    const always = { ...quiet, windows: [{ ...night, from: '00:00', to: '00:00' }] };
    const answer = await open.test.call('POST', '/api/cloud/alerts/channels', { body: { ...body, quiet: always } });
    expect([answer.status, answer.body.error.code]).toEqual([422, 'ALERT_QUIET_ALWAYS']);
    const nowhere = { ...quiet, zone: 'Moon/Base' };
    const other = await open.test.call('POST', '/api/cloud/alerts/channels', { body: { ...body, quiet: nowhere } });
    expect([other.status, other.body.error.code]).toEqual([422, 'TIMEZONE_UNKNOWN']);
  });
});

describe('a receiver that is away', () => {
  it('is tried again, later each time, under the same id, until it takes the message', async () => {
    await open.channel();
    open.receiver.answer = { status: 503, text: 'down for maintenance' };
    await open.raise();
    await open.pass();
    const [first] = (await get('/deliveries', { state: 'waiting' })).items;
    expect(first).toMatchObject({
      attempts: 1,
      error: { code: 'ALERT_RECEIVER_REFUSED', details: { answer: 503, text: 'down for maintenance' } },
    });
    const wait = Date.parse(first.nextAt) - Date.parse(monday);
    expect(wait).toBeGreaterThanOrEqual(5_000);
    expect(wait).toBeLessThanOrEqual(10_000);
    await open.pass(24 * hour);
    const tries = (await get(`/deliveries/${first.id}`)).tries.map(({ at }: { at: string }) => Date.parse(at));
    expect(tries.length).toBeGreaterThan(24);
    expect(tries.length).toBeLessThan(70);
    expect(Math.max(...tries.slice(1).map((at: number, index: number) => at - tries[index]))).toBeLessThanOrEqual(hour);
    open.receiver.answer = { status: 204 };
    await open.pass(2 * hour);
    expect(open.receiver.posts.map(({ json }) => json.id)).toEqual([first.id]);
    expect(await get(`/deliveries/${first.id}`)).toMatchObject({
      state: 'delivered',
      receipt: 'HTTP 204',
      error: null,
    });
  });

  it('has what was not delivered in three days listed, and sent again on request', async () => {
    await open.channel();
    open.receiver.answer = { status: 500 };
    await open.raise();
    await open.pass(71 * hour);
    expect((await get('/deliveries')).items).toMatchObject([{ state: 'waiting' }]);
    await open.pass(2 * hour);
    const [given] = (await get('/deliveries', { state: 'undelivered' })).items;
    expect(given).toMatchObject({ nextAt: null, settledAt: '2026-03-05T12:00:00.000Z' });
    await open.pass(24 * hour);
    expect((await get('/deliveries')).items[0].attempts).toBe(given.attempts);
    open.receiver.answer = { status: 200 };
    const again = await open.test.call('POST', `/api/cloud/alerts/deliveries/${given.id}/resend`);
    expect(again.body).toMatchObject({ id: given.id, state: 'waiting' });
    await open.pass();
    expect(open.receiver.posts.map(({ json }) => json.id)).toEqual([given.id]);
    const twice = await open.test.call('POST', `/api/cloud/alerts/deliveries/${given.id}/resend`);
    expect([twice.status, twice.body.error.code]).toEqual([409, 'ALERT_NOT_RESENDABLE']);
  });

  it('is not knocked at once for every message that waits, and gets them all once it is back', async () => {
    await open.channel({ mostPerMinute: 600 });
    open.receiver.answer = { status: 502 };
    for (let index = 0; index < 20; index += 1) await open.raise({ title: `${index}`, subject: `rule-${index}` });
    await open.pass(30 * minute);
    const { items } = await get('/deliveries');
    expect(items).toHaveLength(20);
    const attempts = items.reduce((sum: number, one: { attempts: number }) => sum + one.attempts, 0);
    expect(attempts).toBeLessThan(30);
    open.receiver.answer = { status: 200 };
    await open.pass(hour);
    expect(new Set(titles().flat()).size).toBe(20);
    expect((await get('/deliveries', { state: 'waiting' })).items).toEqual([]);
  });

  it('that refuses one message gets the others', async () => {
    await open.channel();
    open.receiver.answer = { status: 413 };
    await open.raise({ title: 'large' });
    await open.pass();
    open.receiver.answer = { status: 200 };
    await open.raise({ title: 'small' });
    await open.pass();
    expect(titles()).toEqual([['small']]);
    await open.pass(minute);
    expect(titles()).toEqual([['small'], ['large']]);
  });

  it('holds up no other channel', async () => {
    await open.channel({ name: 'dead', config: { url: 'http://127.0.0.1:1/' } });
    await open.channel({ name: 'alive' });
    await open.raise();
    await open.pass();
    expect(open.receiver.posts.map(({ json }) => json.data.channel.name)).toEqual(['alive']);
    expect((await get('/deliveries', { state: 'waiting' })).items).toMatchObject([
      { channel: { name: 'dead' }, error: { code: 'ALERT_RECEIVER_AWAY' } },
    ]);
  });

  it('leads nowhere else', async () => {
    await open.channel();
    open.receiver.answer = { status: 302, headers: { location: open.receiver.url } };
    await open.raise();
    await open.pass();
    expect((await get('/deliveries')).items).toMatchObject([
      { state: 'waiting', error: { code: 'ALERT_RECEIVER_REFUSED', details: { answer: 302 } } },
    ]);
  });
});

describe('a channel', () => {
  const post = (path: string, body?: object, as?: 'engineer' | 'operator' | 'viewer') =>
    open.test.call('POST', `/api/cloud/alerts${path}`, { ...(body && { body }), ...(as && { as }) });

  it('shows its secret once, and covers what comes after the question mark', async () => {
    const { id, secret } = await open.channel();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    const shown = await get(`/channels/${id}`);
    expect(shown.secret).toBe('***');
    expect(shown.config.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hook\?\*\*\*$/);
    const viewer = (await open.test.call('GET', `/api/cloud/alerts/channels/${id}`, { as: 'viewer' })).body;
    expect(viewer.config.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\*\*\*$/);
    const ledger = JSON.stringify((await open.test.call('GET', '/api/ledger/entries')).body);
    for (const hidden of ['geheim', secret]) expect(ledger + JSON.stringify([shown, viewer])).not.toContain(hidden);
    await open.test.call('PATCH', `/api/cloud/alerts/channels/${id}`, { body: { config: shown.config, name: 'Kept' } });
    await open.raise();
    await open.pass();
    expect(open.receiver.posts).toHaveLength(1);
  });

  it('signs with the old secret beside a new one for a day', async () => {
    const { id, secret } = await open.channel();
    const renewed = (await post(`/channels/${id}/secret`)).body;
    expect(renewed.previousUntil).toBe('2026-03-03T12:00:00.000Z');
    await open.raise();
    await open.pass();
    open.clock.advance(24 * hour);
    await open.raise();
    await open.pass();
    const [early, late] = open.receiver.posts;
    const sign = (key: string, { headers, body }: typeof early & object) =>
      new Webhook(key).sign(String(headers['webhook-id']), new Date(Number(headers['webhook-timestamp']) * 1000), body);
    expect(early!.headers['webhook-signature']).toBe(`${sign(renewed.secret, early!)} ${sign(secret, early!)}`);
    expect(late!.headers['webhook-signature']).toBe(sign(renewed.secret, late!));
  });

  it('can be tested, paused or not, and says why it fails', async () => {
    const { id } = await open.channel();
    await open.test.call('PATCH', `/api/cloud/alerts/channels/${id}`, { body: { paused: true } });
    expect((await post(`/channels/${id}/test`)).body).toMatchObject({ state: 'delivered', purpose: 'test' });
    expect(open.receiver.posts.map(({ json }) => [json.type, json.data.alerts[0].kind])).toEqual([
      ['millwright.test', 'test'],
    ]);
    open.receiver.answer = { status: 401, text: 'who are you?' };
    const failed = (await post(`/channels/${id}/test`)).body;
    expect(failed).toMatchObject({ state: 'undelivered', error: { details: { answer: 401, text: 'who are you?' } } });
    await open.pass(100 * hour);
    expect((await get(`/deliveries/${failed.id}`)).attempts).toBe(1);
    expect((await post(`/deliveries/${failed.id}/resend`)).body.error.code).toBe('ALERT_NOT_RESENDABLE');
  });

  it('takes nothing while it is paused, and sends what waited when it goes on', async () => {
    const { id } = await open.channel();
    const change = (body: object) => open.test.call('PATCH', `/api/cloud/alerts/channels/${id}`, { body });
    open.receiver.answer = { status: 503 };
    await open.raise({ title: 'before' });
    await open.pass();
    await change({ paused: true });
    open.receiver.answer = { status: 200 };
    await open.raise({ title: 'meanwhile' });
    await open.pass(hour);
    expect(titles()).toEqual([]);
    await change({ paused: false });
    await open.pass();
    expect(titles()).toEqual([['before']]);
  });

  it('that is removed gets nothing more, and comes back with its settings', async () => {
    const { id } = await open.channel({ groupSeconds: 60 });
    open.receiver.answer = { status: 503 };
    await open.raise({ title: 'waiting' });
    await open.pass(minute);
    await open.raise({ title: 'gathering' });
    await open.pass();
    expect((await open.test.call('DELETE', `/api/cloud/alerts/channels/${id}`)).status).toBe(204);
    open.receiver.answer = { status: 200 };
    await open.pass(hour);
    expect(titles()).toEqual([]);
    const [cancelled] = (await get('/deliveries')).items;
    expect(cancelled.state).toBe('cancelled');
    expect((await post(`/deliveries/${cancelled.id}/resend`)).body.error.code).toBe('ALERT_CHANNEL_REMOVED');
    expect((await post(`/channels/${id}/test`)).body.error.code).toBe('ALERT_CHANNEL_REMOVED');
    expect((await get('/channels')).items).toMatchObject([{ removed: true }]);
    expect((await post(`/channels/${id}/restore`)).body).toMatchObject({ removed: false, groupSeconds: 60 });
    await post(`/deliveries/${cancelled.id}/resend`);
    await open.pass();
    expect(titles()).toEqual([['waiting']]);
  });

  it('has a name of its own', async () => {
    const { id } = await open.channel({ name: 'Desk' });
    const again = { name: 'desk', kind: 'webhook', config: { url: open.receiver.url } };
    expect((await post('/channels', again)).body.error.code).toBe('ALERT_CHANNEL_EXISTS');
    await open.test.call('DELETE', `/api/cloud/alerts/channels/${id}`);
    expect((await post('/channels', again)).status).toBe(201);
    expect((await post(`/channels/${id}/restore`)).body.error.code).toBe('ALERT_CHANNEL_EXISTS');
  });

  it.each([
    ['no kind', { kind: 'pigeon' }, 'ALERT_KIND_UNKNOWN'],
    ['no URL', { config: { url: 'gate' } }, 'ALERT_CHANNEL_CONFIG_INVALID'],
    ['an unknown member', { config: { url: 'https://a.example', retries: 1 } }, 'ALERT_CHANNEL_CONFIG_INVALID'],
    ['a password in it', { config: { url: 'https://a:b@a.example' } }, 'ALERT_CHANNEL_CONFIG_INVALID'],
    ['an address inside', { config: { url: 'https://10.1.2.3/' } }, 'ADDRESS_INTERNAL'],
    ['an address inside by another name', { config: { url: 'https://[::ffff:10.1.2.3]/' } }, 'ADDRESS_INTERNAL'],
    ['no encryption', { config: { url: 'http://1.1.1.1/' } }, 'ALERT_URL_INSECURE'],
    ['a topic of edge boxes', { kind: 'mqtt', config: { topic: 'millwright/edge/1/down' } }, 'ALERT_TOPIC_RESERVED'],
    ['a topic anywhere', { kind: 'mqtt', config: { topic: '{site}/x' } }, 'ALERT_CHANNEL_CONFIG_INVALID'],
    ['a topic with a wildcard', { kind: 'mqtt', config: { topic: 'a/#' } }, 'ALERT_CHANNEL_CONFIG_INVALID'],
    ['no mail server', { kind: 'email', config: { to: ['a@b.example'] } }, 'ALERT_MAIL_UNSET'],
    ['a site that is none', { siteId: '01980000-0000-7000-8000-000000000001' }, 'SITE_UNKNOWN'],
  ])('with %s is refused', async (_what, input, code) => {
    const body = { name: 'bad', kind: 'webhook', config: { url: open.receiver.url }, ...input };
    const answer = await post('/channels', body);
    expect([answer.body.error?.code, answer.status]).toEqual([
      code,
      code === 'ALERT_MAIL_UNSET' ? 409 : code === 'SITE_UNKNOWN' ? 404 : 422,
    ]);
  });

  it('is made and changed by engineers, sent again by operators, and seen by viewers', async () => {
    const { id } = await open.channel();
    const body = { name: 'mine', kind: 'webhook', config: { url: open.receiver.url } };
    expect((await post('/channels', body, 'operator')).status).toBe(403);
    expect((await post(`/channels/${id}/test`, undefined, 'operator')).status).toBe(403);
    expect((await post('/channels', body, 'engineer')).status).toBe(201);
    open.receiver.answer = { status: 500 };
    await open.raise();
    await open.pass(80 * hour);
    const [{ id: delivery }] = (await get('/deliveries', { state: 'undelivered' })).items;
    expect((await post(`/deliveries/${delivery}/resend`, undefined, 'viewer')).status).toBe(403);
    expect((await post(`/deliveries/${delivery}/resend`, undefined, 'operator')).status).toBe(200);
    expect((await open.test.call('GET', '/api/cloud/alerts/channels', { as: 'viewer' })).status).toBe(200);
  });

  it('leaves what was done to it in the ledger', async () => {
    const { id } = await open.channel();
    await open.test.call('PATCH', `/api/cloud/alerts/channels/${id}`, { body: { paused: true } });
    await post(`/channels/${id}/secret`);
    await post(`/channels/${id}/test`);
    await open.test.call('DELETE', `/api/cloud/alerts/channels/${id}`);
    await post(`/channels/${id}/restore`);
    const { items } = (await open.test.call('GET', '/api/ledger/entries', { query: { subject: id } })).body;
    expect(items.map(({ type }: { type: string }) => type.replace('cloud.alert-channel-', '')).reverse()).toEqual([
      ...['create', 'change', 'secret', 'test', 'remove', 'restore'],
    ]);
  });
});

it('old alerts are removed once nothing of them waits', async () => {
  await open.channel();
  await open.raise({ title: 'sent' });
  await open.pass();
  open.receiver.answer = { status: 500 };
  await open.raise({ title: 'waiting' });
  await open.pass();
  open.clock.advance(hour);
  expect(await open.alerts.removeBefore(open.clock.now())).toBe(1);
  expect((await get('')).items).toMatchObject([{ title: 'waiting' }]);
  expect((await get('/deliveries')).items).toMatchObject([{ state: 'waiting' }]);
});
