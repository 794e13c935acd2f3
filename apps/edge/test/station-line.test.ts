import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedBus, openBus } from '@millwright/bus';
import { drawPart, pngBytes } from '@millwright/imaging';
import { createLogger, systemClock } from '@millwright/kernel';
import { edgePart } from '@millwright/manuvision/edge';
import { ModbusPlc, OpcuaPlc, startPictureCamera } from '@millwright/manuvision/test-support';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { setOverride } from '../src/overrides.ts';
import { runEdge } from '../src/run-edge.ts';
import { type InspectedWorks, startInspectedWorks } from './support/inspected-works.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-station-line-'));
const data = join(folder, 'box');
const timing = { reportMs: 200, retryFirstMs: 50, retryMostMs: 200, pollSeconds: 5 };
const base = '/api/manuvision';
const size = { width: 96, height: 96 };
const part = (seed: number, defect?: 'hole') =>
  pngBytes(drawPart(seed, { ...size, ...(defect && { defect }) }).picture);
const jpegOf = async (seed: number, defect?: 'hole') =>
  sharp(await part(seed, defect))
    .jpeg({ quality: 98 })
    .toBuffer();

let works: InspectedWorks;
let broker: EmbeddedBus;
beforeAll(async () => {
  const all = { mayPublish: () => true, maySubscribe: () => true };
  const login = async (_: string, user?: string, password?: string) =>
    user === 'box' && password === 'pass-word' ? all : null;
  broker = await openBus({
    ...{ kind: 'embedded', host: '127.0.0.1', port: 0, access: { authenticate: login } },
    ...{ logger: createLogger('silent'), clock: systemClock },
  });
  const pictures = [1, 2, 3, 4].map(async (seed) => [`ring-${seed}.jpg`, await jpegOf(seed)] as const);
  works = await startInspectedWorks(new Map(await Promise.all(pictures)));
}, 120_000);
afterAll(async () => {
  await works?.stop();
  await broker?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

it('a station on a box has the handshake and lots of the server, also while it is alone and after a restart', async () => {
  const { test, proxy, siteId, inspectionId, made } = works;
  const camera = await startPictureCamera('pass word/1', await jpegOf(11));
  const { body: invited } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name: 'line' } });
  const source = { url: camera.url, username: 'line', password: 'pass word/1' };
  const input = { siteId, name: 'Line 1', inspectionId, version: 1, boxId: invited.box.id, camera: source };
  const id = await made(`${base}/stations`, { ...input, keep: { passed: 1 } });
  const path = `${base}/stations/${id}`;
  // Patient with a machine that is busy with other tests.
  const waits = { pictureMs: 20_000, judgingMs: 20_000, acknowledgeMs: 20_000, releaseMs: 20_000 };
  const settings = { modbusUnit: 3, opcua: true, mqtt: true, ...waits };
  expect((await test.call('PUT', `${path}/line`, { body: settings })).body).toMatchObject({
    shown: null,
    modbus: null,
  });
  // Units are those of a machine: another station of the box may not have it, one of the server might.
  const other = await made(`${base}/stations`, { ...input, name: 'Line 2', camera: null });
  const taken = await test.call('PUT', `${base}/stations/${other}/line`, { body: { modbusUnit: 3 } });
  expect(taken.body.error.code).toBe('MANUVISION_LINE_UNIT_TAKEN');
  await test.call('DELETE', `${base}/stations/${other}`);

  const start = () => {
    const stop = new AbortController();
    const ended = runEdge({
      ...{ server: `http://127.0.0.1:${proxy.port}`, code: invited.code, data, mqtt: 'off', parts: [edgePart] },
      ...{ logLevel: 'silent', timing, signal: stop.signal },
    });
    return async () => {
      stop.abort();
      await ended;
    };
  };
  let stop = start();
  // Whoever runs the box opens its ports.
  const line = await vi.waitFor(async () => {
    const { shown } = (await test.call('GET', `${path}/line`)).body;
    expect(shown).toMatchObject({ faultName: 'BROKER_LOST', ready: false });
    return shown;
  }, 30_000);
  expect(line.pass).toBe(false);
  const login = broker.url.replace('mqtt://', 'mqtt://box:pass-word@');
  for (const [field, value] of [
    ['host', '127.0.0.1'],
    ['modbusPort', 0],
    ['opcuaPort', 0],
    ['mqttUrl', login],
  ] as const)
    await setOverride(data, [edgePart], { part: 'manuvision', field: `line.${field}`, value });
  /** Ready, by a reset where the machine was too busy for the broker. */
  const ready = (wanted: object) =>
    shows({ shown: { ready: true }, ...wanted }).catch(async () => {
      await test.call('POST', `${path}/line/reset`);
      return shows({ shown: { ready: true }, ...wanted });
    });
  const shows = (wanted: object) =>
    vi.waitFor(async () => {
      const answer = (await test.call('GET', `${path}/line`)).body;
      expect(answer).toMatchObject(wanted);
      return answer;
    }, 30_000);
  const { modbus, opcua } = await ready({ modbus: { unit: 3 }, opcua: { node: `s=${id}` } });
  const box = (await test.call('GET', `/api/cloud/edge/boxes/${invited.box.id}`)).body;
  expect(JSON.stringify(box)).not.toContain('pass-word');
  expect(JSON.stringify(box)).not.toContain('pass word');
  expect((await test.call('GET', `${path}/still.jpg`, { query: { width: 64 } })).headers['content-type']).toBe(
    'image/jpeg',
  );

  // Taken by hand, it is judged there, and the line is told nothing.
  const byHand = (await test.call('POST', `${path}/trigger`)).body;
  expect(byHand).toMatchObject({ verdict: 'ok', partId: null, resultId: null, stationId: id });
  const come = async () => (await test.call('GET', `${path}/verdicts`)).body.items;
  await vi.waitFor(async () => expect(await come()).toMatchObject([{ id: byHand.id, score: byHand.score }]), 30_000);
  const { shown } = (await test.call('GET', `${path}/line`)).body;
  expect(shown).toMatchObject({ ready: true, resultId: 0 });

  // A trigger takes the camera's picture.
  const results: { partId: string; resultId: number; verdict: string }[] = [];
  await broker.subscribe(`millwright/stations/${id}/result`, async ({ payload }) => {
    results.push(JSON.parse(Buffer.from(payload).toString()));
  });
  let plc = await ModbusPlc.connect(modbus);
  await plc.until({ ready: true });
  await plc.trigger('A-17', 'L-9');
  expect(await plc.until({ resultValid: true })).toMatchObject({
    pass: true,
    fail: false,
    resultId: 1,
    partId: 'A-17',
  });
  await plc.letGo();
  // While the server is away, the next lot begins.
  proxy.freeze();
  camera.show(await jpegOf(12, 'hole'));
  await new Promise((resolve) => setTimeout(resolve, 500));
  await plc.until({ ready: true });
  await plc.trigger('A-18', 'L-10');
  expect(await plc.until({ resultValid: true })).toMatchObject({ pass: false, fail: true, resultId: 2 });
  await plc.letGo();
  await plc.until({ ready: true });
  await plc.endLot();
  // Nothing passes without eyes.
  camera.lose();
  expect(await plc.until({ fault: true })).toMatchObject({ ready: false, pass: false, fail: true, faultCode: 4 });
  proxy.thaw();
  proxy.cut();
  await shows({ shown: { faultName: 'SOURCE_LOST' } });
  const refused = await test.call('POST', `${path}/line/reset`);
  expect(refused.body.error).toMatchObject({ code: 'MANUVISION_LINE_NO_RESET', details: { fault: 'SOURCE_LOST' } });
  camera.back();
  camera.show(await jpegOf(13));
  await vi.waitFor(async () => expect((await test.call('POST', `${path}/line/reset`)).status).toBe(200), 30_000);
  await plc.until({ ready: true, faultCode: 0 });
  // By the broker.
  await broker.publish(`millwright/stations/${id}/trigger`, JSON.stringify({ partId: 'A-19' }), { qos: 1 });
  await plc.until({ resultValid: true, pass: true, resultId: 3 });
  await vi.waitFor(() => expect(results).toHaveLength(3));
  expect(results.map(({ partId, resultId, verdict }) => [partId, resultId, verdict])).toEqual([
    ...[
      ['A-17', 1, 'ok'],
      ['A-18', 2, 'ng'],
      ['A-19', 3, 'ok'],
    ],
  ]);

  // The same by OPC UA, to those whom somebody trusted on the box.
  await plc.letGo();
  await expect(OpcuaPlc.connect(opcua, join(folder, 'plc'))).rejects.toThrow();
  const certificates = `${base}/line/certificates`;
  const query = { boxId: invited.box.id };
  const [stranger] = (await test.call('GET', certificates, { query })).body.items;
  expect(stranger).toMatchObject({ trust: 'rejected' });
  expect((await test.call('GET', certificates)).body.items).toEqual([]);
  const trusting = { query, body: { trust: 'trusted' } };
  expect((await test.call('PUT', `${certificates}/${stranger.thumbprint}`, trusting)).body.items).toMatchObject([
    { trust: 'trusted' },
  ]);
  const second = await OpcuaPlc.connect(opcua, join(folder, 'plc'));
  await second.until({ Ready: true, ResultId: 3, State: 'Ready' });
  await second.close();

  // The server has all of it, with evidence, in its lots.
  const verdicts = async () => (await test.call('GET', `${path}/verdicts`)).body.items;
  await vi.waitFor(async () => expect(await verdicts()).toHaveLength(4), 30_000);
  const [third, bad, first] = await verdicts();
  expect([first, bad, third]).toMatchObject([
    { partId: 'A-17', resultId: 1, verdict: 'ok' },
    { partId: 'A-18', resultId: 2, verdict: 'ng' },
    { partId: 'A-19', resultId: 3, verdict: 'ok' },
  ]);
  expect((await test.call('POST', `/api/ledger/entries/${bad.findingId}/verify`)).body.status).toBe('proved');
  const { items: lots } = (await test.call('GET', `${path}/lots`)).body;
  expect(lots).toMatchObject([
    { number: 'L-10', startedAt: bad.at, endedBy: 'Line 1', counts: { ok: 0, ng: 1, refused: 0 } },
    { number: 'L-9', endedAt: bad.at, counts: { ok: 1, ng: 0, refused: 0 } },
  ]);
  await vi.waitFor(async () => {
    const { items } = (await test.call('GET', `${path}/faults`)).body;
    expect(items[0]).toMatchObject({
      code: 'SOURCE_LOST',
      number: 4,
      endedAt: expect.any(String),
      resetBy: 'operator',
    });
  });

  // Started again it passes nothing, and its number goes on.
  await plc.close();
  await stop();
  stop = start();
  // What its box said last is of the process before, until the new one has said something.
  const port = expect.toSatisfy((one: number) => one !== modbus.port);
  const again = await ready({ modbus: { unit: 3, port } });
  plc = await ModbusPlc.connect(again.modbus);
  expect(await plc.until({ ready: true })).toMatchObject({ pass: false, resultId: 3 });
  await plc.trigger('A-20');
  await plc.until({ resultValid: true, resultId: 4 });
  await vi.waitFor(async () => expect(await verdicts()).toHaveLength(5), 30_000);
  const detail = (await test.call('GET', `/api/cloud/edge/boxes/${invited.box.id}`)).body;
  expect([detail.asides, detail.holes]).toEqual([[], []]);
  await plc.close();
  await stop();
  await camera.close();
}, 180_000);
