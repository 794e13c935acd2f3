import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Box, createEdgeHost, type EdgeHost, message, sha256 } from './support/edge-host.ts';

const clock = fixedClock('2026-01-02T00:00:00Z');
let host: EdgeHost;
beforeAll(async () => {
  host = await createEdgeHost({ clock });
});
afterAll(() => host.cleanup());

const invite = (name: string) =>
  host.call('POST', '/api/cloud/edge/boxes', { body: { siteId: host.siteId, name } }).then(({ body }) => body);
const enrol = (code: string, token = 'mwe_x') =>
  host.call('POST', '/api/cloud/edge/enrol', { body: { code, tokenHash: sha256(token) }, as: 'nobody' });
const actions = async (type: string) =>
  (await host.call('GET', '/api/ledger/entries', { query: { type, limit: 100 } })).body.items;

describe('a box comes in', () => {
  it('with a code that is worth one exchange, and the same exchange again when the answer was lost', async () => {
    const { code, box } = await invite('gate');
    expect(box).toMatchObject({ state: 'invited', name: 'gate' });
    expect(code).toMatch(/^mwc(-[a-z2-9]{4}){5}$/);
    const first = await enrol(code.toUpperCase(), 'mwe_gate');
    expect(first.body).toMatchObject({ id: box.id, name: 'gate', siteId: host.siteId });
    expect((await enrol(code, 'mwe_gate')).status).toBe(200);
    const other = await enrol(code, 'mwe_thief');
    expect([other.status, other.body.error.details.reason]).toEqual([401, 'used']);
    expect((await enrol('mwc-aaaa-aaaa-aaaa-aaaa-aaaa')).body.error.code).toBe('EDGE_CODE_INVALID');
    const entries = await actions('cloud.edge-enrol');
    expect(entries.filter(({ subject }: { subject: string }) => subject === box.id)).toHaveLength(1);
  });

  it('not with a code of the day before', async () => {
    const { code } = await invite('late');
    clock.advance(24 * 3_600_000);
    expect((await enrol(code)).body.error.details.reason).toBe('expired');
  });

  it('anew with another code, and its old token is good until then', async () => {
    const { box, code } = await invite('yard');
    await enrol(code, 'mwe_old');
    const ask = async (token: string) => (await host.call('GET', '/api/cloud/edge/desired', { as: { token } })).status;
    const again = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/code`);
    expect(await ask('mwe_old')).toBe(200);
    await enrol(again.body.code, 'mwe_new');
    expect([await ask('mwe_old'), await ask('mwe_new')]).toEqual([401, 200]);
  });

  it('and goes: its token is worth nothing any more, and its name is free', async () => {
    const box = await host.enrol('short');
    expect((await box.call('GET', '/api/cloud/edge/desired')).status).toBe(200);
    expect(
      (await host.call('POST', '/api/cloud/edge/boxes', { body: { siteId: host.siteId, name: 'Short' } })).status,
    ).toBe(409);
    await host.call('DELETE', `/api/cloud/edge/boxes/${box.id}`);
    const refused = await box.call('GET', '/api/cloud/edge/desired');
    expect([refused.status, refused.body.error.code]).toEqual([401, 'TOKEN_INVALID']);
    expect((await invite('short')).box.id).not.toBe(box.id);
  });

  it('and may call nothing but what is for boxes, as nobody else may', async () => {
    const box = await host.enrol('narrow');
    for (const path of ['/api/cloud/tree', '/api/cloud/edge/boxes', '/api/ledger/entries', '/api/access/users'])
      expect([path, (await box.call('GET', path)).status]).toEqual([path, 403]);
    for (const role of ['operator', 'administrator'] as const)
      expect((await host.call('GET', '/api/cloud/edge/desired', { as: role })).body.error.code).toBe('EDGE_NOT_A_BOX');
  });
});

describe('what a box is to do', () => {
  let box: Box;
  beforeAll(async () => {
    box = await host.enrol('desired');
  });
  const desired = (has?: number, wait = 0) =>
    box.call('GET', '/api/cloud/edge/desired', {
      query: { wait },
      ...(has !== undefined && { headers: { 'if-none-match': `"${has}"` } }),
    });

  it('comes with a revision that rises when something changed, and only then', async () => {
    host.want({ cameras: [{ id: 'a', address: 'rtsp://a' }] });
    const { body, headers } = await desired();
    expect(headers.etag).toBe(`"${body.revision}"`);
    expect(body.parts.toy.document).toEqual({ cameras: [{ id: 'a', address: 'rtsp://a' }] });
    expect(body.box).toMatchObject({ name: 'desired', siteName: 'Works', timezone: 'Asia/Shanghai' });
    host.want({ cameras: [{ address: 'rtsp://a', id: 'a' }] });
    expect((await desired(body.revision)).status).toBe(304);
    host.want({ cameras: [] });
    const next = await desired(body.revision);
    expect([next.status, next.body.revision]).toEqual([200, body.revision + 1]);
  });

  it('is answered the moment it changes to a box that waits for it', async () => {
    const { body } = await desired();
    const waiting = desired(body.revision, 30);
    await new Promise((resolve) => setTimeout(resolve, 100));
    host.want({ cameras: [{ id: 'b' }] });
    expect((await waiting).body.parts.toy.document).toEqual({ cameras: [{ id: 'b' }] });
  });

  it('stands beside what it reports, with who holds each field that differs', async () => {
    const cameras = [{ id: 'gate', address: 'rtsp://gate', fps: 10 }];
    host.want({ cameras });
    const { revision } = (await desired()).body;
    const document = { cameras: [{ id: 'gate', address: '/dev/video0', fps: 5 }] };
    const documentHash = sha256('one');
    expect((await box.report(revision - 1, { documentHash })).body.want).toEqual(['toy']);
    expect((await box.report(revision - 1, { documentHash, document })).body.want).toEqual([]);
    // It says it once; the server keeps it.
    expect((await box.report(revision - 1, { documentHash, figures: { fps: 5 } })).body.want).toEqual([]);
    const { body } = await host.call('GET', `/api/cloud/edge/boxes/${box.id}`);
    expect(body.desired).toMatchObject({ revision, reason: 'change' });
    expect(body.parts).toEqual([
      expect.objectContaining({ part: 'toy', desired: { cameras }, reported: document, figures: { fps: 5 } }),
    ]);
    expect(body.parts[0].differences).toEqual([
      { path: ['cameras', 'gate', 'address'], desired: 'rtsp://gate', reported: '/dev/video0', winner: 'box' },
      { path: ['cameras', 'gate', 'fps'], desired: 10, reported: 5, winner: 'server' },
    ]);
    expect(body.box).toMatchObject({ state: 'online', revision: revision - 1, desiredRevision: revision });
    expect(body.box.report.health).toMatchObject({ temperature: 61.5, clockOffsetMs: 12 });
  });

  it('is read at one time, however it reports meanwhile', async () => {
    const { revision } = (await desired()).body;
    for (let round = 0; round < 20; round += 1) {
      const error = round % 2 === 0 ? { revision, message: `round ${round}` } : null;
      const [{ body }] = await Promise.all([
        host.call('GET', `/api/cloud/edge/boxes/${box.id}`),
        box.report(revision, { error }),
      ]);
      expect(body.box.errors).toEqual(body.parts[0].error ? [{ part: 'toy', ...body.parts[0].error }] : []);
    }
    await box.report(revision);
  });

  it('waits for a box that is held back, and an earlier one comes back as a new revision', async () => {
    host.want({ version: 1 });
    const first = (await desired()).body.revision;
    host.want({ version: 2 });
    expect((await desired()).body.revision).toBe(first + 1);
    const back = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/rollback`, { body: { revision: first } });
    expect(back.body).toEqual({ revision: first + 2 });
    expect((await desired()).body).toMatchObject({ revision: first + 2, parts: { toy: { document: { version: 1 } } } });
    const detail = await host.call('GET', `/api/cloud/edge/boxes/${box.id}`);
    expect(detail.body).toMatchObject({ waits: true, box: { held: true } });
    await host.call('PATCH', `/api/cloud/edge/boxes/${box.id}`, { body: { held: false } });
    host.cloud.edgeParts.changed();
    expect((await desired()).body.parts.toy.document).toEqual({ version: 2 });
    const unknown = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/rollback`, { body: { revision: 999 } });
    expect(unknown.body.error.code).toBe('EDGE_REVISION_UNKNOWN');
  });
});

describe('messages of a box', () => {
  let box: Box;
  let number = 0;
  beforeEach(async () => {
    number += 1;
    host.toy.seen.length = 0;
    host.toy.refuse = () => undefined;
    await host.host.db.query('delete from toy_event');
    box = await host.enrol(`messages ${number}`);
  });
  const sequences = async () => (await host.taken()).map(({ sequence }) => sequence);

  it('take effect once each and in order, whatever comes twice or too early', async () => {
    const all = [1, 2, 3, 4, 5].map((sequence) => message(sequence));
    expect((await box.send(all.slice(0, 2))).body).toMatchObject({ applied: 2, state: 'applied' });
    expect((await box.send(all.slice(3))).body).toMatchObject({ applied: 2, state: 'gap' });
    expect((await box.send(all.slice(0, 4))).body).toMatchObject({ applied: 4, state: 'applied' });
    const both = await Promise.all([box.send(all), box.send(all)]);
    for (const { body } of both) expect(body).toMatchObject({ applied: 5 });
    expect(await sequences()).toEqual([1, 2, 3, 4, 5]);
    const { body } = await host.call('GET', `/api/cloud/edge/boxes/${box.id}`);
    expect(body.streams).toEqual([expect.objectContaining({ applied: 5, received: 5, duplicate: 11, late: 5 })]);
  });

  it('come with their own time beside that of their arrival, and never from the future', async () => {
    const now = clock.now().getTime();
    const times = [now - 3_600_000, now + 60_000, now - 1000];
    await box.send(times.map((at, index) => message(index + 1, { time: 5, at })));
    expect(host.toy.seen.map(({ time, at, receivedAt, late }) => ({ time, at, receivedAt, late }))).toEqual([
      { time: 5, at: now - 3_600_000, receivedAt: now, late: true },
      { time: 5, at: now, receivedAt: now, late: false },
      { time: 5, at: now - 1000, receivedAt: now, late: false },
    ]);
  });

  it('wait for the files they name, of which each box brings its own', async () => {
    const clip = Buffer.from('a clip');
    const blobs = [{ sha256: sha256(clip), bytes: clip.length, name: 'clip.mp4' }];
    const both = [message(1), message(2, { blobs })];
    expect((await box.send(both)).body).toEqual(
      expect.objectContaining({ applied: 1, state: 'missing', missing: [blobs[0]!.sha256] }),
    );
    const other = await host.enrol(`other ${number}`);
    const put = (of: Box) =>
      of.call('PUT', `/api/cloud/edge/uploads/${blobs[0]!.sha256}`, {
        ...{ query: { offset: 0, size: clip.length }, body: clip },
        headers: { 'content-type': 'application/octet-stream' },
      });
    await put(other);
    expect((await box.send(both)).body.state).toBe('missing');
    expect((await put(box)).body).toEqual({ have: clip.length, complete: true });
    expect((await box.send(both)).body).toMatchObject({ applied: 2, state: 'applied' });
    expect(await host.host.blobs.read(blobs[0]!.sha256)).toEqual(clip);
  });

  it('that the part refuses are put aside whole, and those after them go on', async () => {
    host.toy.refuse = ({ sequence }) => (sequence === 2 ? Object.assign(new RangeError('not so')) : undefined);
    const three = [1, 2, 3].map((sequence) => message(sequence));
    // Unexpected: tried again, five times.
    for (let tries = 1; tries < 5; tries += 1) {
      expect((await box.send(three)).body.applied).toBe(1);
      expect((await box.send(three.slice(1))).body).toMatchObject({ applied: 1, state: 'later' });
    }
    expect((await box.send(three.slice(1))).body).toMatchObject({ applied: 2, state: 'applied' });
    expect((await box.send(three.slice(2))).body).toMatchObject({ applied: 3 });
    expect(await sequences()).toEqual([1, 3]);
    const before = (await host.call('GET', `/api/cloud/edge/boxes/${box.id}`)).body;
    expect(before.box.aside).toBe(1);
    expect(before.asides[0]).toMatchObject({ id: three[1]!.id, code: 'INTERNAL', reason: 'not so', payload: { n: 2 } });
    const again = (how: string) =>
      host.call('POST', `/api/cloud/edge/boxes/${box.id}/aside/${three[1]!.id}`, { body: { how } });
    expect((await again('again')).status).toBe(500);
    host.toy.refuse = () => undefined;
    expect((await again('again')).status).toBe(204);
    expect(await sequences()).toEqual([1, 3, 2]);
    expect((await again('dismiss')).body.error.code).toBe('EDGE_MESSAGE_UNKNOWN');
  });

  it('of a part that the server does not have are put aside at once', async () => {
    await box.send([message(1, { part: 'gone' })]);
    const { asides } = (await host.call('GET', `/api/cloud/edge/boxes/${box.id}`)).body;
    expect(asides).toEqual([expect.objectContaining({ code: 'EDGE_PART_UNKNOWN', part: 'gone' })]);
  });

  it('that are lost leave a hole that says why, and one that the server forgot, too', async () => {
    await box.send([message(1), message(2, { lost: 'disk-budget', payload: null })]);
    await box.send([message(9)], { first: 9 });
    const { holes, streams } = (await host.call('GET', `/api/cloud/edge/boxes/${box.id}`)).body;
    expect(
      holes.map(({ first, last, reason }: Record<string, unknown>) => `${first}-${last} ${reason}`).sort(),
    ).toEqual(['2-2 disk-budget', '3-8 forgotten']);
    expect(streams[0].applied).toBe(9);
    expect(await sequences()).toEqual([1, 9]);
  });

  it('take texts that PostgreSQL cannot hold', async () => {
    await box.send([message(1, { part: 'gone', payload: { text: 'a\0b' } })]);
    const { asides } = (await host.call('GET', `/api/cloud/edge/boxes/${box.id}`)).body;
    expect(asides[0].payload).toEqual({ text: 'a␀b' });
  });
});

describe('files of a box', () => {
  let box: Box;
  beforeAll(async () => {
    box = await host.enrol('files');
  });
  const bytes = Buffer.alloc(100_000, 'film');
  const name = sha256(bytes);
  const put = (offset: number, part: Buffer, hash = name, size = bytes.length) =>
    box.call('PUT', `/api/cloud/edge/uploads/${hash}`, {
      ...{ query: { offset, size }, body: part, headers: { 'content-type': 'application/octet-stream' } },
    });

  it('come in pieces, each where the one before ended, and are there when they are whole', async () => {
    expect((await put(0, bytes.subarray(0, 40_000))).body).toEqual({ have: 40_000, complete: false });
    expect(await host.host.blobs.has(name)).toBe(false);
    const wrong = await put(50_000, bytes.subarray(50_000));
    expect([wrong.status, wrong.body.error.details.have]).toEqual([409, 40_000]);
    expect((await box.call('GET', `/api/cloud/edge/uploads/${name}`)).body).toEqual({ have: 40_000, complete: false });
    expect((await put(40_000, bytes.subarray(40_000))).body).toEqual({ have: bytes.length, complete: true });
    expect(await host.host.blobs.read(name)).toEqual(bytes);
    expect((await put(0, bytes)).body.complete).toBe(true);
  });

  it('that are not what their name says are refused and forgotten', async () => {
    const other = sha256('other');
    const answer = await put(0, bytes, other);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'EDGE_BLOB_HASH_WRONG']);
    expect((await box.call('GET', `/api/cloud/edge/uploads/${other}`)).body).toEqual({ have: 0, complete: false });
    expect((await put(0, bytes, other, 50)).body.error.code).toBe('EDGE_BLOB_TOO_LARGE');
  });

  it('are given to it only where its desired state names them', async () => {
    const model = Buffer.from('a model');
    const { hash } = await host.host.blobs.put(model);
    const get = (offset = 0) => box.call('GET', `/api/cloud/edge/files/${hash}`, { query: { offset } });
    expect((await get()).body.error.code).toBe('EDGE_BLOB_FOREIGN');
    host.toy.blobs.set('*', [{ sha256: hash, bytes: model.length, name: 'model.onnx' }]);
    host.cloud.edgeParts.changed();
    expect((await get()).body).toBe('a model');
    expect((await get(2)).body).toBe('model');
    expect((await get(model.length)).body).toBe('');
  });
});

describe('commands to a box', () => {
  it('a question is given to it once, and its answer or refusal is told to who asked', async () => {
    const box = await host.enrol('asked');
    const { revision } = (await box.call('GET', '/api/cloud/edge/desired')).body;
    const { edgeAsks } = host.cloud;
    const facts = { id: box.id, name: 'asked' };
    const headers = { 'if-none-match': `"${revision}"` };
    const desired = (wait = 0) => box.call('GET', '/api/cloud/edge/desired', { headers, query: { wait } });
    const answered = async (body: object) => {
      const { commands } = (await desired(10)).body;
      expect(commands).toEqual([
        { id: expect.any(String), kind: 'ask', part: 'toy', what: 'still', input: { width: 64 } },
      ]);
      expect((await desired()).status).toBe(304);
      await box.call('POST', `/api/cloud/edge/commands/${commands[0].id}/answer`, { body });
    };
    const ask = () => edgeAsks.ask(facts, { part: 'toy', what: 'still', input: { width: 64 } });
    const seen = ask();
    await answered({ ok: true, result: { jpeg: 'seen' } });
    expect(await seen).toEqual({ jpeg: 'seen' });
    const refused = expect(ask()).rejects.toMatchObject({ code: 'TOY_BLIND', status: 409, details: { why: 'fog' } });
    const details = { why: 'fog' };
    await answered({ ok: false, result: { code: 'TOY_BLIND', status: 409, message: 'Blind.', details } });
    await refused;
    await expect(edgeAsks.ask(facts, { part: 'toy', what: 'still', input: null }, 20)).rejects.toMatchObject({
      code: 'EDGE_BOX_SILENT',
    });
    // Who comes late finds nobody who would still want it.
    expect((await desired()).status).toBe(304);
  });

  it('reach it once, and its answer is there to be read', async () => {
    const box = await host.enrol('commanded');
    const { revision } = (await box.call('GET', '/api/cloud/edge/desired')).body;
    const given = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/commands`, {
      ...{ body: { kind: 'log', level: 'warn', lines: 50 }, as: { role: 'operator' as const } },
    });
    const headers = { 'if-none-match': `"${revision}"` };
    const polled = await box.call('GET', '/api/cloud/edge/desired', { headers });
    expect(polled.body.commands).toEqual([{ id: given.body.id, kind: 'log', level: 'warn', lines: 50 }]);
    const body = { ok: true, result: { lines: ['{"msg":"hot"}'] } };
    await box.call('POST', `/api/cloud/edge/commands/${given.body.id}/answer`, { body });
    await box.call('POST', `/api/cloud/edge/commands/${given.body.id}/answer`, { body: { ok: false, result: null } });
    expect((await box.call('GET', '/api/cloud/edge/desired', { headers })).status).toBe(304);
    const read = await host.call('GET', `/api/cloud/edge/boxes/${box.id}/commands/${given.body.id}`);
    expect(read.body).toMatchObject({ ok: true, result: { lines: ['{"msg":"hot"}'] } });
    const viewer = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/commands`, {
      ...{ body: { kind: 'restart' }, as: 'viewer' as const },
    });
    expect(viewer.status).toBe(403);
  });

  it('that nobody fetched within the hour are not carried out any more', async () => {
    const box = await host.enrol('asleep');
    const given = await host.call('POST', `/api/cloud/edge/boxes/${box.id}/commands`, { body: { kind: 'restart' } });
    clock.advance(3_600_001);
    expect((await box.call('GET', '/api/cloud/edge/desired')).body.commands).toEqual([]);
    const read = await host.call('GET', `/api/cloud/edge/boxes/${box.id}/commands/${given.body.id}`);
    expect(read.body).toMatchObject({ ok: false, result: { expired: true } });
  });
});
