import { cloudModule } from '@millwright/cloud/server';
import { type BayerPattern, demosaic, type Picture, pngBytes, seededRandom } from '@millwright/imaging';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { manuvisionModule } from '../server.ts';

const base = '/api/manuvision';
const octets = { 'content-type': 'application/octet-stream' };
const side = 96;
const pattern: BayerPattern = 'grbg';

/** An orange plate with grain and a blue stripe as the sensor sees it; spoilt, part of it is as bright, but green. */
function mosaic(seed: number, isSpoilt = false): Picture {
  const random = seededRandom(seed);
  const data = new Uint8Array(side * side);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const isStripe = x > 20 && x < 40;
      const spoilt = isSpoilt && Math.hypot(x - 66, y - 50) < 14;
      const [r, g, b] = isStripe ? [40, 60, 200] : spoilt ? [70, 190, 40] : [200, 110, 40];
      const colour = { r, g, b }[pattern[(y & 1) * 2 + (x & 1)] as 'r' | 'g' | 'b']!;
      data[y * side + x] = Math.min(255, Math.round(colour * (0.9 + 0.2 * random())));
    }
  return { width: side, height: side, channels: 1, depth: 8, data };
}

let test: TestHost;
let siteId: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, manuvisionModule], live: true });
  const body = { kind: 'site', name: 'Works', parentId: null };
  siteId = (await test.call('POST', '/api/cloud/nodes', { body })).body.id;
});
afterAll(() => test.cleanup());

const verb = (called: string, given: string[], options: Record<string, string> = {}) =>
  runVerb(test, verbs, called, given, options);
const proved = async (id: string) => (await test.call('POST', `/api/ledger/entries/${id}/verify`)).body.status;

it('pictures of a sensor are shown, learnt and judged in its colours where the data set says its pattern', async () => {
  expect(await verb('datasets add', ['Plates'], { site: 'Works' })).not.toContain('mosaic');
  await expect(verb('datasets change', ['Plates'], { bayer: 'bayer' })).rejects.toThrow('--bayer is bayer');
  const [{ id }] = (await test.call('GET', `${base}/datasets`)).body.items;
  const path = `${base}/datasets/${id}`;
  let first = '';
  for (let seed = 1; seed <= 10; seed++) {
    const body = Buffer.from(await pngBytes(mosaic(seed)));
    const query = { fileName: `plate ${seed}.png` };
    const added = await test.call('POST', `${path}/pictures`, { query, body, headers: octets });
    first ||= added.body.id;
  }
  const coloursOf = async (jpeg: Buffer) => {
    const { data, info } = await sharp(jpeg).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    return [...data.subarray((10 * info.width + 80) * 3).subarray(0, 3)];
  };
  const shown = async (what: string) => coloursOf((await test.call('GET', `${path}/pictures/${first}/${what}`)).bytes);
  const frozen = async () => (await test.call('POST', `${path}/versions`)).body.version;
  for (const what of ['thumbnail.jpg', 'tiles/0/0/0']) expect(new Set(await shown(what)).size).toBe(1);
  const before = await frozen();
  expect(await verb('datasets change', ['Plates'], { bayer: pattern })).toMatch(/ {2}mosaic grbg$/);
  for (const what of ['thumbnail.jpg', 'tiles/0/0/0']) {
    const [r, g, b] = (await shown(what))!;
    expect(r).toBeGreaterThan(g! + 40);
    expect(g).toBeGreaterThan(b! + 40);
  }
  // How they are read counts: it is another version.
  expect(await frozen()).not.toBe(before);
  const { unsaid } = (await test.call('GET', `${path}/export`, { query: { format: 'coco' } })).body;
  expect(unsaid).toContainEqual({
    name: '',
    reason: expect.objectContaining({ code: 'manuvision-export.mosaics-kept', values: { count: 10, bayer: pattern } }),
  });

  const settings = { side: 96, bank: 100 };
  const made = await test.call('POST', `${base}/inspections`, {
    body: { siteId, datasetId: id, name: 'Plate', promise: 50, settings },
  });
  expect(await verb('inspections train', ['Plate'])).toMatch(/^version 1 {2}10 good/);
  const [version] = (await test.call('GET', `${base}/inspections/${made.body.id}/versions`)).body.items;
  const { card } = decodeModelFile(await test.host.blobs.read(version.model), 'it');
  expect(card.reading).toEqual({ bayer: pattern });
  expect(await proved(version.findingId)).toBe('proved');
  await verb('stations add', ['Line 1'], { inspection: 'Plate' });
  const [station] = (await test.call('GET', `${base}/stations`)).body.items;
  const judge = async (picture: Picture) => {
    const body = Buffer.from(await pngBytes(picture));
    const query = { fileName: 'x.png' };
    return (await test.call('POST', `${base}/stations/${station.id}/judge`, { query, body, headers: octets })).body;
  };
  const bad = await judge(mosaic(50, true));
  expect(bad).toMatchObject({ verdict: 'ng', error: null });
  // A camera that gives colours is judged alike.
  expect((await judge(demosaic(mosaic(50, true), pattern))).score).toBe(bad.score);
  expect(await proved(bad.findingId)).toBe('proved');
  expect(await verb('stations explain', ['Line 1', bad.id])).toMatch(/^1\. /);
}, 90_000);
