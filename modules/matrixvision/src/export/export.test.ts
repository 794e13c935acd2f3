import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { type EventRow, matrixvisionEvent } from '../schema.ts';
import { matrixvisionModule } from '../server.ts';
import { observationsOf, straight } from '../test-support/walk.ts';
import { TrackRepository } from '../tracks/repository.ts';
import { encodeTracks } from '../tracks/track-encoder.ts';

let test: TestHost;
let siteId: string;
let camera: string;
let folder: string;
const runId = newId();
const start = Date.parse('2026-03-01T10:00:00Z');
const [from, to] = ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z'];
/** More than a page of them. */
const crossingCount = 2_345;
const eventCount = 701;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-export-'));
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  const site = await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } });
  siteId = site.body.id;
  const settings = { source: { type: 'stream', url: 'rtsp://198.51.100.7/main' } };
  const body = { siteId, name: 'gate 门', enabled: false, settings };
  camera = (await test.call('POST', '/api/matrixvision/cameras', { body })).body.id;
  const { crossings } = test.host.use(matrixvisionModule);
  await crossings.add(
    Array.from({ length: crossingCount }, (_, index) => ({
      ...{ id: newId(), camera_id: camera, rule_id: 'gate', rule_version: 1, run_id: runId, track: 2 ** 33 + index },
      ...{ at: new Date(start + index * 1_000), received_at: new Date(start), label: 'person' },
      ...{ direction: index % 3 === 0 ? ('out' as const) : ('in' as const), confirmed: index % 5 !== 0 },
      doubts: index % 5 === 0 ? ['rejoined', 'carried'] : [],
      before: { x: 0.4, y: 0.5, at: new Date(start + index * 1_000 - 100).toISOString() },
      after: { x: 0.6, y: 0.5, at: new Date(start + index * 1_000 + 100).toISOString() },
      ...{ picture: null, picture_covered: null },
    })),
  );
  const events = Array.from({ length: eventCount }, (_, index) => eventRow(index));
  await test.host.db.orm.insert(matrixvisionEvent).values(events);
  const walk = { track: 3, path: straight([0.2, 0.5], [0.8, 0.5], 60) };
  const observations = observationsOf([walk]).map((each) => ({ ...each, time: start + each.time }));
  const { hash, size } = await test.host.blobs.put(Buffer.from(encodeTracks(observations)), { mediaType: 'x/tracks' });
  await new TrackRepository(test.host.db).insert({
    ...{ camera_id: camera, run_id: runId, blob: hash, bytes: size, tracks: 1, rule_version: 1 },
    ...{ from_at: new Date(observations[0]!.time), to_at: new Date(observations.at(-1)!.time) },
    observations: observations.length,
  });
});
afterAll(async () => {
  await test.cleanup();
  await rm(folder, { recursive: true, force: true });
});

const eventRow = (index: number): EventRow => ({
  ...{ id: newId(), camera_id: camera, site_id: siteId, rule_id: 'gate', rule_name: '大门', rule_version: 1 },
  ...{ kind: 'zone-entry', severity: index % 2 === 0 ? 'alarm' : 'info', run_id: runId, tracks: [index, 7] },
  ...{ at: new Date(start + index * 2_000), received_at: new Date(start + index * 2_000 + 300), label: 'person' },
  details: { since: new Date(start).toISOString(), values: { dwell: 1.5 }, suppressed: index },
  ...{ doubts: [], picture: null, picture_covered: null, clip: null, clip_covered: null, clip_state: 'none' },
  ...{ clip_reason: 'recording-off', clip_from: null, clip_to: null, finding_id: null, proof_missing: null },
  ...{ state: 'open', reviewed_at: null, reviewed_by: null, review_note: null, detector: null, kept_back: null },
});

const get = (path: string, query: object, as?: 'viewer') =>
  test.call('GET', `/api/matrixvision/${path}`, { query: { ...query }, ...(as && { as }) });
const rowsOf = async (bytes: Uint8Array) => parquetReadObjects({ file: new Uint8Array(bytes).buffer });
const linesOf = (bytes: Buffer) => bytes.toString().trim().split('\r\n').slice(1);

describe('exports', () => {
  it.each([
    ['events/export', {}, eventCount, 'events'],
    ['events/export', { severity: 'alarm' }, Math.ceil(eventCount / 2), 'events'],
    ['crossings/export', {}, crossingCount, 'crossings'],
    ['crossings/export', { confirmed: 'false' }, Math.ceil(crossingCount / 5), 'crossings'],
    ['crossings/counts/export', { from, to }, 3, 'counts'],
    ['tracks/export', { from, to }, 60, 'tracks'],
  ])('of %s with %o have the same %i rows as CSV and as Parquet', async (path, query, count, name) => {
    const csv = await get(path, { camera, ...query });
    expect(csv.status, csv.body).toBe(200);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
    });
    expect(linesOf(csv.bytes)).toHaveLength(count);
    const parquet = await get(path, { camera, ...query, format: 'parquet' });
    expect(parquet.headers).toMatchObject({
      'content-type': 'application/vnd.apache.parquet',
      'content-disposition': `attachment; filename="${name}.parquet"`,
    });
    const rows = await rowsOf(parquet.bytes);
    expect(rows).toHaveLength(count);
    expect(Object.keys(rows[0]!)).toEqual(csv.body.slice(1).split('\r\n')[0]!.split(','));
    expect(rows[0]!.at ?? rows[0]!.start).toBeInstanceOf(Date);
  });

  it('hold every crossing once, newest first, and add up to the counts', async () => {
    const rows = await rowsOf((await get('crossings/export', { camera, format: 'parquet' })).bytes);
    const times = rows.map(({ at }) => (at as Date).getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(crossingCount);
    expect(rows.at(-1)).toMatchObject({
      track: 2n ** 33n,
      confirmed: false,
      doubts: 'rejoined carried',
      before_x: 0.4,
    });
    const counts = await rowsOf((await get('crossings/counts/export', { camera, from, to, format: 'parquet' })).bytes);
    const sum = counts.reduce((all, row) => all + Number(row.in) + Number(row.unconfirmed_in), 0);
    expect(sum).toBe(rows.filter(({ direction }) => direction === 'in').length);
  });

  it('of tracks hold each box at its place in the picture', async () => {
    const rows = await rowsOf((await get('tracks/export', { camera, from, to, format: 'parquet' })).bytes);
    expect(rows[0]).toMatchObject({ track: 3n, label: 'person', seen: true, run_id: runId });
    const middle = ({ left, width }: Record<string, unknown>) => Number(left) + Number(width) / 2;
    expect(middle(rows[0]!)).toBeCloseTo(0.2, 2);
    expect(middle(rows.at(-1)!)).toBeCloseTo(0.8, 2);
    const none = await get('tracks/export', { camera, from, to, label: 'car', format: 'parquet' });
    expect(await rowsOf(none.bytes)).toEqual([]);
  });

  it('are refused before a byte is sent, with the code', async () => {
    const code = async (path: string, query: object) => (await get(path, query)).body.error?.code;
    expect(await code('events/export', { format: 'xlsx' })).toBe('REQUEST_INVALID');
    expect(await code('tracks/export', { camera, from: to, to: from })).toBe('TRACK_SPAN_INVALID');
    expect(await code('crossings/export', { camera: newId() })).toBe('CAMERA_UNKNOWN');
  });

  it('are written down', async () => {
    const { rows } = await test.host.db.query<{ content: string }>(
      `select content from ledger_entry where type = 'matrixvision.export'`,
    );
    const written = rows.map(({ content }) => JSON.parse(content) as { table: string; format: string });
    expect(written.map(({ table, format }) => `${table} ${format}`)).toContain('tracks parquet');
  });

  it('are a verb too, whose file says the format', async () => {
    const run = (table: string, options: Record<string, string>) => runVerb(test, verbs, 'export', [table], options);
    const out = join(folder, 'counts.parquet');
    expect(await run('counts', { out, camera: 'gate 门', from, to })).toContain(out);
    expect(await rowsOf(await readFile(out))).toHaveLength(3);
    const events = join(folder, 'events.txt');
    await run('events', { out: events, format: 'csv', rule: 'gate' });
    expect(linesOf(await readFile(events))).toHaveLength(eventCount);
    for (const options of [{ out: events }, { out: events, format: 'xls' }, { out, from, to }])
      await expect(run('counts', options as never)).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
    await expect(run('people', { out })).rejects.toMatchObject({ code: 'MATRIXVISION_OPTION_INVALID' });
  });
});
