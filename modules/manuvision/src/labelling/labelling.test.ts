import { randomUUID } from 'node:crypto';
import { cloudModule } from '@millwright/cloud/server';
import { drawPart, type Plane, pngBytes } from '@millwright/imaging';
import { sha256 } from '@millwright/ledger';
import { type Caller, createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { manuvisionModule } from '../server.ts';
import type { Region, Shape } from './region.ts';
import { regionOverlap } from './region-overlap.ts';

const octets = { 'content-type': 'application/octet-stream' };

let test: TestHost;
let siteId: string;
let datasetId: string;
let pictures: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, manuvisionModule] });
  const body = { kind: 'site', name: 'Works', parentId: null };
  siteId = (await test.call('POST', '/api/cloud/nodes', { body })).body.id;
  const dataset = await test.call('POST', '/api/manuvision/datasets', { body: { siteId, name: 'Rings' } });
  datasetId = dataset.body.id;
  pictures = `/api/manuvision/datasets/${datasetId}/pictures`;
});
afterAll(() => test.cleanup());

async function added(fileName: string, content: Uint8Array, query: object = {}): Promise<string> {
  const call = { query: { fileName, ...query }, body: Buffer.from(content), headers: octets };
  const answer = await test.call('POST', pictures, call);
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}
const region = (shape: Shape, name = 'hole'): Region => ({ id: randomUUID(), class: name, shape });
const box = (x: number, y: number, width: number, height: number): Shape => ({ kind: 'box', x, y, width, height });

describe('labels', () => {
  let path: string;
  let pictureId: string;
  let mine: string;
  const say = (body: object, as?: Caller) => test.call('PUT', path, { body, ...(as && { as }) });

  beforeAll(async () => {
    pictureId = await added('ring 1.png', await pngBytes(drawPart(1, { defect: 'hole' }).picture));
    path = `${pictures}/${pictureId}/labels`;
  });

  it('are refused where somebody spoke meanwhile, and say who', async () => {
    expect((await test.call('GET', path)).body).toEqual({
      ...{ revision: 0, label: 'good', class: null, regions: [], people: [], disagreement: null },
    });
    const regions = [region(box(10, 10, 20, 20))];
    const said = (await say({ revision: 0, label: 'defect', regions })).body;
    expect(said).toMatchObject({ revision: 1, label: 'defect', class: 'hole', regions, disagreement: null });
    mine = said.people[0].actorId;
    const late = await say({ revision: 0, label: 'good' }, 'engineer');
    expect(late.status).toBe(409);
    expect(late.body.error).toMatchObject({
      ...{ code: 'MANUVISION_LABELS_CHANGED', details: { revision: 1, by: said.people[0].actorName } },
    });
    // Of two who save at once one is refused, and nothing is lost.
    const both = await Promise.all([
      say({ revision: 1, label: 'defect', regions }),
      say({ revision: 1, label: 'defect', regions }, 'engineer'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await say({ revision: 2, label: 'good' }, 'viewer')).status).toBe(403);
  });

  it('of people who differ are shown until somebody settles it', async () => {
    const other = { revision: 2, label: 'defect', class: 'hole', regions: [region(box(60, 60, 20, 20))] };
    const differing = (await say(other, 'engineer')).body;
    expect(differing).toMatchObject({ revision: 3, disagreement: { about: 'regions', iou: 0 } });
    expect(differing.people).toHaveLength(2);
    const listed = async (query: Record<string, unknown>) => (await test.call('GET', pictures, { query })).body;
    expect((await listed({ disagreement: true })).items[0]).toMatchObject({ id: pictureId, regions: 1 });
    expect((await listed({ disagreement: true })).items[0].labelledBy).toHaveLength(2);
    expect((await listed({ labelled: false })).total).toBe(0);
    const settle = (body: object) => test.call('POST', `${path}/settle`, { body, as: 'engineer' });
    expect((await settle({ revision: 3, actorId: 'nobody' })).body.error.code).toBe('MANUVISION_WORD_UNKNOWN');
    const settled = (await settle({ revision: 3, actorId: mine })).body;
    expect(settled).toMatchObject({ revision: 4, regions: [{ shape: { x: 10 } }], disagreement: null });
    expect((await listed({ disagreement: true })).total).toBe(0);
    expect((await listed({ labelled: true, disagreement: false })).total).toBe(1);
    // The word that was settled is compared with what others say from now on.
    const again = (await say({ ...other, revision: 4 }, 'engineer')).body;
    expect(again.disagreement).toMatchObject({ about: 'regions' });
    const agreed = (await say({ revision: 5, label: 'defect', regions: settled.regions }, 'engineer')).body;
    expect(agreed.disagreement).toBeNull();
    const { items } = (await test.call('GET', `${path}/history`)).body;
    expect(items.map((one: { revision: number; settled: boolean }) => [one.revision, one.settled])).toEqual([
      ...[1, 2, 3].map((revision) => [revision, false]),
      ...[[4, true], ...[5, 6].map((revision) => [revision, false])],
    ]);
  });

  it('keep the regions when the class is said anew', async () => {
    const to = { label: 'defect', class: 'pore' };
    const changed = (await test.call('PATCH', `${pictures}/${pictureId}`, { body: to, as: 'engineer' })).body;
    expect(changed).toMatchObject({ class: 'pore', regions: 1, disagreement: true });
    expect((await test.call('GET', path)).body.regions[0]).toMatchObject({ class: 'pore', shape: { x: 10 } });
  });

  it('with regions that cannot be meant are refused', async () => {
    const refused = async (shape: object, label = 'defect') => {
      const body = { revision: 7, label, regions: [region(shape as Shape)] };
      const { code, details } = (await say(body)).body.error;
      return details.reason?.code ?? code;
    };
    expect(await refused(box(90, 0, 7, 5))).toBe('manuvision-region.outside');
    expect(await refused({ kind: 'polygon', points: [1, 1, 5, 97, 9, 1] })).toBe('manuvision-region.outside');
    expect(await refused({ kind: 'polygon', points: [1, 1, 5, 6, 9, 1, 4] })).toBe('manuvision-region.half-corner');
    const mask = { kind: 'mask', x: 0, y: 0, width: 4, height: 4 };
    expect(await refused({ ...mask, runs: [3, 4, 8] })).toBe('manuvision-region.runs-sum');
    expect(await refused({ ...mask, runs: [16] })).toBe('manuvision-region.marks-nothing');
    expect(await refused(box(-1, 0, 5, 5))).toBe('REQUEST_INVALID');
    expect(await refused(box(1, 1, 5, 5), 'good')).toBe('MANUVISION_GOOD_WITH_REGIONS');
    expect((await test.call('GET', path)).body.revision).toBe(7);
  });

  it('are shown, set and settled from the command line', async () => {
    const verb = (called: string, given: string[] = [], options: Record<string, string> = {}) =>
      runVerb(test, verbs, called, ['Rings', 'ring 1.png', ...given], options);
    const shown = await verb('datasets label');
    expect(shown).toContain('revision 7  pore, 1 regions\n  pore  box of 20 x 20 pixels at 10, 10\nsaid by ');
    expect(shown).toContain('they differ in the class');
    const set = (labels: object) => verb('datasets label', [], { set: JSON.stringify(labels) });
    const polygon = { class: 'hole', shape: { kind: 'polygon', points: [1, 1, 9, 1, 5, 8] } };
    await expect(set({ revision: 6, label: 'good' })).rejects.toMatchObject({ code: 'MANUVISION_LABELS_CHANGED' });
    await expect(set({ label: 'fine' })).rejects.toMatchObject({ code: 'MANUVISION_OPTION_INVALID' });
    expect(await set({ label: 'defect', regions: [polygon] })).toContain(
      'revision 8  hole, 1 regions\n  hole  polygon',
    );
    expect(await verb('datasets settle', ['test engineer'])).toContain('revision 9  pore');
    expect((await test.call('GET', path)).body.disagreement).toBeNull();
    const frozen = await runVerb(test, verbs, 'datasets freeze', ['Rings']);
    expect(frozen).toMatch(/^[0-9a-f]{64} {2}0 good, 1 defects, 1 regions {2}/);
    expect(await runVerb(test, verbs, 'datasets versions', ['Rings'])).toBe(frozen);
  });

  it('are looked at by people who see each other', async () => {
    const here = async (id: string | null, as: Caller) => {
      const call = { body: { pictureId: id }, as };
      return (await test.call('POST', `/api/manuvision/datasets/${datasetId}/labelling/here`, call)).body.people;
    };
    await here(pictureId, 'viewer');
    expect(await here(pictureId, 'engineer')).toMatchObject([{ pictureId }, { actorName: 'test engineer', pictureId }]);
    expect(await here(null, 'viewer')).toHaveLength(1);
  });

  it('are frozen: the same content is the same version, and never changes', async () => {
    const versions = `/api/manuvision/datasets/${datasetId}/versions`;
    const freeze = async () => (await test.call('POST', versions)).body;
    const first = await freeze();
    expect(first.counts).toEqual({ good: 0, defects: 1, regions: 1 });
    // A word that repeats what counts changes nothing of the content.
    const { regions } = (await test.call('GET', path)).body;
    const same = { revision: 9, label: 'defect', class: 'pore', regions: [{ ...regions[0], id: randomUUID() }] };
    await say(same);
    expect(await freeze()).toEqual(first);
    await say({ revision: 10, label: 'good' });
    const second = await freeze();
    expect(second.version).not.toBe(first.version);
    expect((await test.call('GET', versions)).body.items).toEqual([second, first]);
    const content = await test.call('GET', `${versions}/${first.version}/content.json`);
    expect(sha256(content.bytes)).toBe(first.version);
    expect(content.body.pictures).toMatchObject([
      { fileName: 'ring 1.png', class: 'pore', regions: [{ class: 'pore' }] },
    ]);
    const unknown = await test.call('GET', `${versions}/${'0'.repeat(64)}`);
    expect(unknown.body.error.code).toBe('MANUVISION_DATASET_VERSION_UNKNOWN');
  });
});

it('large pictures are shown in tiles, upright, as bright as they go', async () => {
  const tile = (id: string, place: string) => test.call('GET', `${pictures}/${id}/tiles/${place}`);
  const seen = async (id: string, place: string) => {
    const { data, info } = await sharp((await tile(id, place)).bytes)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { size: [info.width, info.height], from: data[0]!, to: data.at(-1)! };
  };
  const [width, height] = [1300, 700];
  // 12 of 16 bits, brighter to the right.
  const samples = Uint16Array.from({ length: width * height }, (_, at) => ((at % width) / width) * 4095);
  const deep = sharp(samples, { raw: { width, height, channels: 1 } }).toColourspace('grey16');
  const id = await added('large.tif', await deep.tiff({ compression: 'lzw' }).toBuffer());
  const corner = await seen(id, '0/0/0');
  expect(corner.size).toEqual([512, 512]);
  expect(corner.to - corner.from).toBeGreaterThan(90);
  expect(await seen(id, '0/2/1')).toMatchObject({ size: [1300 - 1024, 700 - 512], to: 255 });
  expect((await seen(id, '2/0/0')).size).toEqual([325, 175]);
  for (const place of ['0/3/0', '3/0/0'])
    expect((await tile(id, place)).body.error.code).toBe('MANUVISION_TILE_UNKNOWN');
  const turned = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  expect((await seen(await added('turned.jpg', turned), '0/0/0')).size).toEqual([40, 60]);
});

it('what was drawn teaches an inspection, which then suggests regions; it says which version it learnt from', async () => {
  const dataset = await test.call('POST', '/api/manuvision/datasets', { body: { siteId, name: 'Drawn rings' } });
  const id = dataset.body.id;
  pictures = `/api/manuvision/datasets/${id}/pictures`;
  const drawn = (seed: number) => drawPart(seed, { defect: 'hole' });
  for (let seed = 1; seed <= 8; seed++) await added(`good ${seed}.png`, await pngBytes(drawPart(seed).picture));
  for (let seed = 50; seed < 53; seed++) {
    const picture = await added(`hole ${seed}.png`, await pngBytes(drawn(seed).picture));
    const body = { revision: 0, label: 'defect', regions: [region(maskOf(drawn(seed).mask))] };
    expect((await test.call('PUT', `${pictures}/${picture}/labels`, { body })).status).toBe(200);
  }
  const unseen = await added('hole 60.png', await pngBytes(drawn(60).picture), { label: 'defect', class: 'hole' });
  const suggest = () => test.call('POST', `${pictures}/${unseen}/suggestions`, { body: {} });
  expect((await suggest()).body.error.code).toBe('MANUVISION_NOTHING_TRAINED');
  await test.call('DELETE', `${pictures}/${unseen}`);
  const frozen = (await test.call('POST', `/api/manuvision/datasets/${id}/versions`)).body;
  await test.call('POST', `${pictures}/${unseen}/restore`);

  const body = { siteId, datasetId: id, name: 'Holes', kind: 'defects' };
  const inspection = (await test.call('POST', '/api/manuvision/inspections', { body })).body;
  const train = (dataset: string) =>
    test.call('POST', `/api/manuvision/inspections/${inspection.id}/train`, { query: { dataset } });
  expect((await train('0'.repeat(64))).body.error.code).toBe('MANUVISION_DATASET_VERSION_UNKNOWN');
  const { result } = await test.jobEnd((await train(frozen.version)).body.jobId, 120_000);
  // The picture that came back is not of that version.
  const learnt = { dataset: frozen.version, images: { good: 8, defects: 3 }, leftOut: [] };
  expect(result).toMatchObject({ version: 1, ...learnt });
  const { content } = (await test.call('GET', `/api/ledger/entries/${result.findingId}`)).body;
  expect(content).toMatchObject({ parameters: { dataset: frozen.version }, inputs: { length: 12 } });

  const suggested = (await suggest()).body;
  expect(suggested).toMatchObject({ label: 'defect', class: 'hole', inspection: { name: 'Holes', version: 1 } });
  expect(suggested.regions[0]).toMatchObject({ class: 'hole', shape: { kind: 'polygon' } });
  const truth = [region(maskOf(drawn(60).mask))];
  expect(regionOverlap(suggested.regions.slice(0, 1), truth, { width: 96, height: 96 })).toBeGreaterThan(0.2);
  const taken = { revision: 0, label: 'defect', regions: [{ ...suggested.regions[0], score: undefined }] };
  expect((await test.call('PUT', `${pictures}/${unseen}/labels`, { body: taken })).status).toBe(200);
}, 180_000);

function maskOf({ width, height, data }: Plane): Shape {
  const runs: number[] = [];
  let [inside, length] = [0, 0];
  for (const value of data) {
    if (value !== inside) {
      runs.push(length);
      [inside, length] = [value, 0];
    }
    length++;
  }
  return { kind: 'mask', x: 0, y: 0, width, height, runs: [...runs, length] };
}
