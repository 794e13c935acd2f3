import { fixedClock } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';

const hourMs = 3_600_000;
const start = Date.UTC(2026, 4, 1);
const clock = fixedClock(new Date(start));
let host: TestHost;
let siteId: string;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule], clock });
  const site = { kind: 'site', parentId: null, name: 'Works', timezone: 'UTC' };
  siteId = (await host.call('POST', '/api/cloud/nodes', { body: site })).body.id;
});
afterAll(() => host.cleanup());

async function source(name: string, points: { key: string; intervalSeconds?: number }[]): Promise<string> {
  const { body } = await host.call('POST', '/api/cloud/sources', { body: { siteId, name, kind: 'rest-push' } });
  const described = points.map((point) => ({ ...point, name: point.key, unit: 'kW', kind: 'gauge' }));
  await host.call('POST', `/api/cloud/sources/${body.id}/points`, { body: { points: described } });
  return body.id;
}
const push = (id: string, readings: object[]) =>
  host.call('POST', `/api/cloud/sources/${id}/readings`, { body: { readings } });
const every = (key: string, seconds: number, from: number, to: number) =>
  Array.from({ length: (to - from) / (seconds * 1000) }, (_, at) => {
    const time = from + at * seconds * 1000;
    return { key, time: new Date(time).toISOString(), value: at };
  });
/** `hour expected stored state` of each hour since the start. */
async function hours(id: string): Promise<string[]> {
  const query = { sourceId: id, from: new Date(start).toISOString(), to: clock.now().toISOString() };
  const { body } = await host.call('GET', '/api/cloud/delivery', { query });
  return body.items.map(
    (line: { hour: string; expected: number; stored: number; state: string }) =>
      `${(Date.parse(line.hour) - start) / hourMs} ${line.expected} ${line.stored} ${line.state}`,
  );
}

describe('what is expected of a source', () => {
  it('adds up points of differing intervals, and nothing of one that has none', async () => {
    const id = await source('mixed', [
      { key: 'minute', intervalSeconds: 60 },
      { key: 'quarter', intervalSeconds: 900 },
      { key: 'on-change' },
    ]);
    const begin = clock.now().getTime();
    clock.advance(2 * hourMs);
    const first = [...every('minute', 60, begin, begin + hourMs), ...every('quarter', 900, begin, begin + hourMs)];
    await push(id, [...first, { key: 'on-change', time: new Date(begin).toISOString(), value: 1 }]);
    // 60 minutes and 4 quarters an hour; in the second hour nothing came.
    expect(await hours(id)).toEqual(['0 64 65 complete', '1 64 0 missing']);
  });

  it('is nothing while it was switched off, and something again afterwards', async () => {
    const id = await source('switched', [{ key: 'p', intervalSeconds: 60 }]);
    const begin = clock.now().getTime();
    const at = (begin - start) / hourMs;
    clock.advance(hourMs);
    await push(id, every('p', 60, begin, begin + hourMs));
    const enable = (enabled: boolean) => host.call('PATCH', `/api/cloud/sources/${id}`, { body: { enabled } });
    await enable(false);
    clock.advance(1.5 * hourMs);
    await enable(true);
    clock.advance(1.5 * hourMs);
    expect(await hours(id)).toEqual([`${at} 60 60 complete`, `${at + 2} 30 0 missing`, `${at + 3} 60 0 missing`]);
  });
});
