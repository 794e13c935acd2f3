import { cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { Scene, walkwayStage } from '@millwright/testkit/scene';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeenPeople } from '../../runtime/watched-camera.ts';
import type { EventRow } from '../../schema.ts';
import { matrixvisionModule } from '../../server.ts';

const size = { width: 640, height: 360 };
let test: TestHost;
let siteId: string;
let attributeId: string;
let openCamera: string;
let coveredCamera: string;
let eventOf: Record<string, string>;
/** Somebody drawn, whole, and where. */
let drawn: { jpeg: Buffer; box: { x: number; y: number; width: number; height: number } };

const base = '/api/matrixvision/attributes';
const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };

async function addCamera(name: string, blur: 'none' | 'people'): Promise<string> {
  const body = { siteId, name, enabled: false, settings: { source, privacy: { blur } } };
  return (await test.call('POST', '/api/matrixvision/cameras', { body })).body.id;
}

async function addEvent(cameraId: string): Promise<string> {
  const { events } = test.host.use(matrixvisionModule);
  const { hash } = await test.host.blobs.put(drawn.jpeg, { mediaType: 'image/jpeg' });
  const { x, y, width, height } = drawn.box;
  const box = { x: x / size.width, y: y / size.height, width: width / size.width, height: height / size.height };
  const at = test.host.clock.now();
  const id = newId();
  const row: EventRow = {
    ...{ id, camera_id: cameraId, site_id: siteId, rule_id: 'gate', rule_name: 'Gate', rule_version: 1 },
    ...{ kind: 'zone-entry', severity: 'info', at, received_at: at, run_id: newId(), tracks: [7], label: 'person' },
    ...{ details: { since: at.toISOString(), box, values: {}, suppressed: 0 }, doubts: [], picture: hash },
    ...{ picture_covered: null, clip: null, clip_covered: null, clip_state: 'none', clip_reason: null },
    ...{ clip_from: null, clip_to: null, finding_id: null, proof_missing: null, state: 'open', detector: null },
    ...{ reviewed_at: null, reviewed_by: null, review_note: null, kept_back: null },
  };
  await events.repository.insertNew([row]);
  return id;
}

beforeAll(async () => {
  const scene = new Scene({
    ...{ ...size, frameRate: 5, seconds: 1, seed: 3, stage: walkwayStage() },
    actors: [{ kind: 'person', seed: 31, hat: true, path: [{ at: 0, x: 0, z: 6.7 }] }],
  });
  const { picture, objects } = scene.draw(0);
  const raw = { raw: { ...size, channels: 3 as const } };
  drawn = { jpeg: await sharp(Buffer.from(picture), raw).jpeg({ quality: 95 }).toBuffer(), box: objects[0]!.box };
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  siteId = (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } })).body
    .id;
  attributeId = (await test.call('POST', base, { body: { siteId, name: 'hard hat', part: 'head' } })).body.id;
  [openCamera, coveredCamera] = [await addCamera('Gate', 'none'), await addCamera('Canteen', 'people')];
  eventOf = { [openCamera]: await addEvent(openCamera), [coveredCamera]: await addEvent(coveredCamera) };
});
afterAll(() => test.cleanup());

const candidates = async (as?: 'engineer', query: object = {}) =>
  (await test.call('GET', `${base}/${attributeId}/candidates`, { ...(as && { as }), query: { ...query } })).body;
const picture = (id: string, as?: 'engineer' | 'viewer') =>
  test.call('GET', `${base}/${attributeId}/candidates/${id}/picture.jpg`, { ...(as && { as }) });
const add = (example: object, as?: 'engineer') =>
  test.call('POST', `${base}/${attributeId}/examples`, { ...(as && { as }), body: { examples: [example] } });
const look = (as?: 'engineer') =>
  test.call('POST', `${base}/${attributeId}/look`, { ...(as && { as }), body: {} }).then(({ body }) => body);

/** The drawn person, as a camera that runs would tell it. */
const seen = (track: number, time: number): SeenPeople => {
  const { x, y, width, height } = drawn.box;
  const box = { x: x / size.width, y: y / size.height, width: width / size.width, height: height / size.height };
  return { runId: newId(), time, people: [{ track, jpeg: drawn.jpeg, size, box }] };
};

describe('people to click', () => {
  it('come from events, cut out, and are gone once they are examples', async () => {
    const { items, covered } = await candidates();
    expect(covered).toEqual([]);
    const ids = items.map(({ id }: { id: string }) => id).sort();
    expect(ids).toEqual(Object.values(eventOf).sort());
    const { attributes } = test.host.use(matrixvisionModule);
    const actor = { kind: 'job', id: 'x', name: 'x', role: 'administrator' } as const;
    const cut = await sharp(await attributes.candidatePicture(actor, attributeId, eventOf[openCamera]!)).metadata();
    expect(cut.width).toBeLessThan(size.width / 2);
    expect(cut.height).toBeGreaterThan(drawn.box.height * 0.9);
    const added = await add({ eventId: eventOf[openCamera], present: true });
    expect(added.body.items[0]).toMatchObject({ present: true, hidden: false, source: { kind: 'event' } });
    expect((await candidates()).items.map(({ id }: { id: string }) => id)).toEqual([eventOf[coveredCamera]]);
    await test.call('DELETE', `${base}/${attributeId}/examples/${added.body.items[0].id}`);
  });

  it('of a camera that covers people are nobody’s who may not know people', async () => {
    const { items, covered } = await candidates('engineer');
    expect(items.map(({ cameraId }: { cameraId: string }) => cameraId)).toEqual([openCamera]);
    expect(covered).toEqual(['Canteen']);
    const hidden = eventOf[coveredCamera]!;
    expect((await picture(hidden, 'engineer')).status).toBe(403);
    expect((await add({ eventId: hidden, present: true }, 'engineer')).status).toBe(403);
    expect((await picture(eventOf[openCamera]!, 'viewer')).status).toBe(403);
    // Who may know people clicks it; the engineer sees that there is an example, and not whom it shows.
    const { id } = (await add({ eventId: hidden, present: true })).body.items[0];
    const listed = (await test.call('GET', `${base}/${attributeId}/examples`, { as: 'engineer' })).body.items;
    expect(listed).toMatchObject([{ id, hidden: true }]);
    const patch = `${base}/${attributeId}/examples/${id}/picture.png`;
    expect((await test.call('GET', patch, { as: 'engineer' })).status).toBe(403);
    expect((await test.call('GET', patch)).status).toBe(200);
    await test.call('DELETE', `${base}/${attributeId}/examples/${id}`);
  });

  it('come from looking at the cameras, and leave nothing behind that was not clicked', async () => {
    const { attributes } = test.host.use(matrixvisionModule);
    const asked: string[] = [];
    const told = seen(1, Date.parse('2026-03-05T10:00:00Z'));
    attributes.people.seenOn = async (cameraId) => {
      asked.push(cameraId);
      return cameraId === openCamera ? told : undefined;
    };
    expect(await look('engineer')).toEqual({ cameras: 1, found: 1 });
    expect(asked).toEqual([openCamera]);
    // Of somebody who is too small nothing could be learnt, so nobody is asked to click.
    const far = { ...told, people: [{ ...told.people[0]!, track: 2, size: { width: 64, height: 36 } }] };
    attributes.people.seenOn = async (cameraId) => (cameraId === openCamera ? far : undefined);
    await look('engineer');
    attributes.people.seenOn = async (cameraId) => (cameraId === openCamera ? told : undefined);
    const listed = (await candidates('engineer', { camera: openCamera })).items;
    expect(listed.filter(({ kind }: { kind: string }) => kind === 'camera')).toHaveLength(1);
    // The same person a moment later is nothing new.
    expect(await look('engineer')).toEqual({ cameras: 1, found: 0 });
    const { items } = await candidates('engineer', { camera: openCamera });
    expect(items[0]).toMatchObject({ kind: 'camera', cameraName: 'Gate', at: '2026-03-05T10:00:00.000Z' });
    expect((await picture(items[0].id, 'engineer')).headers['content-type']).toBe('image/jpeg');
    const added = await add({ sightingId: items[0].id, present: true }, 'engineer');
    expect(added.status).toBe(201);
    expect(added.body.items[0]).toMatchObject({ source: { kind: 'camera', cameraId: openCamera } });
    expect(added.body.items[0].group).toBe(`${openCamera} ${told.runId} 1`);
    expect((await candidates('engineer')).items.some(({ kind }: { kind: string }) => kind === 'camera')).toBe(false);
    expect((await add({ sightingId: newId(), present: true })).body.error.code).toBe('EVENT_UNKNOWN');
  });

  it('are not to be had for an attribute of another site', async () => {
    const other = await test.call('POST', '/api/cloud/nodes', {
      body: { kind: 'site', name: 'Hill works', parentId: null },
    });
    const body = { siteId: other.body.id, name: 'hard hat', part: 'head' };
    const { id } = (await test.call('POST', base, { body })).body;
    expect((await test.call('GET', `${base}/${id}/candidates`)).body.items).toEqual([]);
    const strange = `${base}/${id}/candidates/${eventOf[openCamera]}/picture.jpg`;
    expect((await test.call('GET', strange)).status).toBe(404);
    const as = { role: 'engineer' as const, siteIds: [other.body.id] };
    expect((await test.call('GET', `${base}/${attributeId}/candidates`, { as })).status).toBe(403);
    expect((await test.call('POST', `${base}/${attributeId}/look`, { as, body: {} })).status).toBe(403);
  });
});
