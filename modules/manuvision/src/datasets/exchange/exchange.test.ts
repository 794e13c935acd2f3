import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { drawPart, pngBytes } from '@millwright/imaging';
import { type Caller, createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../../cli.ts';
import type { Shape } from '../../labelling/region.ts';
import { manuvisionModule } from '../../server.ts';
import type { LeftOut } from '../notes.ts';
import { openSource } from '../open-source.ts';
import { picturesToWrite } from '../pictures-to-write.ts';
import { layOut, type PictureToWrite } from '../writers/lay-out.ts';
import { writeSet } from '../writers/write-set.ts';

const octets = { 'content-type': 'application/octet-stream' };
const base = '/api/manuvision/datasets';
const side = 48;
const polygon: Shape = { kind: 'polygon', points: [20, 20, 40, 20, 40.5, 36.25] };
const mask: Shape = { kind: 'mask', x: 30, y: 2, width: 4, height: 4, runs: [0, 3, 1, 1, 1, 1, 1, 3, 4, 1] };
const work = { signal: new AbortController().signal, progress: () => undefined };

let test: TestHost;
let siteId: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-exchange-'));
  test = await createTestHost({ modules: [cloudModule, manuvisionModule] });
  const body = { kind: 'site', name: 'Works', parentId: null };
  siteId = (await test.call('POST', '/api/cloud/nodes', { body })).body.id;
});
afterAll(async () => {
  await test.cleanup();
  await rm(folder, { recursive: true });
});

const begun = async (name: string): Promise<string> =>
  (await test.call('POST', base, { body: { siteId, name } })).body.id;
const verb = (called: string, given: string[], options: Record<string, string> = {}) =>
  runVerb(test, verbs, called, given, options);
const drawn = (seed: number) => pngBytes(drawPart(seed, { width: side, height: side }).picture);
const send = (id: string, content: Uint8Array, query: object, as?: Caller) =>
  test.call('POST', `${base}/${id}/import`, {
    ...{ query: { fileName: 'set.zip', ...query }, body: Buffer.from(content), headers: octets },
    ...(as && { as }),
  });
const picturesOf = async (id: string) => (await test.call('GET', `${base}/${id}/pictures`)).body.items;

async function readBack(path: string): Promise<Record<string, object>> {
  const source = await openSource(path);
  const leftOut: LeftOut[] = [];
  const said: Record<string, object> = {};
  for await (const { name, label, className, regions } of picturesToWrite(source, { half: 'both' }, leftOut, work))
    said[name.split('/').at(-1)!] = { label, className, regions };
  await source.close();
  expect(leftOut).toEqual([]);
  return said;
}

describe('a data set of the server', () => {
  let id: string;

  it('takes a folder of any layout with its regions, once', async () => {
    const picture = (seed: number, said: Partial<PictureToWrite>): PictureToWrite => ({
      ...{ name: `part ${seed}.png`, ending: '.png', width: side, height: side, group: `${seed}`, half: null },
      ...{ label: 'defect', className: null, regions: [], read: () => drawn(seed), ...said },
    });
    const regions = [
      { class: '划 痕', shape: polygon },
      { class: 'dent', shape: mask },
    ];
    const pictures = [
      picture(1, { label: 'good' }),
      picture(2, { className: '划 痕', regions }),
      picture(3, { label: null }),
    ];
    await writeSet(layOut('coco', pictures).files, join(folder, 'coco'), work);
    id = await begun('Rings');
    expect(await verb('datasets import', ['Rings', join(folder, 'coco')], { defect: 'dirt' })).toBe(
      'added      3: 1 good, 1 dirt, 1 划 痕\nregions    2',
    );
    expect(await verb('datasets import', ['Rings', join(folder, 'coco')])).toContain('there      3 were in');
    const [, second] = await picturesOf(id);
    const labels = (await test.call('GET', `${base}/${id}/pictures/${second.id}/labels`)).body;
    expect(labels).toMatchObject({ revision: 1, label: 'defect', class: '划 痕', regions });
    const entries = await test.call('GET', '/api/ledger/entries', { query: { subject: id } });
    expect(JSON.stringify(entries.body)).toContain('manuvision.dataset-import');
  });

  it('goes out as it came, and says what a format cannot say', async () => {
    const out = join(folder, 'out.zip');
    await verb('datasets export', ['Rings'], { format: 'coco', out });
    const regions = [
      { class: 'dent', shape: mask },
      { class: '划 痕', shape: polygon },
    ];
    const back = await readBack(out);
    expect(back).toMatchObject({
      'part 1.png': { label: 'good', className: null, regions: [] },
      'part 2.png': { label: 'defect', regions: expect.arrayContaining(regions) },
      'part 3.png': { label: 'defect', className: 'dirt' },
    });
    const plain = join(folder, 'out');
    expect(await verb('datasets export', ['Rings'], { format: 'folders', out: plain })).toContain(
      'not said   images/part 2.png: regions left out: 2',
    );
    expect(Object.keys(await readBack(plain))).toHaveLength(3);
    const { version } = (await test.call('POST', `${base}/${id}/versions`)).body;
    const [first] = await picturesOf(id);
    await test.call('DELETE', `${base}/${id}/pictures/${first.id}`);
    const count = async (query: Record<string, string>) =>
      (await test.call('GET', `${base}/${id}/export`, { query })).body.pictures;
    expect([await count({ format: 'yolo' }), await count({ format: 'yolo', version })]).toEqual([2, 3]);
    const as: Caller = { role: 'engineer', siteIds: [await otherSite()] };
    for (const path of ['export?format=coco', 'export.zip?format=coco'])
      expect((await test.call('GET', `${base}/${id}/${path}`, { as })).status).toBe(403);
    expect((await send(id, zipSync({}), {}, as)).status).toBe(403);
  });

  it('turns, reads deep pictures and parts stacks as the camera meant it, and gives them back so', async () => {
    const other = await begun('Sensors');
    const lying = { width: 40, height: 20, channels: 1 } as const;
    const deep = new Uint16Array(800).map((_, at) => at * 80);
    const pages = [1, 2].map((seed) => Buffer.from(drawPart(seed, { width: side, height: side }).picture.data));
    const stack = await sharp(Buffer.concat(pages), {
      raw: { width: side, height: 2 * side, channels: 1, pageHeight: side },
    })
      .tiff()
      .toBuffer();
    const files = {
      'deep.png': await sharp(deep, { raw: lying }).toColourspace('grey16').png().toBuffer(),
      'turned.jpg': await sharp(Buffer.alloc(800, 90), { raw: lying })
        .jpeg()
        .withMetadata({ orientation: 6 })
        .toBuffer(),
      'stack.tif': stack,
    };
    const path = `${base}/${other}/pictures`;
    for (const [fileName, body] of Object.entries(files))
      expect((await test.call('POST', path, { query: { fileName }, body, headers: octets })).status).toBe(201);
    const again = { query: { fileName: 'stack.tif' }, body: stack, headers: octets };
    expect((await test.call('POST', path, again)).body.error.code).toBe('MANUVISION_PICTURE_TWICE');
    const rows = (await picturesOf(other)).map(
      (one: { fileName: string; width: number; height: number; group: string }) =>
        [one.fileName, one.width, one.height, one.group].join(' '),
    );
    expect(rows).toEqual([
      ...['deep.png 40 20 deep.png', 'stack.tif#1 48 48 stack.tif', 'stack.tif#2 48 48 stack.tif'],
      'turned.jpg 20 40 turned.jpg',
    ]);
    const out = join(folder, 'sensors');
    expect(await verb('datasets export', ['Sensors'], { format: 'folders', out })).toContain('2 pictures lose theirs');
    expect(await readFile(join(out, 'good', 'deep.png'))).toEqual(files['deep.png']);
    expect(await sharp(join(out, 'good', 'turned.png')).metadata()).toMatchObject({ width: 20, height: 40 });
    // The same as an archive, whose folder of its own name says nothing.
    await begun('Packed');
    const zip = join(folder, 'caps.zip');
    await writeFile(
      zip,
      zipSync(
        Object.fromEntries(Object.entries(files).map(([name, content]) => [`caps/${name}`, new Uint8Array(content)])),
      ),
    );
    expect(await verb('datasets import', ['Packed', zip])).toBe('added      4: 4 good\nregions    0');
  });

  it('refuses archives that are none, lead out or are bombs, and lists every file that it leaves out', async () => {
    const own = await begun('Bad');
    const code = async (content: Uint8Array, query = {}) => (await send(own, content, query)).body.error.code;
    expect(await code(Buffer.from('no archive'))).toBe('MANUVISION_ZIP_REFUSED');
    expect(await code(zipSync({ '../../etc/x.png': strToU8('x') }))).toBe('MANUVISION_ZIP_REFUSED');
    expect(await code(zipSync({ 'bomb.png': new Uint8Array(40_000_000) }))).toBe('MANUVISION_ZIP_REFUSED');
    expect(await code(zipSync({}), { group: '(' })).toBe('MANUVISION_OPTION_INVALID');
    const whole = new Uint8Array(await drawn(1));
    const regions = Array.from({ length: 2001 }, () => '0 0.5 0.5 0.1 0.1').join('\n');
    const zip = zipSync({
      ...{ 'images/a.png': whole, 'images/cut.png': whole.subarray(0, 300), 'read me.md': strToU8('x') },
      ...{ 'labels/a.txt': strToU8(regions), 'labels/alone.txt': strToU8('0 0.5 0.5 0.1 0.1') },
    });
    const sent = await send(own, zip, {});
    const { result } = await test.jobEnd(sent.body.jobId, 60_000);
    expect(result).toMatchObject({ added: 1, classes: { 0: 1 }, regions: 0, refused: [] });
    const reasons = (result as { leftOut: LeftOut[] }).leftOut.map(({ name, reason }) => [
      name,
      reason.code.split('.')[1],
    ]);
    expect(reasons.sort()).toEqual([
      ['images/a.png', 'regions-refused'],
      ['images/cut.png', 'unreadable'],
      ['labels/alone.txt', 'no-picture'],
      ['read me.md', 'no-picture'],
    ]);
  });

  it('stops taking in when the job is cancelled, and keeps what it has', async () => {
    const own = await begun('Stopped');
    const pngs = await Promise.all(Array.from({ length: 40 }, (_, at) => drawn(100 + at)));
    const zip = zipSync(Object.fromEntries(pngs.map((png, at) => [`${at}.png`, new Uint8Array(png)])));
    const { jobId } = (await send(own, zip, {})).body;
    await test.call('POST', `/api/jobs/${jobId}/cancel`);
    expect((await test.jobEnd(jobId, 60_000)).state).toBe('cancelled');
    const kept = (await picturesOf(own)).length;
    expect(kept).toBeLessThan(40);
  });
});

async function otherSite(): Promise<string> {
  const body = { kind: 'site', name: 'Elsewhere', parentId: null };
  return (await test.call('POST', '/api/cloud/nodes', { body })).body.id;
}
