import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';

const quarter = 900_000;
const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../tariffs/${name}.json`, import.meta.url), 'utf8'));

describe('what the month has cost so far', () => {
  let plant: TestPlant;
  let now = new Date('2024-07-11T12:00+08:00');
  let works = '';

  beforeAll(async () => {
    plant = await createTestPlant({ clock: { now: () => now } });
    works = await plant.site('Works', 'Asia/Shanghai');
    const depot = await plant.site('Depot', 'Asia/Shanghai');
    await plant.site('Office', 'Asia/Shanghai');
    const start = Date.parse('2024-06-01T00:00+08:00');
    const { points } = await plant.source(works, 'main', [
      quarterMeter('Usage', { mainMeter: true }),
      quarterMeter('Lagging', { unit: 'kvar.h', quantity: 'reactive-energy-lagging' }),
    ]);
    for (const point of points) await plant.fill(point, start + quarter, quarter, Array<number>(40 * 96).fill(25));
    // Its tariff bills reactive energy, which nobody meters there.
    const second = await plant.source(depot, 'main', [quarterMeter('Usage', { mainMeter: true })]);
    await plant.fill(second.points[0]!, start + quarter, quarter, [1, 2, 3]);
    await plant.call('POST', '/api/energy/tariffs', { body: example('example-cn-industrial') });
    for (const siteId of [works, depot])
      await plant.call('POST', '/api/energy/tariffs/example-cn-industrial/assignments', {
        body: { siteId, validFrom: '2024-01-01' },
      });
  });
  afterAll(() => plant.cleanup());

  const costs = async (siteIds?: string[]) =>
    (await plant.call('GET', '/api/energy/costs', siteIds && { as: { role: 'viewer', siteIds } })).body.items;
  const billed = async (from: string, to: string) =>
    (await plant.call('POST', '/api/energy/bills', { body: { siteId: works, from, to } })).body.total;

  it('is the bill of the days that are over, of sites with a tariff only', async () => {
    const [depot, here] = await costs();
    expect(here).toMatchObject({
      site: { name: 'Works' },
      period: { from: '2024-07-01T00:00:00+08:00', to: '2024-07-11T00:00:00+08:00' },
      cost: { currency: 'CNY', coverage: 1, tariffs: [{ id: 'example-cn-industrial', example: true }] },
      problem: null,
    });
    expect(here.cost.total).toBe(await billed('2024-07-01', '2024-07-11'));
    expect(depot).toMatchObject({ site: { name: 'Depot' }, cost: null });
    expect(depot.problem).toMatchObject({
      code: 'ENERGY_TARIFF_INPUT_MISSING',
      details: { missing: { code: 'energy-reason.lagging-energy' } },
    });
  });

  it('is the whole month before on the first of a month', async () => {
    now = new Date('2024-07-01T12:00+08:00');
    const [here] = await costs([works]);
    expect(here.period).toEqual({ from: '2024-06-01T00:00:00+08:00', to: '2024-07-01T00:00:00+08:00' });
    expect(here.cost.total).toBe(await billed('2024-06-01', '2024-07-01'));
    now = new Date('2024-07-11T12:00+08:00');
  });

  it('records nothing', async () => {
    const count = async () =>
      (await plant.call('GET', '/api/ledger/entries', { query: { type: 'energy.bill', limit: 500 } })).body.items
        .length;
    const before = await count();
    await costs();
    expect(await count()).toBe(before);
  });

  it('shows nobody more than the sites they may see', async () => {
    const items = await costs([works]);
    expect(items.map(({ site }: { site: { name: string } }) => site.name)).toEqual(['Works']);
    expect((await plant.call('GET', '/api/energy/costs', { as: 'nobody' })).status).toBe(401);
  });
});
