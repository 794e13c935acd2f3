import { cloudModule } from '@millwright/cloud/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matrixvisionModule } from '../../server.ts';
import { renderedHead } from '../test-support/rendered.ts';

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  siteId = (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } })).body
    .id;
});
afterAll(() => test.cleanup());

const base = '/api/matrixvision/attributes';
const create = async (name: string): Promise<string> =>
  (await test.call('POST', base, { body: { siteId, name, part: 'head' } })).body.id;

async function upload(picture: Buffer): Promise<string> {
  const headers = { 'content-type': 'application/octet-stream' };
  return (await test.call('POST', `${base}/pictures`, { body: picture, headers })).body.hash;
}

/** The middle of a rendered head, as a user would cut it out, JPEG or PNG. */
async function picture(present: boolean, seed: number, format: 'png' | 'jpeg' = 'png'): Promise<Buffer> {
  const { data, width, height } = renderedHead(present, seed);
  return sharp(data, { raw: { width, height, channels: 3 } })
    .extract({ left: 10, top: 6, width: 76, height: 80 })
    .toFormat(format)
    .toBuffer();
}

async function addRendered(id: string, count: number): Promise<{ id: string; present: boolean }[]> {
  const examples = [];
  for (const present of [true, false])
    for (let seed = 1; seed <= count; seed++)
      examples.push({
        ...{ picture: await upload(await picture(present, seed)), fileName: `${present} ${seed}.png`, present },
        group: `${present} ${Math.floor(seed / 2)}`,
      });
  return (await test.call('POST', `${base}/${id}/examples`, { body: { examples } })).body.items;
}

async function teach(id: string) {
  const { status, body } = await test.call('POST', `${base}/${id}/teach`);
  expect(status).toBe(202);
  return test.jobEnd(body.jobId);
}

describe('attributes', () => {
  it('are taught from examples, and what was taught proves itself', async () => {
    const id = await create('hard hat');
    await addRendered(id, 10);
    const job = await teach(id);
    expect(job.state).toBe('done');
    expect(job.result).toMatchObject({ version: 1, examples: { present: 10, absent: 10 } });
    const { body } = await test.call('GET', `${base}/${id}/versions`);
    const [version] = body.items;
    expect(version.validation.balancedAccuracy).toBeGreaterThan(0.75);
    expect(version.validation.interval.low).toBeLessThan(version.validation.accuracy);
    const verify = async () => (await test.call('POST', `/api/ledger/entries/${version.findingId}/verify`)).body;
    expect(await verify()).toMatchObject({ status: 'proved', checked: 20, method: { id: 'matrixvision.attribute' } });
    const { body: attribute } = await test.call('GET', `${base}/${id}`);
    expect(attribute).toMatchObject({ newestVersion: 1, activeVersion: null, counts: { present: 10, absent: 10 } });
  });

  it('say which examples the others contradict, let them be corrected, and teach a new version', async () => {
    const id = await create('helmet');
    const examples = await addRendered(id, 8);
    const wrong = examples.find(({ present }) => present)!;
    const change = await test.call('PATCH', `${base}/${id}/examples/${wrong.id}`, { body: { present: false } });
    expect(change.body).toMatchObject({ id: wrong.id, present: false });
    await teach(id);
    const doubtful = (await test.call('GET', `${base}/${id}/versions`)).body.items[0].doubtful;
    expect(doubtful[0].id).toBe(wrong.id);
    const listed = (await test.call('GET', `${base}/${id}/examples`)).body.items;
    expect(listed.find((one: { id: string }) => one.id === wrong.id).probability).toBeGreaterThan(0.5);
    await test.call('PATCH', `${base}/${id}/examples/${wrong.id}`, { body: { present: true } });
    expect((await teach(id)).result).toMatchObject({ version: 2, examples: { present: 8, absent: 8 } });
    // The first version is still what it was.
    const { items } = (await test.call('GET', `${base}/${id}/versions`)).body;
    expect(items.map((one: { version: number }) => one.version)).toEqual([2, 1]);
    expect(items[1].examples).toMatchObject({ present: 7, absent: 9 });
  });

  it('are told on the cameras that they are put to use on', async () => {
    const id = await create('vest');
    await addRendered(id, 4);
    await teach(id);
    const camera = '0199c0de-0000-7000-8000-000000000001';
    const other = '0199c0de-0000-7000-8000-000000000002';
    const use = (body: object) => test.call('PUT', `${base}/${id}/use`, { body });
    expect((await use({ version: 2 })).body.error.code).toBe('ATTRIBUTE_VERSION_UNKNOWN');
    const told: string[] = [];
    test.host.events.on('attribute-change', ({ siteId: where }) => void told.push(where));
    expect((await use({ version: 1, cameras: [camera] })).body).toMatchObject({ activeVersion: 1, cameras: [camera] });
    expect(told).toEqual([siteId]);
    const { attributes } = test.host.use(matrixvisionModule);
    const actor = { kind: 'job', id: 'x', name: 'x', role: 'engineer' } as const;
    const [inUse] = await attributes.inUse(actor, siteId, camera);
    const { body } = await test.call('GET', `${base}/${id}/versions/1/model`);
    expect(inUse).toEqual(body);
    expect(await attributes.inUse(actor, siteId, other)).toEqual([]);
    await use({ version: null });
    expect(await attributes.inUse(actor, siteId, camera)).toEqual([]);
  });

  it('take examples away and bring them back', async () => {
    const id = await create('gloves');
    const [first] = await addRendered(id, 2);
    const count = async () => (await test.call('GET', `${base}/${id}/examples`)).body.items.length;
    expect((await test.call('DELETE', `${base}/${id}/examples/${first!.id}`)).status).toBe(204);
    expect(await count()).toBe(3);
    expect((await test.call('DELETE', `${base}/${id}/examples/${first!.id}`)).status).toBe(404);
    await test.call('POST', `${base}/${id}/examples/${first!.id}/restore`);
    expect(await count()).toBe(4);
    const png = await test.call('GET', `${base}/${id}/examples/${first!.id}/picture.png`);
    expect(png.headers['content-type']).toBe('image/png');
    expect((await test.call('DELETE', `${base}/${id}`)).status).toBe(204);
    expect((await test.call('GET', `${base}/${id}`)).status).toBe(404);
    expect((await test.call('POST', `${base}/${id}/restore`)).body.name).toBe('gloves');
  });

  it('find the part of a person in a picture', async () => {
    const id = await create('hat of a person');
    const person = await sharp({ create: { width: 200, height: 500, channels: 3, background: '#445566' } })
      .jpeg()
      .toBuffer();
    const hash = await upload(person);
    const example = { picture: hash, fileName: 'person.jpg', shows: 'person', present: false };
    const add = (more: object) =>
      test.call('POST', `${base}/${id}/examples`, { body: { examples: [{ ...example, ...more }] } });
    expect((await add({})).status).toBe(201);
    const small = await add({ box: { x: 10, y: 10, width: 15, height: 40 } });
    expect(small.body.error).toMatchObject({ code: 'ATTRIBUTE_PICTURE_UNREADABLE' });
    expect(small.body.error.message).toContain('too small');
  });

  it('refuse what cannot be learnt from', async () => {
    const id = await create('something');
    expect((await test.call('POST', base, { body: { siteId, name: 'something', part: 'feet' } })).body.error.code).toBe(
      'ATTRIBUTE_EXISTS',
    );
    expect((await teach(id)).error.code).toBe('ATTRIBUTE_ONE_CLASS');
    const add = (example: object) => test.call('POST', `${base}/${id}/examples`, { body: { examples: [example] } });
    const unknown = await add({ picture: 'a'.repeat(64), fileName: 'x.png', present: true });
    expect(unknown.body.error.code).toBe('ATTRIBUTE_UPLOAD_UNKNOWN');
    const text = await add({ picture: await upload(Buffer.from('no picture')), fileName: 'x.png', present: true });
    expect(text.body.error).toMatchObject({ code: 'ATTRIBUTE_PICTURE_UNREADABLE' });
    const cut = (await picture(true, 1, 'jpeg')).subarray(0, 200);
    expect((await add({ picture: await upload(cut), fileName: 'cut.jpg', present: true })).status).toBe(422);
    const hash = await upload(await picture(true, 1));
    expect((await add({ picture: hash, fileName: 'a.png', present: true })).status).toBe(201);
    const twice = await add({ picture: hash, fileName: 'b.png', present: false });
    expect(twice.body.error.code).toBe('ATTRIBUTE_EXAMPLE_TWICE');
    const event = await add({ eventId: '0199c0de-0000-7000-8000-000000000009', present: true });
    expect(event.body.error.code).toBe('EVENT_UNKNOWN');
  });

  it('are written by engineers alone, and show no pictures to who may see none', async () => {
    const id = await create('for engineers');
    const [first] = await addRendered(id, 2);
    const as = 'viewer' as const;
    expect((await test.call('GET', `${base}/${id}`, { as })).status).toBe(200);
    expect((await test.call('POST', base, { as, body: { siteId, name: 'mine', part: 'head' } })).status).toBe(403);
    expect((await test.call('POST', `${base}/${id}/teach`, { as })).status).toBe(403);
    expect((await test.call('DELETE', `${base}/${id}/examples/${first!.id}`, { as })).status).toBe(403);
    expect((await test.call('GET', `${base}/${id}/examples/${first!.id}/picture.png`, { as })).status).toBe(403);
    expect((await test.call('GET', `${base}/${id}/candidates`, { as })).status).toBe(403);
    expect((await test.call('GET', `${base}/${id}/candidates`)).body.items).toEqual([]);
  });
});
