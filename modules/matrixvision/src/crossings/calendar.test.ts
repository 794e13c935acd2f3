import { cloudModule } from '@millwright/cloud/server';
import { newId } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { matrixvisionModule } from '../server.ts';

let test: TestHost;
const cameras = new Map<string, string>();
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule] });
  for (const timezone of ['Europe/Berlin', 'Asia/Kathmandu']) {
    const body = { kind: 'site', name: timezone, parentId: null, timezone };
    const site = await test.call('POST', '/api/cloud/nodes', { body });
    const camera = await test.call('POST', '/api/matrixvision/cameras', {
      body: {
        ...{ siteId: site.body.id, name: 'gate', enabled: false },
        settings: { source: { type: 'stream', url: 'rtsp://198.51.100.7/main' } },
      },
    });
    cameras.set(timezone, camera.body.id);
  }
});
afterAll(() => test.cleanup());

const iso = (time: string | number) => new Date(time).toISOString();

/** Counts by stretch of those who cross every quarter of an hour between two times: how many in each, by its beginning. */
async function counted(zone: string, from: string, to: string, bucketMinutes: number): Promise<[string, number][]> {
  const camera = cameras.get(zone)!;
  const { crossings } = test.host.use(matrixvisionModule);
  await test.host.db.query('delete from matrixvision_crossing');
  const times: number[] = [];
  for (let time = Date.parse(from) + 420_000; time < Date.parse(to); time += 900_000) times.push(time);
  const place = { x: 0.5, y: 0.5, at: from };
  await crossings.add(
    times.map((time) => ({
      ...{ id: newId(), camera_id: camera, rule_id: 'gate', rule_version: 1, run_id: newId(), track: 1 },
      ...{ at: new Date(time), received_at: new Date(time), label: 'person', direction: 'in' as const },
      ...{ confirmed: true, doubts: [], before: place, after: place, picture: null, picture_covered: null },
    })),
  );
  const query = { camera, from: iso(from), to: iso(to), bucketMinutes };
  const { body } = await test.call('GET', '/api/matrixvision/crossings/counts', { query });
  return body.items.map((row: { start: string; in: number }) => [row.start, row.in]);
}

it.each([
  // Clocks go on from 02:00 to 03:00: a day of 23 hours.
  [
    '2026-03-28T00:00+01:00',
    '2026-03-31T00:00+02:00',
    ['2026-03-27T23', '2026-03-28T23', '2026-03-29T22'],
    [96, 92, 96],
  ],
  // They go back from 03:00 to 02:00: a day of 25 hours.
  [
    '2026-10-24T00:00+02:00',
    '2026-10-27T00:00+01:00',
    ['2026-10-23T22', '2026-10-24T22', '2026-10-25T23'],
    [96, 100, 96],
  ],
])('days of a site begin at its midnight when its clocks change: from %s', async (from, to, starts, counts) => {
  expect(await counted('Europe/Berlin', from, to, 1440)).toEqual(
    starts.map((start, index) => [`${start}:00:00.000Z`, counts[index]]),
  );
});

it('an hour that the clock shows twice is two, and one that it skips is none', async () => {
  const hours = (start: string, count: number) =>
    Array.from({ length: count }, (_, index) => [iso(Date.parse(start) + index * 3_600_000), 4]);
  expect(await counted('Europe/Berlin', '2026-10-25T00:00+02:00', '2026-10-25T05:00+01:00', 60)).toEqual(
    hours('2026-10-24T22:00Z', 6),
  );
  expect(await counted('Europe/Berlin', '2026-03-29T00:00+01:00', '2026-03-29T05:00+02:00', 60)).toEqual(
    hours('2026-03-28T23:00Z', 4),
  );
});

it('hours and days are those of the wall clock where it is off by quarters of an hour', async () => {
  const [from, to] = ['2026-03-05T00:00+05:45', '2026-03-05T02:00+05:45'];
  expect(await counted('Asia/Kathmandu', from, to, 60)).toEqual([
    ['2026-03-04T18:15:00.000Z', 4],
    ['2026-03-04T19:15:00.000Z', 4],
  ]);
  expect(await counted('Asia/Kathmandu', from, to, 1440)).toEqual([['2026-03-04T18:15:00.000Z', 8]]);
  expect(await counted('Asia/Kathmandu', from, '2026-03-05T00:30+05:45', 10)).toEqual([
    ['2026-03-04T18:15:00.000Z', 1],
    ['2026-03-04T18:35:00.000Z', 1],
  ]);
});

it('a stretch that begins within a day counts for that day', async () => {
  expect(await counted('Europe/Berlin', '2026-03-29T12:00+02:00', '2026-03-30T12:00+02:00', 1440)).toEqual([
    ['2026-03-28T23:00:00.000Z', 48],
    ['2026-03-29T22:00:00.000Z', 48],
  ]);
});

it('stretches that do not fit into an hour are refused', async () => {
  const query = { camera: cameras.get('Europe/Berlin'), from: iso('2026-03-05T00:00Z'), to: iso('2026-03-06T00:00Z') };
  for (const bucketMinutes of [7, 0, 90, 1.5]) {
    const answer = await test.call('GET', '/api/matrixvision/crossings/counts', { query: { ...query, bucketMinutes } });
    expect(answer.body.error.details.problems).toMatchObject([{ path: 'bucketMinutes' }]);
  }
});
