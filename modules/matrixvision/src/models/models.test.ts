import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { constantNetwork, OnnxGraph, testCard } from '@millwright/inference/test-support';
import { type Caller, createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { renderScene, walkwayStage } from '@millwright/testkit/scene';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verbs } from '../cli.ts';
import { matrixvisionModule } from '../server.ts';
import { cardPathOf } from './place-model.ts';

/** One box in the lower left quarter, of the class `b`, whatever it is shown. */
const network = (score = 0.9) => constantNetwork({ output: { dims: [1, 1, 6], data: [8, 32, 24, 60, score, 1] } });
const card = (more: object = {}) => ({
  ...{ ...testCard, name: 'boxes', input: { ...testCard.input, fit: 'stretch' } },
  ...{ output: { family: 'yolo', form: 'end-to-end' }, threshold: 0.4, ...more },
});

let folder: string;
let test: TestHost;
let siteId: string;
let otherSiteId: string;
let picture: string;
const base = '/api/matrixvision/models';
const bytes = { 'content-type': 'application/octet-stream' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-models-'));
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule], live: true });
  const site = async (name: string) =>
    (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name, parentId: null } })).body.id;
  [siteId, otherSiteId] = [await site('Works'), await site('Hill works')];
  // No square, so that a picture and its network's input differ in shape.
  const png = await sharp({ create: { width: 4, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  await writeFile(join(folder, 'picture.png'), png);
});
afterAll(async () => {
  await test?.cleanup();
  await rm(folder, { recursive: true, force: true });
});

const upload = async (body: Uint8Array) =>
  (await test.call('POST', `${base}/files`, { body: Buffer.from(body), headers: bytes })).body.hash as string;
const add = async (given: object, onnx: Uint8Array, more: object = {}, as?: Caller) =>
  test.call('POST', base, {
    ...(as && { as }),
    body: { siteId, network: await upload(onnx), fileName: 'boxes.onnx', card: given, ...more },
  });
const list = async (as?: Caller) => (await test.call('GET', base, as ? { as } : {})).body;
const refusal = ({ status, body }: { status: number; body: { error: { code: string; message: string } } }) => [
  status,
  body.error.code,
];

describe('a detector of one’s own', () => {
  it('is described from its shapes, tried on a picture, registered, and is a version by its hash', async () => {
    const hash = await upload(network());
    const described = await test.call('POST', `${base}/describe`, { body: { network: hash } });
    expect(described.body).toMatchObject({
      inputs: [{ name: 'images', type: 'uint8', dims: [1, 64, 64, 3] }],
      card: { input: { layout: 'nhwc', type: 'uint8', size: { width: 64, height: 64 } }, output: { family: 'yolo' } },
    });
    picture = await upload(readFileSync(join(folder, 'picture.png')));
    const tried = await test.call('POST', `${base}/try`, { body: { siteId, network: hash, card: card(), picture } });
    expect(tried.status).toBe(200);
    expect(tried.body).toMatchObject({
      ...{ name: 'boxes', sha256: hash, provider: 'cpu', labels: ['a', 'b', 'c'] },
      seen: { jpeg: null, width: 4, height: 2, detections: [{ label: 'b', box: { x: 0.125, y: 0.5 } }] },
    });
    expect(tried.body.seen.milliseconds).toBeGreaterThan(0);
    const first = await add(card(), network());
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ name: 'boxes', versions: [{ version: 1, network: hash, cameras: [] }] });
    expect(first.body.versions[0].card).toMatchObject({ file: 'network.onnx', sha256: hash });
    // The hash stands for card and network: with another card it is another version.
    const second = await add(card({ threshold: 0.5 }), network());
    expect(second.body.versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect(second.body.versions[0].sha256).not.toBe(second.body.versions[1].sha256);
    expect(refusal(await add(card(), network()))).toEqual([409, 'MODEL_TWICE']);
    expect(refusal(await add(card({ name: 'nanodet' }), network()))).toEqual([409, 'MODEL_NAME_BUNDLED']);
    const { bundled, providers } = await list();
    expect(bundled.find(({ isDefault }: { isDefault: boolean }) => isDefault)).toMatchObject({
      ...{ name: 'nanodet', licence: 'Apache-2.0', measured: { input: '416 × 320' } },
    });
    expect(providers).toEqual([]);
    const entries = await test.call('GET', '/api/ledger/entries', { query: { subject: first.body.id, limit: 10 } });
    expect(entries.body.items.map(({ type }: { type: string }) => type)).toEqual(
      Array(2).fill('matrixvision.model-add'),
    );
  }, 60_000);

  it('that is wrong or hostile is refused with a code, says where, and the server goes on', async () => {
    const cases: [string, object, Uint8Array, string][] = [
      ['text', card(), Buffer.from('<!doctype html>'), 'INFERENCE_MODEL_REFUSED'],
      ['half', card(), network().subarray(0, 60), 'INFERENCE_MODEL_REFUSED'],
      ['data elsewhere', card(), outsideData(), 'INFERENCE_MODEL_REFUSED'],
      ['foreign operator', card(), foreignOperator(), 'INFERENCE_MODEL_REFUSED'],
      ['another head', card({ output: { family: 'yolo', form: 'anchor-free' } }), network(), 'INFERENCE_CARD_MISMATCH'],
      ['another type', card({ input: { ...card().input, type: 'float32' } }), network(), 'INFERENCE_CARD_MISMATCH'],
      ['unknown member', card({ sheme: 1 }), network(), 'INFERENCE_CARD_INVALID'],
      [
        'absurd size',
        card({ input: { ...card().input, size: { width: 1e9, height: 64 } } }),
        network(),
        'INFERENCE_CARD_INVALID',
      ],
      ['another hash', card({ sha256: 'a'.repeat(64) }), network(), 'INFERENCE_MODEL_CHANGED'],
    ];
    for (const [name, given, onnx, code] of cases) expect(refusal(await add(given, onnx)), name).toEqual([422, code]);
    const outside = await add(card(), outsideData());
    expect(outside.body.error.message).toContain('boxes.onnx');
    expect(outside.body.error.message).toContain('../../etc/passwd');
    // Where a card is told from the server's own folder, nobody learns of it.
    expect(outside.body.error.message).not.toContain('millwright-');
    const unknown = await test.call('POST', base, { body: { siteId, network: 'b'.repeat(64), card: card() } });
    expect(refusal(unknown)).toEqual([404, 'MODEL_UPLOAD_UNKNOWN']);
    expect((await list()).items).toHaveLength(1);
  }, 60_000);

  it('is added and seen by site and right', async () => {
    const engineer: Caller = { role: 'engineer', siteIds: [otherSiteId] };
    expect(refusal(await add(card({ name: 'x' }), network(), {}, engineer))).toEqual([403, 'ACCESS_SITE_DENIED']);
    expect(refusal(await add(card({ name: 'x' }), network(), {}, { role: 'operator' }))).toEqual([
      403,
      'ACCESS_DENIED',
    ]);
    expect((await list(engineer)).items).toEqual([]);
    const [model] = (await list()).items;
    expect((await test.call('GET', `${base}/${model.id}`, { as: engineer })).status).toBe(403);
    expect((await test.call('DELETE', `${base}/${model.id}`, { as: engineer })).status).toBe(403);
    const body = { siteId, model: model.versions[0].sha256 };
    expect((await test.call('POST', `${base}/try`, { as: engineer, body })).status).toBe(403);
    // Also not by a site that may be written to: the model belongs to another.
    const foreign = await test.call('POST', `${base}/try`, { as: engineer, body: { ...body, siteId: otherSiteId } });
    expect(refusal(foreign)).toEqual([404, 'MODEL_UNKNOWN']);
  });

  it('is listed, tried, used, taken away and brought back by command', async () => {
    const verb = (called: string, given: string[] = [], options: Record<string, string> = {}) =>
      runVerb(test, verbs, called, given, options);
    await writeFile(join(folder, 'network.onnx'), network(0.8));
    const site = { site: 'Works' };
    expect(
      JSON.parse(await verb('models card', [join(folder, 'network.onnx'), join(folder, 'card.json')])).card,
    ).toMatchObject({
      ...{ name: 'network', file: 'network.onnx', output: { family: 'yolo', form: 'end-to-end' } },
    });
    await writeFile(join(folder, 'card.json'), JSON.stringify(card({ name: 'by command' })));
    const shown = { ...site, picture: join(folder, 'picture.png') };
    expect(await verb('models try', [join(folder, 'card.json')], shown)).toMatch(
      /^b {2}0\.80 {2}1x1 at 1,1\n1 found, .* ms on cpu$/,
    );
    expect(await verb('models add', [join(folder, 'card.json')], site)).toContain('by command@1');
    expect(await verb('models try', ['by command'], site)).toBe('by command runs on cpu; it tells 3 classes.');
    await verb('cameras add', ['Gate'], { ...site, url: 'rtsp://198.51.100.7/main' });
    await verb('cameras off', ['Gate']);
    expect(await verb('models use', ['by command@1'], { camera: 'Gate' })).toMatch(/^Gate {2}[0-9a-f]{64}$/);
    expect(await verb('models')).toMatch(
      /by command@1 .* in use on Gate[\s\S]*nanodet .* default .* AP 90\.8 %[\s\S]*Runs on cpu\.$/,
    );
    await expect(verb('models remove', ['by command'])).rejects.toMatchObject({ code: 'MODEL_IN_USE' });
    await expect(verb('models use', ['no such'], { camera: 'Gate' })).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' });
    await verb('models use', ['nanodet'], { camera: 'Gate' });
    const gone = await verb('models remove', ['by command']);
    expect(await verb('models')).not.toContain('by command');
    await verb('models restore', [/restore ([0-9a-f-]+)/.exec(gone)![1]!]);
    expect(await verb('models')).toContain('by command@1');
  }, 60_000);

  it('may only be chosen for cameras of its site, and no path of the server is one', async () => {
    const [model] = (await list()).items;
    const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };
    const camera = (at: string, chosen: string) =>
      test.call('POST', '/api/matrixvision/cameras', {
        body: { siteId: at, name: 'x', enabled: false, settings: { source, detection: { model: chosen } } },
      });
    expect(refusal(await camera(otherSiteId, model.versions[0].sha256))).toEqual([404, 'MODEL_UNKNOWN']);
    expect(refusal(await camera(siteId, '/etc/card.json'))).toEqual([404, 'MODEL_UNKNOWN']);
  });

  it('stays where the analysis finds it until the last site that has the same takes it away', async () => {
    const both = [await add(card({ name: 'shared' }), network())];
    both.push(await add(card({ name: 'shared' }), network(), { siteId: otherSiteId }));
    const { sha256 } = both[0]!.body.versions[0];
    expect(both[1]!.body.versions[0].sha256).toBe(sha256);
    // Tried by its hash, it is placed.
    expect((await test.call('POST', `${base}/try`, { body: { siteId, model: sha256 } })).status).toBe(200);
    const path = cardPathOf(join(test.host.folder, 'models'), sha256);
    for (const [index, isThere] of [
      [0, true],
      [1, false],
    ] as const) {
      expect((await test.call('DELETE', `${base}/${both[index]!.body.id}`)).status).toBe(204);
      expect(existsSync(path)).toBe(isThere);
    }
  });
});

describe('a camera that is set to it', () => {
  it('looks with it at once, says so, and its events and their proof name it by its hash', async () => {
    const video = join(folder, 'walkway.mp4');
    const actor = {
      ...{ kind: 'person' as const, seed: 31, vest: true, hat: true },
      path: [0, 2, 4].map((at) => ({ at, x: at === 2 ? 2.6 : -2.6, z: 6.7 })),
    };
    const scene = {
      width: 256,
      height: 144,
      frameRate: 10,
      seconds: 4,
      seed: 5,
      stage: walkwayStage(),
      actors: [actor],
    };
    await renderScene(scene, { out: video });
    const file = await test.call('POST', '/api/cloud/uploads', { body: readFileSync(video), headers: bytes });
    const model = (await list()).items.find(({ name }: { name: string }) => name === 'boxes');
    const { sha256, network: onnx } = model.versions[0];
    const settings = {
      source: { type: 'file', blob: file.body.hash, fileName: 'walkway.mp4' },
      ...{ detection: { model: 'nanodet', mostPerSecond: 5 }, recording: { mode: 'off' } },
    };
    const { body: camera } = await test.call('POST', '/api/matrixvision/cameras', {
      body: { siteId, name: 'Walkway', settings },
    });
    const rule = { id: 'there', kind: 'occupancy', classes: ['b'], limit: 0, dwell: 0.2 };
    const path = `/api/matrixvision/cameras/${camera.id}`;
    const rules = await test.call('PUT', `${path}/rules`, { body: { version: 1, rules: [rule] } });
    expect(rules.body).toMatchObject({ version: 1 });
    const detector = () =>
      vi.waitFor(async () => (await test.call('GET', path)).body.state.detector ?? expect.fail('not yet'), {
        ...{ timeout: 90_000, interval: 300 },
      });
    expect(await detector()).toMatchObject({ model: 'nanodet', provider: 'cpu' });
    const changed = { settings: { ...camera.settings, detection: { ...camera.settings.detection, model: sha256 } } };
    expect((await test.call('PATCH', path, { body: changed })).status).toBe(200);
    const used = { model: sha256, name: 'boxes', version: '1', sha256: onnx, provider: 'cpu' };
    await vi.waitFor(async () => expect(await detector()).toEqual(used), { timeout: 90_000, interval: 300 });
    const event = await vi.waitFor(
      async () => {
        const { items } = (await test.call('GET', '/api/matrixvision/events')).body;
        return items.find(({ findingId }: { findingId: string | null }) => findingId) ?? expect.fail('not yet');
      },
      { timeout: 120_000, interval: 500 },
    );
    expect(event).toMatchObject({ kind: 'occupancy', detector: used });
    const verified = await test.call('POST', `/api/ledger/entries/${event.findingId}/verify`, { body: {} });
    expect(verified.body).toMatchObject({ status: 'proved' });
    const finding = await test.call('GET', `/api/ledger/entries/${event.findingId}`);
    expect(JSON.stringify(finding.body)).toContain(sha256);
    expect(refusal(await test.call('DELETE', `${base}/${model.id}`))).toEqual([409, 'MODEL_IN_USE']);
    const body = { siteId, model: sha256, cameraId: camera.id };
    const tried = await test.call('POST', `${base}/try`, { body });
    expect(tried.body.seen).toMatchObject({ width: 256, height: 144, detections: [{ label: 'b' }] });
    expect(tried.body.seen.jpeg.slice(0, 4)).toBe('/9j/');
  }, 240_000);
});

/** A constant whose data is said to lie in another file. */
function outsideData(): Uint8Array {
  const field = (number: number, content: Uint8Array | string): Buffer => {
    const body = Buffer.from(content as string);
    return Buffer.concat([Buffer.from([(number << 3) | 2, body.length]), body]);
  };
  const entry = Buffer.concat([field(1, 'location'), field(2, '../../etc/passwd')]);
  // TensorProto: data_type float, name, external_data, data_location external.
  const tensor = Buffer.concat([Buffer.from([0x10, 1]), field(8, 'w'), field(13, entry), Buffer.from([0x70, 1])]);
  const node = Buffer.concat([field(1, 'w'), field(2, 'output'), field(4, 'Identity')]);
  const graph = Buffer.concat([field(1, node), field(2, 'outside'), field(5, tensor)]);
  return Buffer.concat([Buffer.from([0x08, 8]), field(7, graph)]);
}

function foreignOperator(): Uint8Array {
  const graph = new OnnxGraph('foreign');
  graph.input('images', 'uint8', [1, 64, 64, 3]);
  graph.output('output', graph.node('Anything', ['images'], {}, 'somebody.else'), 'float32', [1, 1, 6]);
  return graph.encode();
}
