import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { cloudModule } from '@millwright/cloud/server';
import { drawPart, pngBytes } from '@millwright/imaging';
import { operatorActor } from '@millwright/kernel';
import { type Caller, createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verbs } from './cli.ts';
import { driftTopic } from './drift/service.ts';
import { stateTopic } from './line/broker-beat.ts';
import { ModbusPlc } from './line/test/modbus-plc.ts';
import { OpcuaPlc } from './line/test/opcua-plc.ts';
import { manuvisionModule } from './server.ts';
import { PictureQuota } from './stations/keep/picture-quota.ts';
import { StationRepository } from './stations/repository.ts';
import { resultTopic } from './stations/result-topic.ts';
import type { VerdictAnswer } from './stations/schemas.ts';
import { startPictureCamera } from './stations/test/picture-camera.ts';

const base = '/api/manuvision';
const octets = { 'content-type': 'application/octet-stream' };
const size = { width: 128, height: 128 };
const part = (seed: number, defect?: 'hole') =>
  pngBytes(drawPart(seed, { ...size, ...(defect && { defect }) }).picture);

let test: TestHost;
let siteId: string;
let otherSiteId: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-station-'));
  const ports = { stationModbusPort: 0, stationOpcuaPort: 0 };
  const config = { watchedFolders: join(folder, 'camera'), allowedNetworks: '127.0.0.1', ...ports };
  test = await createTestHost({ modules: [cloudModule, manuvisionModule], config, live: true });
  const site = async (name: string) =>
    (await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name, parentId: null } })).body.id as string;
  [siteId, otherSiteId] = [await site('Works'), await site('Elsewhere')];
});
afterAll(async () => {
  await test.cleanup();
  await rm(folder, { recursive: true, force: true });
});

async function made(path: string, body: object): Promise<string> {
  const answer = await test.call('POST', `${base}/${path}`, { body });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return answer.body.id;
}
const verb = (called: string, given: string[] = [], options: Record<string, string> = {}) =>
  runVerb(test, verbs, called, given, options);
const proved = async (id: string) => (await test.call('POST', `/api/ledger/entries/${id}/verify`)).body.status;

/** Kills the processes that judge, of whatever this one has started. */
function killJudging(): void {
  const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'inspection-entry']).toString();
  for (const pid of found.trim().split('\n')) process.kill(Number(pid), 'SIGKILL');
}

it('a gauge study measures pictures of a data set, by part and operator, with evidence', async () => {
  const datasetId = await made('datasets', { siteId, name: 'Studied' });
  const { picture } = drawPart(1, size);
  const { width, channels } = picture;
  for (const [at, radius] of [20, 22].entries())
    for (const operator of ['ann', 'bo'])
      for (const trial of [1, 2]) {
        const data = Uint8Array.from(picture.data, (_, byte) => {
          const pixel = Math.floor(byte / channels);
          const distance = Math.hypot((pixel % width) - 64 - trial / 8, Math.floor(pixel / width) - 64);
          return Math.round(40 + 160 * Math.min(Math.max(distance - radius - (operator === 'bo' ? 0.05 : 0), 0), 1));
        });
        const query = { fileName: `study/part-${at}/${operator}/${trial}.png` };
        const body = Buffer.from(await pngBytes({ ...picture, data }));
        const path = `${base}/datasets/${datasetId}/pictures`;
        expect((await test.call('POST', path, { query, body, headers: octets })).status).toBe(201);
      }
  const disc = {
    ...{ name: 'disc', tool: 'circle', region: { x: 64, y: 64, inner: 8, outer: 40 } },
    ...{ nominal: 42, plus: 5, minus: 5 },
  };
  const settings = { plan: { format: 1, features: [disc] } };
  const input = { siteId, datasetId, name: 'Disc', kind: 'measuring', settings };
  const id = await made('inspections', input);
  const study = (body: object, as?: 'viewer') =>
    test.call('POST', `${base}/inspections/${id}/study`, { body, ...(as && { as }) });
  expect((await study({}, 'viewer')).status).toBe(403);
  expect((await study({ search: '1.png' })).body.error.code).toBe('MANUVISION_STUDY_TOO_SMALL');
  expect((await study({ search: 'nothing' })).body.error.code).toBe('MANUVISION_MEASURING_PICTURES_MISSING');
  const planless = await made('inspections', { siteId, datasetId, name: 'Planless', kind: 'measuring' });
  const refused = await test.call('POST', `${base}/inspections/${planless}/study`, { body: {} });
  expect(refused.body.error.code).toBe('MANUVISION_STUDY_WITHOUT_PLAN');
  expect(await verb('inspections study', ['Disc'])).toMatch(/^disc \(px\): 2 parts, 2 operators?/);
  const [found] = (await test.call('GET', `${base}/inspections/${id}/studies`, { as: 'viewer' })).body.items;
  expect(found).toMatchObject({ dataset: { id: datasetId, name: 'Studied' }, pictures: 8 });
  const [feature] = found.features;
  expect(feature).toMatchObject({
    name: 'disc',
    unit: 'px',
    tolerance: 10,
    study: { parts: 2, operators: 2, trials: 2 },
  });
  expect(feature.study.gaugeRR.tolerancePercent).toBeLessThan(10);
  expect(feature.study.rating).toBe('acceptable');
  expect(feature.study.reproducibility.deviation).toBeGreaterThan(0.02);
  expect(found.trials).toHaveLength(8);
  expect(found.trials[7]).toMatchObject({ part: 'part-1', operator: 'bo', fileName: 'study/part-1/bo/2.png' });
  expect(found.trials[7].value).toBeCloseTo(45.1, 0);
  expect(await proved(found.findingId)).toBe('proved');
}, 60_000);

describe('from good parts to a station', () => {
  let datasetId: string;
  let inspectionId: string;
  let stationId: string;

  it('pictures are added, by folder and one by one; what is none and what is there already is refused', async () => {
    await verb('datasets add', ['Rings'], { site: 'Works' });
    const good = join(folder, 'good');
    await mkdir(good);
    for (let seed = 1; seed <= 16; seed++) await writeFile(join(good, `ring-${seed}.png`), await part(seed));
    await writeFile(join(good, 'broken.png'), 'no picture');
    // A mask is no part.
    await writeFile(join(good, 'ring-1_mask.png'), await part(999));
    expect(await verb('datasets pictures', ['Rings', good])).toMatch(/^16 pictures added\n {2}not broken\.png: /);
    const [dataset] = (await test.call('GET', `${base}/datasets`)).body.items;
    datasetId = dataset.id;
    expect(dataset).toMatchObject({ name: 'Rings', counts: { good: 16, defects: 0, classes: [] } });
    const path = `${base}/datasets/${datasetId}/pictures`;
    const add = (body: Uint8Array, query: object) =>
      test.call('POST', path, { query: { fileName: 'x.png', ...query }, body: Buffer.from(body), headers: octets });
    expect((await add(await part(3), {})).body.error.code).toBe('MANUVISION_PICTURE_TWICE');
    const hole = await add(await part(900, 'hole'), { label: 'defect', class: 'hole' });
    expect(hole.body).toMatchObject({ label: 'defect', class: 'hole', width: 128, height: 128 });
    await test.call('DELETE', `${path}/${hole.body.id}`);
    expect((await test.call('GET', path, { query: { label: 'defect' } })).body).toEqual({ items: [], total: 0 });
    expect((await test.call('POST', `${path}/${hole.body.id}/restore`)).body.class).toBe('hole');
    const byHash = await test.call('GET', path, { query: { hash: hole.body.hash } });
    expect(byHash.body).toMatchObject({ items: [{ id: hole.body.id }], total: 1 });
    const small = await test.call('GET', `${path}/${hole.body.id}/thumbnail.jpg`);
    expect(small.headers['content-type']).toBe('image/jpeg');
    const changed = await test.call('PATCH', `${path}/${hole.body.id}`, { body: { label: 'good' } });
    expect(changed.body).toMatchObject({ label: 'good', class: null });
    await test.call('DELETE', `${path}/${hole.body.id}`);
  });

  it('an inspection is trained, promises something, and proves it', async () => {
    const input = { siteId, datasetId, name: 'Face', promise: 10 };
    const wrong = (settings: object) => test.call('POST', `${base}/inspections`, { body: { ...input, settings } });
    for (const settings of [{ side: 100 }, { backbone: '/etc/passwd' }, { sides: 64 }])
      expect((await wrong(settings)).body.error.code).toBe('MANUVISION_SETTINGS_INVALID');
    inspectionId = await made('inspections', input);
    const set = { promise: 20, settings: { region: { x: 0.05, y: 0.05, width: 0.9, height: 0.9 } } };
    const changed = await test.call('PATCH', `${base}/inspections/${inspectionId}`, { body: set });
    expect(changed.body).toMatchObject({ name: 'Face', ...set });
    expect(changed.body.settings.side).toBeGreaterThan(0);
    const estimate = (await test.call('GET', `${base}/inspections/${inspectionId}/estimate`)).body;
    expect(estimate).toEqual({ seconds: expect.any(Number), megabytes: expect.any(Number) });
    expect(estimate.seconds).toBeGreaterThan(0.1);
    expect(estimate.megabytes).toBeGreaterThan(150);
    // One that is cut goes on where it stood; that it is proved says that it gives what one gives that was not.
    const left = () => readdir(join(test.host.folder, 'models', 'training', '.'), { recursive: true }).catch(() => []);
    const { jobId } = (await test.call('POST', `${base}/inspections/${inspectionId}/train`)).body;
    await vi.waitFor(async () => expect((await left()).length).toBeGreaterThan(3), { timeout: 20_000, interval: 20 });
    await test.call('POST', `/api/jobs/${jobId}/cancel`);
    const state = async () => (await test.call('GET', `/api/jobs/${jobId}`)).body.state;
    await vi.waitFor(async () => expect(await state()).toBe('cancelled'), { timeout: 20_000 });
    expect((await left()).length).toBeGreaterThan(3);
    expect(await verb('inspections train', ['Face'])).toMatch(
      /^version 1 {2}16 good, 0 defects {2}threshold .* per 1,000/,
    );
    const [version] = (await test.call('GET', `${base}/inspections/${inspectionId}/versions`)).body.items;
    expect(version.details.parity).toMatchObject({ changedDecisions: 0 });
    expect(await left()).toEqual([]);
    expect(version.settings).toEqual(changed.body.settings);
    expect(version.falseRejects.per1000).toBeLessThanOrEqual(20);
    expect(version.falseRejects.high).toBeGreaterThan(version.falseRejects.low);
    expect(await proved(version.findingId)).toBe('proved');
    const out = join(folder, 'face.onnx');
    expect(JSON.parse(await verb('inspections model', ['Face'], { out }))).toMatchObject({ sha256: version.model });
    expect((await test.call('DELETE', `${base}/datasets/${datasetId}`)).body.error.code).toBe(
      'MANUVISION_DATASET_USED',
    );
  }, 240_000);

  it('a kind that learns nothing is tried on a picture by settings that nobody keeps', async () => {
    const [picture] = (await test.call('GET', `${base}/datasets/${datasetId}/pictures`)).body.items;
    const tried = (body: object, as?: 'viewer') =>
      test.call('POST', `${base}/datasets/${datasetId}/pictures/${picture.id}/try`, { body, ...(as && { as }) });
    const bore = {
      ...{ name: 'bore', tool: 'circle', region: { x: 64, y: 64, inner: 4, outer: 30 }, select: 'strongest' },
      ...{ nominal: 30, plus: 5, minus: 5 },
    };
    const plan = { format: 1, features: [bore] };
    const { body } = await tried({ kind: 'measuring', settings: { plan } });
    expect(body).toMatchObject({
      verdict: 'ok',
      measured: { features: [{ name: 'bore', unit: 'px', verdict: 'ok' }] },
    });
    expect(Math.abs(body.value - 0.24 * 128)).toBeLessThan(1.5);
    expect(body.measured.features[0].uncertainty).toBeGreaterThan(0);
    expect(body.measured.edges.bore.length).toBeGreaterThan(20);
    expect((await tried({ kind: 'text', settings: { format: 'date' } })).body).toMatchObject({ verdict: 'refused' });
    expect((await tried({ kind: 'anomaly' })).body.error.code).toBe('MANUVISION_KIND_LEARNS');
    const wrong = { kind: 'text', settings: { format: 'serial:(' } };
    expect((await tried(wrong)).body.error.code).toBe('MANUVISION_SETTINGS_INVALID');
    expect((await tried({ kind: 'dial' }, 'viewer')).status).toBe(403);
  }, 60_000);

  it('a station judges parts, each with evidence, and refuses what it cannot judge', async () => {
    expect(await verb('stations add', ['Line 1'], { inspection: 'Face', keep: '0' })).toContain('Face version 1');
    [{ id: stationId }] = (await test.call('GET', `${base}/stations`)).body.items;
    const judge = async (body: Uint8Array, as?: 'viewer') =>
      test.call('POST', `${base}/stations/${stationId}/judge`, {
        ...{ query: { fileName: 'part 7.png' }, body: Buffer.from(body), headers: octets },
        ...(as && { as }),
      });
    const good = (await judge(await part(500))).body;
    expect(good).toMatchObject({ verdict: 'ok', kept: false, findingId: null, error: null, fileName: 'part 7.png' });
    const bad = (await judge(await part(501, 'hole'))).body;
    expect(bad).toMatchObject({ verdict: 'ng', kept: true, hasHeatmap: true, error: null });
    expect(bad.score).toBeGreaterThan(bad.threshold);
    expect(await proved(bad.findingId)).toBe('proved');
    const heat = await test.call('GET', `${base}/stations/${stationId}/verdicts/${bad.id}/heatmap.png`);
    expect(heat.headers['content-type']).toBe('image/png');
    const why = (id: string) => test.call('GET', `${base}/stations/${stationId}/verdicts/${id}/explanation`);
    const [worst] = (await why(bad.id)).body.places;
    expect(worst.crop).toMatch(/^data:image\/png;base64,/);
    expect(worst.here[0]).toMatchObject({ fileName: expect.stringMatching(/png$/), crop: expect.any(String) });
    expect(worst.heat).toBeGreaterThan(bad.threshold);
    expect((await why(good.id)).body.error.code).toBe('MANUVISION_PICTURE_NOT_KEPT');
    // Asked at once they are judged one after the other, and alike.
    const together = await Promise.all([501, 502, 503].map(async (seed) => judge(await part(seed, 'hole'))));
    expect(together.map(({ body }) => body.verdict)).toEqual(['ng', 'ng', 'ng']);
    expect(together[0]!.body.score).toBe(bad.score);
    const refused = (await judge(Buffer.from('no picture'))).body;
    expect(refused).toMatchObject({ verdict: 'refused', kept: true, error: 'IMAGING_PICTURE_UNREADABLE' });
    expect((await judge(await part(502), 'viewer')).status).toBe(403);
  }, 60_000);

  it('keeps pictures by the rules of the station, removes what a quota forbids, and says which did', async () => {
    const rules = { ...{ keep: '0', 'keep-first': '1', 'keep-rejected': 'no' }, 'keep-days': '7' };
    await verb('stations add', ['Line 5'], { inspection: 'Face', ...rules });
    const { items } = (await test.call('GET', `${base}/stations`)).body;
    const { id, keep } = items.find(({ name }: { name: string }) => name === 'Line 5');
    expect(keep).toMatchObject({ rejected: false, refused: true, passed: 0, near: null, first: 1, days: 7 });
    await expect(verb('stations set', ['Line 5'], { keep: 'some' })).rejects.toThrow('--keep is some');
    const judge = async (body: Uint8Array) =>
      (
        await test.call('POST', `${base}/stations/${id}/judge`, {
          ...{ body: Buffer.from(body), headers: octets },
        })
      ).body;
    const [first, second, bad] = [await part(520), await part(521), await part(522, 'hole')];
    const one = await judge(first);
    expect(one).toMatchObject({ verdict: 'ok', kept: true, keptBy: 'first', removed: null });
    expect(await judge(second)).toMatchObject({ verdict: 'ok', kept: false, keptBy: null, findingId: null });
    const rejected = await judge(bad);
    expect(rejected).toMatchObject({ verdict: 'ng', kept: false, keptBy: null, hasHeatmap: false });
    const picture = (verdict: string) => test.call('GET', `${base}/stations/${id}/verdicts/${verdict}/picture`);
    expect((await picture(rejected.id)).body.error.code).toBe('MANUVISION_PICTURE_NOT_KEPT');
    await verb('stations set', ['Line 5'], { keep: '1', 'keep-rejected': 'yes', 'keep-days': 'none' });
    // A picture of a data set is there anyway, and stays whatever is removed here.
    const ofDataset = await judge(await part(3));
    const kept = [await judge(bad), await judge(first), await judge(await part(523)), ofDataset];
    expect(kept.map(({ keptBy }) => keptBy)).toEqual(['rejected', 'passed', 'passed', 'passed']);
    const { db, blobs } = test.host;
    const quota = new PictureQuota({ ...test.host, repository: new StationRepository(db) });
    const { rows } = await db.query<{ bytes: number; of: string }>(
      `select sum(bytes) as bytes, verdict as of from manuvision_verdict where station_id = $1 and kept group by verdict`,
      [id],
    );
    // Room for the rejected one, and for half of those that passed.
    const room = (of: string) => rows.find((row) => row.of === of)!.bytes;
    const change = { name: 'Line 5', inspectionId, version: 1 };
    const megabytes = (room('ng') + room('ok') / 2) / 1e6;
    await test.call('PUT', `${base}/stations/${id}`, { body: { ...change, keep: { passed: 1, megabytes: 1 } } });
    await db.query(`update manuvision_station set keep = jsonb_set(keep, '{megabytes}', $2) where id = $1`, [
      ...[id, JSON.stringify(megabytes)],
    ]);
    await quota.enforce();
    const now = async (verdict: string) =>
      (await test.call('GET', `${base}/stations/${id}/verdicts/${verdict}`)).body as VerdictAnswer;
    const removed = await Promise.all([one, ...kept].map(async (verdict) => (await now(verdict.id)).removed?.by ?? ''));
    expect(removed).toEqual(['megabytes', '', '', '', 'megabytes']);
    expect((await picture(one.id)).body.error.code).toBe('MANUVISION_PICTURE_REMOVED');
    // It is the very picture that another verdict keeps, so the evidence of both still stands.
    expect([await proved(one.findingId), await proved(kept[0].findingId)]).toEqual(['proved', 'proved']);
    await db.query(`update manuvision_station set keep = jsonb_set(keep, '{days}', '0.000001') where id = $1`, [id]);
    await quota.enforce();
    expect(await now(kept[0].id)).toMatchObject({ kept: false, keptBy: 'rejected', removed: { by: 'days' } });
    expect([await blobs.has(kept[0].picture), await blobs.has(ofDataset.picture)]).toEqual([false, true]);
    expect(await proved(kept[0].findingId)).not.toBe('proved');
    const { items: recorded } = (await test.call('GET', '/api/ledger/entries', { query: { subject: id } })).body;
    const removals = recorded.filter(({ type }: { type: string }) => type === 'manuvision.pictures-remove');
    expect(removals.map(({ content }: { content: object }) => content)).toMatchObject([
      { rule: 'days', pictures: 3 },
      { rule: 'megabytes', pictures: 2, verdicts: [one.id, ofDataset.id] },
    ]);
    await test.call('DELETE', `${base}/stations/${id}`);
  }, 60_000);

  it('a watched folder is judged, each file once, and told by MQTT; other folders are refused', async () => {
    const watched = join(folder, 'camera', 'line 2');
    await mkdir(watched, { recursive: true });
    const input = { siteId, name: 'Line 2', inspectionId, version: 1 };
    const refused = async (place: string) =>
      (await test.call('POST', `${base}/stations`, { body: { ...input, folder: place } })).body.error.code;
    expect(await refused(folder)).toBe('MANUVISION_FOLDER_FORBIDDEN');
    expect(await refused(join(folder, 'camera', '..'))).toBe('MANUVISION_FOLDER_FORBIDDEN');
    expect(await refused(join(folder, 'camera', 'line 3'))).toBe('MANUVISION_FOLDER_UNREADABLE');
    await symlink(folder, join(folder, 'camera', 'way out'));
    expect(await refused(join(folder, 'camera', 'way out'))).toBe('MANUVISION_FOLDER_FORBIDDEN');
    const second = await made('stations', { ...input, folder: watched });
    const told: { fileName: string; verdict: string }[] = [];
    const end = await test.host.bus.subscribe(resultTopic(second), async ({ payload }) => {
      told.push(JSON.parse(Buffer.from(payload).toString()));
    });
    await writeFile(join(watched, 'a.png'), await part(510));
    await writeFile(join(watched, 'b.png.part'), await part(511, 'hole'));
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 20_000 });
    await rename(join(watched, 'b.png.part'), join(watched, 'b.png'));
    await vi.waitFor(() => expect(told).toHaveLength(2), { timeout: 20_000 });
    expect(told.map(({ fileName, verdict }) => [fileName, verdict])).toEqual([
      ['a.png', 'ok'],
      ['b.png', 'ng'],
    ]);
    await rm(watched, { recursive: true });
    const problem = async () => (await test.call('GET', `${base}/stations/${second}`)).body.folderProblem;
    await vi.waitFor(async () => expect(await problem()).toBe('MANUVISION_FOLDER_UNREADABLE'), { timeout: 20_000 });
    await mkdir(watched);
    await writeFile(join(watched, 'c.png'), await part(512));
    await vi.waitFor(() => expect(told).toHaveLength(3), { timeout: 20_000 });
    expect(await problem()).toBeNull();
    const all = (await test.call('GET', `${base}/stations/${second}/verdicts`)).body.items;
    expect(all).toHaveLength(3);
    await end();
    await test.call('DELETE', `${base}/stations/${second}`);
  }, 90_000);

  it('a line whose light has changed is told, with a finding that proves it, and once more when it is over', async () => {
    const third = await made('stations', { siteId, name: 'Line 3', inspectionId, version: 1, keep: { passed: 0 } });
    const told: { quantity: string; endedAt: string | null }[] = [];
    const end = await test.host.bus.subscribe(driftTopic(third), async ({ payload }) => {
      told.push(JSON.parse(Buffer.from(payload).toString()));
    });
    const judge = async (from: number, count: number, light: number) => {
      for (let seed = from; seed < from + count; seed++) {
        const { picture } = drawPart(seed, size);
        const body = Buffer.from(await pngBytes({ ...picture, data: picture.data.map((value) => value * light) }));
        const query = { fileName: `${seed}.png` };
        await test.call('POST', `${base}/stations/${third}/judge`, { query, body, headers: octets });
      }
    };
    const path = `${base}/stations/${third}/drift`;
    expect((await test.call('GET', path)).body).toMatchObject({ known: true, parts: 0, quantities: [], events: [] });
    await judge(600, 30, 0.8);
    const { quantities, events } = (await test.call('GET', path)).body;
    const brightness = quantities.find((one: { quantity: string }) => one.quantity === 'brightness');
    expect(brightness).toMatchObject({ state: 'changed', window: 25 });
    expect(brightness.course).toHaveLength(30);
    const event = events.find((one: { quantity: string }) => one.quantity === 'brightness');
    expect(event).toMatchObject({ endedAt: null, version: 1 });
    expect(await proved(event.findingId)).toBe('proved');
    expect(await verb('stations drift', ['Line 3'])).toMatch(/^brightness +changed .* since /m);
    await judge(700, 200, 1);
    await vi.waitFor(() => {
      const said = told.filter(({ quantity }) => quantity === 'brightness').map(({ endedAt }) => endedAt !== null);
      expect(said).toEqual([false, true]);
    });
    await end();
    await test.call('DELETE', `${base}/stations/${third}`);
  }, 120_000);

  it('a station talks with the line by Modbus: trigger, result, acknowledgement, and nothing passes that went wrong', async () => {
    const third = await made('stations', { siteId, name: 'Line 4', inspectionId, version: 1 });
    const path = `${base}/stations/${third}`;
    const judge = async (body: Uint8Array) =>
      (await test.call('POST', `${path}/judge`, { body: Buffer.from(body), headers: octets })).body;
    expect((await test.call('GET', `${path}/line`)).body).toMatchObject({ settings: null, shown: null, modbus: null });
    expect((await test.call('POST', `${path}/line/trigger`, { body: {} })).body.error.code).toBe(
      'MANUVISION_LINE_SILENT',
    );
    const settings = { modbusUnit: 3, pictureMs: 600, classNumbers: { defect: 7 } };
    const { modbus } = (await test.call('PUT', `${path}/line`, { body: settings })).body;
    const plc = await ModbusPlc.connect(modbus);
    try {
      await plc.until({ ready: true, fault: false });
      // A part that is good, with its name.
      await plc.trigger('A-17', '批 L-9');
      await plc.until({ ready: false, busy: true });
      expect(await judge(await part(500))).toMatchObject({ verdict: 'ok', partId: 'A-17', resultId: 1 });
      expect(await plc.until({ resultValid: true })).toMatchObject({
        ...{ busy: false, pass: true, fail: false, fault: false, classNumber: 0, resultId: 1, partId: 'A-17' },
      });
      await plc.letGo();
      await plc.until({ ready: true, pass: false });
      // One that is not, after the lot of the first.
      const lots = async () => (await test.call('GET', `${path}/lots`)).body.items;
      expect(await lots()).toMatchObject([{ number: '批 L-9', endedAt: null }]);
      await plc.endLot();
      await vi.waitFor(async () => expect((await lots())[0].endedBy).toBe('Line 4'));
      await plc.trigger('A-18');
      const bad = await judge(await part(501, 'hole'));
      const shown = await plc.until({ resultValid: true });
      expect(shown).toMatchObject({ pass: false, fail: true, classNumber: 7, resultId: 2, className: 'defect' });
      expect(shown.score).toBeCloseTo(bad.score, 3);
      await plc.letGo();
      // One that cannot be judged fails, and the line has to say that it may go on.
      await plc.until({ ready: true });
      await plc.trigger('A-19');
      expect(await judge(Buffer.from('no picture'))).toMatchObject({ verdict: 'refused', resultId: 3 });
      expect(await plc.until({ fault: true })).toMatchObject({ pass: false, fail: true, faultCode: 22, resultId: 3 });
      await plc.letGo();
      expect(await plc.read()).toMatchObject({ fault: true, ready: false });
      await plc.reset();
      await plc.until({ ready: true, faultCode: 0 });
      // One of which no picture comes.
      await plc.trigger('A-20');
      await plc.letGo();
      expect(await plc.until({ fault: true })).toMatchObject({ pass: false, faultCode: 20, resultId: 4 });
      expect((await test.call('POST', `${path}/line/reset`, { as: 'viewer' })).status).toBe(403);
      expect((await test.call('POST', `${path}/line/reset`)).body.shown).toMatchObject({ ready: true });
      expect(await lots()).toMatchObject([{ counts: { ok: 1, ng: 0, refused: 0 } }]);
      const faults = (await test.call('GET', `${path}/faults`)).body.items;
      expect(faults).toMatchObject([
        { code: 'NO_PICTURE', number: 20, partId: 'A-20', resultId: 4, endedAt: expect.any(String) },
        { code: 'JUDGING_REFUSED', partId: 'A-19', resultId: 3, resetBy: null },
      ]);
      expect(faults[0].resetBy).not.toBeNull();
      await expect(plc.readAt(1, 0)).rejects.toMatchObject({ modbusCode: 11 });
      await expect(plc.readAt(3, 42)).rejects.toMatchObject({ modbusCode: 2 });
      expect(await verb('stations faults', ['Line 4'])).toMatch(
        / {2}20 {2}NO_PICTURE {2}part A-20 {2}until .* {2}reset by /,
      );
      // Its number goes on where the station is set up anew.
      const anew = { recovery: 'automatic', classes: 'defect=9,deep scratch=3' };
      expect(await verb('stations line-set', ['Line 4'], anew)).toMatch(/Modbus TCP 127\.0\.0\.1:\d+ unit 3/);
      await plc.until({ ready: true, resultId: 4 });
      expect(await verb('stations line-trigger', ['Line 4'], { part: 'A-21' })).toContain('part A-21');
      await judge(await part(501, 'hole'));
      expect(await plc.until({ resultValid: true })).toMatchObject({ classNumber: 9, partId: 'A-21' });
      expect(await verb('stations acknowledge', ['Line 4'])).toContain('Ready: ready');
      await expect(verb('stations reset', ['Line 4'])).rejects.toMatchObject({ code: 'MANUVISION_LINE_NO_RESET' });
      // What it shows is written into a controller, too; its password is shown to nobody and sent to no other host.
      const into = { plc: 'opc.tcp://127.0.0.1:9', 'plc-nodes': 'Pass=ns=3;s=Pass,ResultId=ns=3;s="a,b"."id"' };
      const told = await verb('stations line-set', ['Line 4'], {
        ...{ ...into, 'plc-user': 'line', 'plc-password': 'pass word/1' },
      });
      expect(told).toContain('writes into opc.tcp://127.0.0.1:9');
      const controller = async () => (await test.call('GET', `${path}/line`)).body.settings.plc;
      expect(await controller()).toEqual({
        ...{ url: into.plc, security: 'SignAndEncrypt', username: 'line', password: '***' },
        nodes: { Pass: 'ns=3;s=Pass', ResultId: 'ns=3;s="a,b"."id"' },
      });
      await plc.until({ fault: true, faultCode: 6, ready: false, pass: false });
      const elsewhere = { ...settings, plc: { ...(await controller()), url: 'opc.tcp://127.0.0.2:9' } };
      const kept = await test.call('PUT', `${path}/line`, { body: elsewhere });
      expect(kept.body.error.code).toBe('MEDIA_PASSWORD_ELSEWHERE');
      await expect(verb('stations line-set', ['Line 4'], { 'plc-nodes': 'Good=ns=3;s=Pass' })).rejects.toMatchObject({
        code: 'MANUVISION_OPTION_INVALID',
      });
      expect(await verb('stations line-set', ['Line 4'], { plc: 'no' })).not.toContain('writes into');
      const { items: recorded } = (await test.call('GET', '/api/ledger/entries', { query: { subject: third } })).body;
      expect(JSON.stringify(recorded)).not.toContain('pass word');
      await plc.until({ ready: true });
      expect(await verb('stations line-end', ['Line 4'])).toBe('Line 4 does not talk with the line.');
      await expect(plc.readAt(3, 0)).rejects.toThrow();
    } finally {
      await plc.close();
      await test.call('DELETE', path);
    }
  }, 60_000);

  it('looks through a camera: at a trigger, when a part lies still, and again after it was lost', async () => {
    const jpegOf = async (seed: number, defect?: 'hole') =>
      sharp(await part(seed, defect))
        .jpeg({ quality: 98 })
        .toBuffer();
    const camera = await startPictureCamera('pass word/1', await jpegOf(530));
    const source = { url: camera.url, username: 'line', password: 'pass word/1' };
    const input = { siteId, name: 'Line 6', inspectionId, version: 1, keep: { passed: 1 } };
    const both = { ...input, folder: join(folder, 'camera'), camera: source };
    expect((await test.call('POST', `${base}/stations`, { body: both })).body.error.code).toBe(
      'MANUVISION_SOURCE_TWICE',
    );
    const id = await made('stations', { ...input, camera: source });
    const path = `${base}/stations/${id}`;
    const station = async () => (await test.call('GET', path)).body;
    const comes = (state: string) =>
      vi.waitFor(async () => expect((await station()).cameraState.state).toBe(state), { timeout: 30_000 });
    await comes('streaming');
    expect((await station()).camera).toMatchObject({ password: '***', take: { when: 'trigger' } });
    const first = (await test.call('POST', `${path}/trigger`)).body;
    expect(first).toMatchObject({ kept: true, keptBy: expect.any(String), error: null });
    expect(first.fileName).toMatch(/^20.*\.jpg$/);
    expect(await proved(first.findingId)).toBe('proved');
    const still = await test.call('GET', `${path}/still.jpg`, { query: { width: 64 } });
    expect(still.headers['content-type']).toBe('image/jpeg');
    expect((await test.call('POST', `${path}/trigger`, { as: 'viewer' })).status).toBe(403);

    camera.lose();
    await comes('lost');
    const lost = await station();
    expect(Date.parse(lost.cameraState.since)).toBeLessThanOrEqual(Date.now());
    expect(lost.cameraState.message).not.toContain('pass word');
    expect((await test.call('POST', `${path}/trigger`)).body.error.code).toBe('MANUVISION_CAMERA_LOST');
    camera.back();
    await comes('streaming');

    // The form sends the covered password back; now every part that comes to rest is judged.
    const { name, version } = input;
    const shown = { ...lost.camera, take: { when: 'part' } };
    const change = { name, inspectionId, version, keep: { passed: 0, rejected: true }, camera: shown };
    expect((await test.call('PUT', path, { body: change })).body.camera.take).toEqual({ when: 'part' });
    await comes('streaming');
    const verdicts = async () => (await test.call('GET', `${path}/verdicts`)).body.items as VerdictAnswer[];
    const before = (await verdicts()).length;
    await setTimeout(800);
    camera.show(await jpegOf(531, 'hole'));
    await vi.waitFor(async () => expect((await verdicts()).length).toBe(before + 1), { timeout: 20_000 });
    expect((await verdicts())[0]).toMatchObject({ verdict: 'ng', keptBy: 'rejected' });
    const { items: recorded } = (await test.call('GET', '/api/ledger/entries', { query: { subject: id } })).body;
    expect(JSON.stringify(recorded)).not.toContain('pass word');
    await test.call('DELETE', path);
    expect((await test.call('POST', `${path}/trigger`)).body.error.code).toBe('MANUVISION_STATION_UNKNOWN');
    await camera.close();
  }, 120_000);

  it('a station talks with the line by OPC UA, with those whose certificate was trusted, and by the broker', async () => {
    const fifth = await made('stations', { siteId, name: 'Line 5', inspectionId, version: 1 });
    const path = `${base}/stations/${fifth}`;
    const { bus } = test.host;
    const settings = { opcua: true, mqtt: true, pictureMs: 5_000, recovery: 'automatic' };
    const { opcua } = (await test.call('PUT', `${path}/line`, { body: settings })).body;
    const states: { heartbeat: number; ready: boolean }[] = [];
    const results: { partId: string; resultId: number; verdict: string }[] = [];
    const ends = await Promise.all([
      bus.subscribe(stateTopic(fifth), async ({ payload }) => {
        states.push(JSON.parse(Buffer.from(payload).toString()));
      }),
      bus.subscribe(resultTopic(fifth), async ({ payload }) => {
        results.push(JSON.parse(Buffer.from(payload).toString()));
      }),
    ]);
    const topic = (name: string) => `millwright/stations/${fifth}/${name}`;
    const trusting = async (trust: 'trusted' | 'rejected', thumbprint: string) =>
      test.call('PUT', `${base}/line/certificates/${thumbprint}`, { body: { trust } });
    const pki = join(folder, 'plc');
    await expect(OpcuaPlc.connect(opcua, pki)).rejects.toThrow();
    const [stranger] = (await test.call('GET', `${base}/line/certificates`)).body.items;
    expect(stranger).toMatchObject({ trust: 'rejected' });
    expect((await trusting('trusted', stranger.thumbprint)).body.items).toMatchObject([{ trust: 'trusted' }]);
    const plc = await OpcuaPlc.connect(opcua, pki);
    try {
      await plc.until({ Ready: true, State: 'Ready' });
      // By variables; the picture comes through the broker.
      await plc.write({ PartId: 'B-1', Lot: 'L-1', Trigger: true });
      await plc.until({ Busy: true, State: 'SingleExecution', PartId: 'B-1' });
      await plc.write({ Trigger: false });
      await bus.publish(topic('picture'), await part(501, 'hole'), { qos: 1 });
      const shown = await plc.until({ ResultValid: true });
      expect(shown).toMatchObject({ Pass: false, Fail: true, Class: 'defect', ClassNumber: 65_535, ResultId: 1 });
      expect(shown.Score).toBeGreaterThan(0);
      await plc.write({ Acknowledge: true });
      await plc.write({ Acknowledge: false });
      await plc.until({ Ready: true, Fail: false });
      // By methods.
      expect(await plc.call('Acknowledge')).toBe('BadInvalidState');
      expect(await plc.call('Trigger', 'B-2')).toBe('Good');
      expect(await plc.call('Trigger', 'B-3')).toBe('BadInvalidState');
      await bus.publish(topic('picture'), await part(500), { qos: 1 });
      expect(await plc.until({ ResultValid: true })).toMatchObject({ Pass: true, PartId: 'B-2', ResultId: 2 });
      expect(await plc.call('Acknowledge')).toBe('Good');
      // By the broker; a trigger that it had kept is of a part that went by.
      await plc.until({ Ready: true });
      await bus.publish(topic('trigger'), 'no json', { qos: 1 });
      await bus.publish(topic('trigger'), JSON.stringify({ partId: 'B-4', lot: 'never' }), { qos: 1 });
      await plc.until({ Busy: true, PartId: 'B-4' });
      // Another part, of another lot, comes into the way of it.
      await bus.publish(`${topic('picture')}/B-9/L-2`, await part(500), { qos: 1 });
      expect(await plc.until({ Fault: true })).toMatchObject({
        Pass: false,
        FaultCode: 29,
        ResultId: 3,
        State: 'Error',
      });
      await plc.until({ Ready: true, FaultCode: 0 });
      await vi.waitFor(() => expect(results).toHaveLength(3), { timeout: 5_000 });
      expect(results.map(({ partId, resultId, verdict }) => [partId, resultId, verdict])).toEqual([
        ...[
          ['B-1', 1, 'ng'],
          ['B-2', 2, 'ok'],
          ['B-9', null, 'ok'],
        ],
      ]);
      const lots = (await test.call('GET', `${path}/lots`)).body.items;
      expect(lots).toMatchObject([
        { number: 'L-2', endedAt: null, counts: { ok: 1, ng: 0, refused: 0 } },
        { number: 'L-1', endedAt: lots[0].startedAt, counts: { ok: 1, ng: 1, refused: 0 } },
      ]);
      expect(await plc.call('EndLot')).toBe('Good');
      await vi.waitFor(async () =>
        expect((await test.call('GET', `${path}/lots`)).body.items[0].endedAt).not.toBeNull(),
      );
      // It lives, and says so.
      await vi.waitFor(() => expect(new Set(states.map(({ heartbeat }) => heartbeat)).size).toBeGreaterThan(2), 5_000);
      // The process that judges dies: nothing is ready until it is there again.
      killJudging();
      expect(await plc.until({ Fault: true })).toMatchObject({ Ready: false, Pass: false, FaultCode: 2 });
      await plc.until({ Ready: true });
    } finally {
      await plc.close();
      await Promise.all(ends.map((end) => end()));
      await test.call('DELETE', path);
    }
  }, 90_000);

  it('people review rejects, and the figures say how right it was', async () => {
    const open = await test.call('GET', `${base}/stations/${stationId}/verdicts`, { query: { review: 'open' } });
    const [{ id }] = open.body.items;
    expect(open.body.items).toHaveLength(4);
    expect(await verb('stations review', ['Line 1', id, 'ok'])).toContain('said to be OK');
    const figures = (await test.call('GET', `${base}/stations/${stationId}/figures`)).body;
    expect(figures).toMatchObject({
      counts: { ok: 1, ng: 4, refused: 1 },
      hours: [{ ok: 1, ng: 4, refused: 1 }],
      reviewed: { rejects: 1, falseRejects: 1 },
    });
    expect(await verb('stations review', ['Line 1', id, 'none'])).not.toContain('said');
    expect(await verb('stations figures', ['Line 1'])).toMatch(/^1 OK, 4 NG, 1 refused\n/);
    const page = (await test.call('GET', `${base}/stations/${stationId}/verdicts`, { query: { limit: 2 } })).body;
    const next = await test.call('GET', `${base}/stations/${stationId}/verdicts`, { query: { before: page.next } });
    expect([...page.items, ...next.body.items].map(({ verdict }) => verdict)).toEqual([
      ...['refused', 'ng', 'ng'],
      ...['ng', 'ng', 'ok'],
    ]);
  });

  it('a lot has what was judged while it was open, and a report that can be made again', async () => {
    const path = `${base}/stations/${stationId}/lots`;
    expect((await test.call('POST', `${path}/end`)).body.error.code).toBe('MANUVISION_LOT_NONE');
    expect(await verb('stations lot-start', ['Line 1', '批 7'])).toContain('批 7');
    expect((await test.call('POST', path, { body: { number: '批 7' } })).body.error.code).toBe('MANUVISION_LOT_OPEN');
    const sent = { body: Buffer.from(await part(777, 'hole')), headers: octets };
    await test.call('POST', `${base}/stations/${stationId}/judge`, { ...sent, query: { fileName: '7.png' } });
    expect(await verb('stations lot-end', ['Line 1'])).toMatch(/0 OK, 1 NG, 0 refused$/);
    const out = join(folder, 'lot.pdf');
    const written = JSON.parse(await verb('stations report', ['Line 1'], { lot: '批 7', language: 'zh-CN', out }));
    const [lot] = (await test.call('GET', path)).body.items;
    expect(lot.reports).toMatchObject([{ language: 'zh-CN', pdf: written.sha256, findingId: written.findingId }]);
    expect((await readFile(out)).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await proved(written.findingId)).toBe('proved');
    expect((await test.call('POST', path, { body: { number: '8' }, as: 'viewer' })).status).toBe(403);
    // The first pictures are those of a lot where one is open; it may come with the part.
    const keep = { ...{ passed: 0, rejected: false, refused: false }, first: 1 };
    const input = { name: 'By lots', inspectionId, version: 1, keep };
    const other = `${base}/stations/${await made('stations', { ...input, siteId })}`;
    const judge = async (seed: number, lot?: string) => {
      const query = { ...(lot && { lot }) };
      return (
        await test.call('POST', `${other}/judge`, { query, body: Buffer.from(await part(seed)), headers: octets })
      ).body;
    };
    const judged = [await judge(801), await judge(802), await judge(803, 'L-1'), await judge(804, 'L-1')];
    expect(judged.map(({ keptBy }) => keptBy)).toEqual(['first', null, 'first', null]);
    // What a box tells hours later goes where it belongs in time: what people said of lots since then stays.
    const { lots } = test.host.use(manuvisionModule);
    const row = (await new StationRepository(test.host.db).byId(other.split('/').at(-1)!))!;
    const [open] = (await test.call('GET', `${other}/lots`)).body.items;
    const before = (minutes: number) => new Date(Date.parse(open.startedAt) - minutes * 60_000);
    const line = { ...operatorActor, name: 'By lots' };
    for (const [number, minutes] of [
      ['E-1', 90],
      ['E-1', 80],
      ['E-2', 60],
      ['E-1', 70],
    ] as const)
      await lots.followAt(line, row, number, before(minutes));
    await lots.endAt(line, row, before(30));
    const spans = async () =>
      (await test.call('GET', `${other}/lots`)).body.items.map(
        (lot: { number: string; startedAt: string; endedAt: string | null }) => [
          lot.number,
          lot.startedAt,
          lot.endedAt,
        ],
      );
    const at = (minutes: number) => before(minutes).toISOString();
    expect(await spans()).toEqual([
      ['L-1', open.startedAt, null],
      ['E-2', at(60), open.startedAt],
      ['E-1', at(90), at(60)],
    ]);
    // What was judged by another inspection, which is there no more, is reported as what it was.
    const back = await made('inspections', { siteId, datasetId, name: 'Back', promise: 30 });
    const { rows: columns } = await test.host.db.query<{ name: string }>(
      `select column_name as name from information_schema.columns
         where table_name = 'manuvision_version' and column_name <> 'inspection_id'`,
    );
    const same = columns.map(({ name }) => name).join(', ');
    // The same network under another name: a training would tell no more here.
    await test.host.db.query(
      `insert into manuvision_version (inspection_id, ${same})
         select $1, ${same} from manuvision_version where inspection_id = $2 and version = 1`,
      [back, inspectionId],
    );
    await test.call('PUT', other, { body: { ...input, inspectionId: back } });
    await judge(805, 'L-1');
    await test.call('PUT', other, { body: input });
    expect((await test.call('DELETE', `${base}/inspections/${back}`)).status).toBe(204);
    const [{ id: lotId }] = (await test.call('GET', `${other}/lots`)).body.items;
    const { findingId } = (await test.call('POST', `${other}/lots/${lotId}/reports`, { body: {} })).body;
    const { content } = (await test.call('GET', `/api/ledger/entries/${findingId}`)).body;
    const said = JSON.parse(Buffer.from(await test.host.blobs.read(content.inputs[0].reference.hash)).toString());
    expect(said).toMatchObject({
      inspection: 'Face, Back',
      versions: [
        { inspection: 'Face', version: 1, parts: 2 },
        { inspection: 'Back', version: 1, parts: 1, asked: 30 },
      ],
    });
    expect(await proved(findingId)).toBe('proved');
    await test.call('DELETE', other);
  }, 60_000);

  it('reviews become a proposal, and only an accepted one a new version that the station judges by', async () => {
    const path = `${base}/stations/${stationId}/proposals`;
    expect((await test.call('POST', path)).body.error.code).toBe('MANUVISION_PROPOSAL_EARLY');
    const { items } = (await test.call('GET', `${base}/stations/${stationId}/verdicts`, { query: { verdict: 'ng' } }))
      .body;
    // One hole is called good: the threshold would have to go beyond it.
    const [spared, ...others] = items.toSorted((a: { score: number }, b: { score: number }) => a.score - b.score);
    const review = (id: string, said: string) => verb('stations review', ['Line 1', id, said]);
    await review(spared.id, 'ok');
    for (const { id } of others) await review(id, 'ng');
    // What a person rejected is a known defect from then on.
    const why = await verb('stations explain', ['Line 1', spared.id]);
    expect(why).toMatch(/^1\. .* deviations off, .*\n {3}good, there .* ring-\d+\.png .*\n/);
    expect(why).toMatch(/^ {3}rejected part {2}[\d.]+ {2}part 7\.png .* defect$/m);
    expect(await verb('stations propose', ['Line 1'])).toMatch(/ raise the threshold; at most 20 per 1,000/);
    const [waiting] = (await test.call('GET', path)).body.items;
    expect(waiting).toMatchObject({ decision: null, version: 1, parts: { all: 6, rejected: 5, reviewed: 5 } });
    expect(waiting.proposed.threshold).toBeGreaterThanOrEqual(spared.score);
    expect(waiting.changed).toContainEqual(expect.objectContaining({ id: spared.id, before: 'ng', after: 'ok' }));
    expect(await proved(waiting.findingId)).toBe('proved');
    const before = (await test.call('GET', `${base}/stations/${stationId}`)).body;
    expect(before.version).toBe(1);
    const body = { decision: 'accepted', reason: 'the polish mark is no defect' };
    const put = (as?: 'operator') => test.call('PUT', `${path}/${waiting.id}/decision`, { body, ...(as && { as }) });
    expect((await put('operator')).status).toBe(403);
    const accepted = await verb('stations accept', ['Line 1', waiting.id], { reason: body.reason });
    expect(accepted).toMatch(/accepted by .*: version 2; the polish mark is no defect/);
    expect((await put()).body.error.code).toBe('MANUVISION_PROPOSAL_DECIDED');
    expect((await test.call('GET', `${base}/stations/${stationId}`)).body.version).toBe(2);
    const [retuned, trained] = (await test.call('GET', `${base}/inspections/${inspectionId}/versions`)).body.items;
    expect(retuned).toMatchObject({ version: 2, networkOf: 1, threshold: waiting.proposed.threshold });
    expect(retuned.model).not.toBe(trained.model);
    expect(await proved(retuned.findingId)).toBe('proved');
    const again = await test.call('POST', `${base}/stations/${stationId}/judge`, {
      ...{ query: { fileName: 'again.png' }, body: Buffer.from(await part(501, 'hole')), headers: octets },
    });
    expect(again.body).toMatchObject({ version: 2, threshold: waiting.proposed.threshold, kept: true });
    expect(await proved(again.body.findingId)).toBe('proved');
    // What was said of the network under the old threshold counts on; a proposal may be dismissed as well.
    const second = (await test.call('POST', path)).body;
    expect(second.parts.reviewed).toBe(5);
    const dismissed = { decision: 'dismissed', reason: 'wait for more' };
    const said = await test.call('PUT', `${path}/${second.id}/decision`, { body: dismissed });
    expect(said.body).toMatchObject({ decision: 'dismissed', reason: 'wait for more', newVersion: null });
    expect((await test.call('GET', `${base}/stations/${stationId}`)).body.version).toBe(2);
  }, 60_000);

  it('nobody of another site sees or changes any of it', async () => {
    const as: Caller = { role: 'engineer', siteIds: [otherSiteId] };
    for (const path of ['datasets', 'inspections', 'stations'])
      expect((await test.call('GET', `${base}/${path}`, { as })).body.items).toEqual([]);
    for (const [method, path, body] of [
      ['GET', `datasets/${datasetId}/pictures`, undefined],
      ['DELETE', `datasets/${datasetId}`, undefined],
      ['GET', `inspections/${inspectionId}/versions`, undefined],
      ['GET', `inspections/${inspectionId}/versions/1/model.onnx`, undefined],
      ['POST', `inspections/${inspectionId}/train`, undefined],
      ['GET', `stations/${stationId}/verdicts`, undefined],
      ['GET', `stations/${stationId}/figures`, undefined],
      ['GET', `stations/${stationId}/drift`, undefined],
      ['GET', `stations/${stationId}/proposals`, undefined],
      ['POST', `stations/${stationId}/proposals`, undefined],
      ['POST', 'stations', { siteId, name: 'Mine', inspectionId, version: 1 }],
      ['PUT', `stations/${stationId}`, { name: 'Mine', inspectionId, version: 1 }],
      ['DELETE', `stations/${stationId}`, undefined],
    ] as const)
      expect((await test.call(method, `${base}/${path}`, { as, body })).status, `${method} ${path}`).toBe(403);
    const judged = { body: Buffer.from('x'), headers: octets, as };
    expect((await test.call('POST', `${base}/stations/${stationId}/judge`, judged)).status).toBe(403);
    await test.call('DELETE', `${base}/stations/${stationId}`);
    expect(await verb('stations')).toBe('No stations yet.');
  });
});
