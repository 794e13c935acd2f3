import type { Page } from 'playwright-core';
import type { RunningServer } from './server.ts';

export interface SmallPlant {
  readonly siteId: string;
  readonly sourceId: string;
  readonly pointIds: readonly string[];
}

/** Calls the API as the person who is signed in. */
export async function call<T>(page: Page, server: RunningServer, path: string, data: object): Promise<T> {
  const response = await page.request.post(`/api/${path}`, { data, headers: { origin: server.url } });
  const body = await response.text();
  if (!response.ok()) throw new Error(`${path}: ${body}`);
  return (body ? JSON.parse(body) : undefined) as T;
}

/** One site with an asset, a source that is pushed to, and two points with an hour of readings, some not good. */
export async function fillPlant(page: Page, server: RunningServer, now = Date.now()): Promise<SmallPlant> {
  const place = { kind: 'site', name: 'Harbour works', timezone: 'Asia/Shanghai', parentId: null };
  const { id: siteId } = await call<{ id: string }>(page, server, 'cloud/nodes', place);
  await call(page, server, 'cloud/nodes', { kind: 'asset', name: 'Crane 12', parentId: siteId });
  const source = { siteId, name: 'Gate meter', kind: 'rest-push' };
  const { id: sourceId } = await call<{ id: string }>(page, server, 'cloud/sources', source);
  const points = [
    { key: 'load', name: 'Feeder: load', unit: 'kW', kind: 'gauge', quantity: 'power', carrier: 'electricity' },
    { key: 'oil', name: 'Oil temperature', unit: 'Cel', kind: 'gauge', quantity: 'temperature' },
  ].map((point) => ({ ...point, intervalSeconds: 60 }));
  const { items } = await call<{ items: { id: string }[] }>(page, server, `cloud/sources/${sourceId}/points`, {
    points,
  });
  const minute = 60_000;
  const last = Math.floor(now / minute) * minute;
  const readings = Array.from({ length: 60 }, (_, index) => {
    const time = new Date(last - (59 - index) * minute).toISOString();
    return [
      // The 11th was estimated by the meter, the 21st is known to be wrong.
      { key: 'load', time, value: 40 + (index % 7), quality: { 10: 'uncertain', 20: 'bad' }[index] ?? 'good' },
      { key: 'oil', time, value: 60 + index / 10 },
    ];
  }).flat();
  await call(page, server, `cloud/sources/${sourceId}/readings`, { readings });
  return { siteId, sourceId, pointIds: items.map(({ id }) => id) };
}
