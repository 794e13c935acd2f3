import {
  type CloudServices,
  cloudModule,
  type EdgeBoxFacts,
  type EdgePartServer,
  type ReceivedEdgeMessage,
} from '@millwright/cloud/server';
import { constantNetwork, testCard } from '@millwright/inference/test-support';
import { newId } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analysisActor } from './runtime/finding-store.ts';
import { matrixvisionModule } from './server.ts';
import { boxMessage, chunkOfWalk, crossingAt, gateRule } from './test-support/box-message.ts';

let test: TestHost;
let part: EdgePartServer;
let siteId: string;
let box: EdgeBoxFacts;
const runId = newId();
const at = Date.parse('2026-03-01T10:00:00Z');

async function boxAt(site: string): Promise<EdgeBoxFacts> {
  const { body } = await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId: site, name: 'gate box' } });
  return { id: body.box.id, name: 'gate box', siteId: site };
}
async function site(name: string): Promise<string> {
  return (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name, parentId: null } })).body.id;
}

beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  const cloud: CloudServices = test.host.use(cloudModule);
  part = cloud.edgeParts.get('matrixvision')!;
  siteId = await site('Works');
  box = await boxAt(siteId);
});
afterAll(() => test.cleanup());

const source = { type: 'stream', url: 'rtsp://198.51.100.7/main', username: 'viewer', password: 'p@ss' };
async function camera(name: string, boxId: string | null = box.id): Promise<string> {
  const body = { siteId, boxId, name, settings: { source } };
  const { body: made } = await test.call('POST', '/api/matrixvision/cameras', { body });
  await test.call('PUT', `/api/matrixvision/cameras/${made.id}/rules`, { body: { version: 1, rules: [gateRule] } });
  return made.id;
}
type Blobs = ReceivedEdgeMessage['blobs'];
const receive = (kind: string, payload: object, blobs: Blobs = [], dropped?: Blobs) =>
  part.receive(analysisActor, boxMessage({ box, kind, payload, at, blobs, ...(dropped && { dropped }) }));
async function file(name: string, content: Uint8Array) {
  const { hash, size } = await test.host.blobs.put(Buffer.from(content));
  return { sha256: hash, bytes: size, name };
}
const event = async (id: string) => (await test.call('GET', `/api/matrixvision/events/${id}`)).body;

describe('cameras of a box', () => {
  it('are told to the box with their rules, those of others are not', async () => {
    const id = await camera('on the box');
    await camera('on the server', null);
    const { document } = await part.desired(box);
    expect(document.cameras).toMatchObject([
      { id, url: 'rtsp://viewer:p%40ss@198.51.100.7/main', ruleVersion: 1, rules: { rules: [{ id: 'gate' }] } },
    ]);
    expect(await part.desired({ ...box, id: newId() })).toMatchObject({ document: { cameras: [] } });
  });

  it('stand at the site of their box', async () => {
    const other = await boxAt(await site('Elsewhere'));
    const create = (boxId: string) =>
      test.call('POST', '/api/matrixvision/cameras', { body: { siteId, boxId, name: 'astray', settings: { source } } });
    expect((await create(other.id)).body.error.code).toBe('CAMERA_MISPLACED');
    expect((await create(newId())).body.error.code).toBe('EDGE_BOX_UNKNOWN');
    const id = await camera('at home');
    const moved = await test.call('PATCH', `/api/matrixvision/cameras/${id}`, { body: { boxId: other.id } });
    expect(moved.body.error.code).toBe('CAMERA_MISPLACED');
  });

  it('name their network by its hash, and it is a file to be fetched like what a user added', async () => {
    const output = { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] };
    const upload = await test.call('POST', '/api/matrixvision/models/files', {
      body: Buffer.from(constantNetwork({ output })),
      headers: { 'content-type': 'application/octet-stream' },
    });
    const card = { ...testCard, output: { family: 'yolo', form: 'end-to-end' } };
    const added = await test.call('POST', '/api/matrixvision/models', {
      body: { siteId, network: upload.body.hash, card },
    });
    const [{ sha256: model, network }] = added.body.versions;
    const id = await camera('with a model of its own');
    const { settings } = (await test.call('GET', `/api/matrixvision/cameras/${id}`)).body;
    const chosen = { settings: { ...settings, detection: { ...settings.detection, model } } };
    expect((await test.call('PATCH', `/api/matrixvision/cameras/${id}`, { body: chosen })).status).toBe(200);
    const { document, blobs } = await part.desired(box);
    expect(document).toMatchObject({
      models: [{ id: model, name: 'constructed', version: '1', network }],
      networks: [{ id: 'nanodet-1.onnx', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const names = new Map(blobs.map(({ sha256, name }) => [sha256, name]));
    expect([names.get(model), names.get(network)]).toEqual(['constructed.json', 'constructed.onnx']);
    expect([...names.values()]).toContain('nanodet-1.onnx');
    // The same again, or every question would be a new revision.
    expect(await part.desired(box)).toEqual({ document, blobs });
  }, 60_000);

  it('bring their events to where they belong in time, with picture, clip and count', async () => {
    const id = await camera('far away');
    const eventId = newId();
    const detector = { model: 'nanodet', name: 'nanodet', version: '1', sha256: 'a'.repeat(64), provider: 'cpu' };
    const found = { cameraId: id, runId, ruleVersion: 1, events: [crossingAt(eventId, at)], detector };
    await receive('found', found, [await file('picture.jpg', Buffer.from('picture'))]);
    const clip = { cameraId: id, eventIds: [eventId], from: at - 5000, to: at + 5000 };
    await receive('clip', clip, [await file('clip.mp4', Buffer.from('clip'))]);
    expect(await event(eventId)).toMatchObject({
      ...{ at: '2026-03-01T10:00:00.000Z', ruleName: 'Gate', hasPicture: true, clipState: 'ready', tracks: [7] },
      ...{ clipFrom: '2026-03-01T09:59:55.000Z', detector },
    });
    expect((await test.call('GET', `/api/matrixvision/events/${eventId}/clip.mp4`)).status).toBe(200);
    const query = { camera: id, from: '2026-03-01T10:00:00Z', to: '2026-03-01T11:00:00Z' };
    const counts = await test.call('GET', '/api/matrixvision/crossings/counts', { query });
    expect(counts.body.items).toMatchObject([{ ruleId: 'gate', in: 1, out: 0 }]);
  });

  it('say of a clip that the box gave up for space that it did', async () => {
    const id = await camera('full disk');
    const eventId = newId();
    await receive('found', { cameraId: id, runId, ruleVersion: 1, events: [crossingAt(eventId, at)] });
    const clip = { cameraId: id, eventIds: [eventId], from: at - 5000, to: at + 5000 };
    await receive('clip', clip, [], [{ sha256: 'ab'.repeat(32), bytes: 9, name: 'clip.mp4' }]);
    expect(await event(eventId)).toMatchObject({ clipState: 'none', clipReason: 'given-up' });
  });

  it('give no clip to the events of other cameras, and none to those that never came', async () => {
    const [one, other] = [await camera('one'), await camera('other')];
    const eventId = newId();
    await receive('found', { cameraId: one, runId, ruleVersion: 1, events: [crossingAt(eventId, at)] });
    const clip = { cameraId: other, eventIds: [eventId, newId()], from: at - 5000, to: at + 5000 };
    await receive('clip', clip, [await file('clip.mp4', Buffer.from('clip of another'))]);
    expect(await event(eventId)).toMatchObject({ clipState: 'pending' });
  });

  it('say of an event whose tracks were lost with a killed box that there will be no proof', async () => {
    const id = await camera('killed');
    const eventId = newId();
    await receive('found', { cameraId: id, runId: newId(), ruleVersion: 1, events: [crossingAt(eventId, at)] });
    await receive('clip', { cameraId: id, eventIds: [eventId], code: 'MEDIA_CLIP_EMPTY', from: at, to: at });
    expect(await event(eventId)).toMatchObject({ findingId: null, proofMissing: null });
    const { bytes, ...facts } = chunkOfWalk(at + 5_000);
    const payload = { cameraId: id, runId: newId(), ruleVersion: 1, ...facts };
    await receive('chunk', payload, [await file('tracks.mwt', bytes)]);
    expect(await event(eventId)).toMatchObject({ findingId: null, proofMissing: 'tracks-lost' });
  });

  it('that are of another site are refused, and what is no message is put aside', async () => {
    const id = await camera('guarded');
    const payload = { cameraId: id, runId, ruleVersion: 0, events: [] };
    const foreign = boxMessage({ box: { id: newId(), name: 'x', siteId: newId() }, kind: 'found', payload, at });
    await expect(part.receive(analysisActor, foreign)).rejects.toMatchObject({ code: 'CAMERA_UNKNOWN', status: 404 });
    await expect(receive('found', { cameraId: id })).rejects.toMatchObject({
      ...{ code: 'EDGE_MESSAGE_INVALID', status: 422, message: expect.stringContaining('runId: ') },
    });
  });
});
