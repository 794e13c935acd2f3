import { fileURLToPath } from 'node:url';
import type { VerbContext } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from './cli.ts';
import { createTestPlant, quarterMeter, type TestPlant } from './test-plant.ts';

const file = fileURLToPath(new URL('../tariffs/example-de-industrial.json', import.meta.url));

describe('the verbs of energy', () => {
  let plant: TestPlant;
  const day = { site: 'Works', from: '2024-07-01', to: '2024-07-02' };

  beforeAll(async () => {
    plant = await createTestPlant();
    const works = await plant.site('Works', 'Europe/Berlin');
    const { points } = await plant.source(works, 'main', [
      quarterMeter('Usage', { mainMeter: true }),
      quarterMeter('Lagging', { unit: 'kvar.h', quantity: 'reactive-energy-lagging' }),
    ]);
    for (const point of points)
      await plant.fill(point, Date.parse('2024-07-01T00:15+02:00'), 900_000, Array<number>(96).fill(25));
  });
  afterAll(() => plant.cleanup());

  /** What a verb prints for a person; these verbs only call. */
  async function print(name: string, given: Record<string, string>, options: VerbContext['options']): Promise<string> {
    const verb = verbs.find((one) => one.name === name)!;
    const answer = await verb.run({
      arguments: given,
      options,
      json: false,
      async call<T>(method: Parameters<VerbContext['call']>[0], path: string, request = {}) {
        const { status, body } = await plant.call(method, path, request);
        if (status >= 400) throw new Error(body.error.code);
        return body as T;
      },
    } as VerbContext);
    return verb.print!(answer as never);
  }

  it('imports, assigns and lists tariffs', async () => {
    expect(await print('tariffs', {}, {})).toContain('No tariffs yet');
    expect(await print('tariffs', { ACTION: 'import', WHAT: file }, {})).toContain('made-up prices');
    const options = { site: 'Works', from: '2024-01-01' };
    await print('tariffs', { ACTION: 'assign', WHAT: 'example-de-industrial' }, options);
    expect(await print('tariffs', {}, {})).toContain('Works: example-de-industrial@1 from 2024-01-01');
    await expect(print('tariffs', { ACTION: 'burn' }, {})).rejects.toMatchObject({
      code: 'ENERGY_TARIFF_ACTION_UNKNOWN',
    });
    await expect(print('tariffs', { ACTION: 'import', WHAT: `${file}.gone` }, {})).rejects.toMatchObject({
      code: 'ENERGY_TARIFF_FILE_UNREADABLE',
    });
  });

  it('prints a bill with two decimals', async () => {
    const text = await print('bill', {}, day);
    expect(text).toContain('energy    peak: 232.00'); // 1600 kWh at 0.1450
    expect(text).toContain('energy    valley: 89.60'); // 800 kWh at 0.1120
    expect(text).toMatch(/total {4}\d+\.\d\d EUR\n {2}evidence [0-9a-f-]{36}$/);
  });

  it('prints how the sites stand, also those where nothing is metered', async () => {
    await plant.site('Yard', 'Europe/Berlin');
    const text = await print('overview', {}, {});
    expect(text).toContain('Yard: nothing is metered');
    expect(text).toMatch(/Works\n {2}electricity\n {4}this month {5}unknown\n/);
    expect(text).toMatch(/ {2}cost {13}\d+\.\d\d EUR for .*, 0 % covered \(made-up prices\)/);
  });

  it('prints consumption, with evidence or by step', async () => {
    expect(await print('consumption', {}, day)).toMatch(/electricity {4}2,400 kW\.h, 100 % covered\n {2}evidence/);
    expect(await print('consumption', {}, { ...day, by: 'day' })).toContain('2024-07-01  2,400 kW.h');
  });
});
