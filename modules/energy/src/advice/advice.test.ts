import { operatorActor, type Verb, type VerbContext } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import exampleTariff from '../../tariffs/example-cn-industrial.json' with { type: 'json' };
import {
  adviceComputeVerb,
  adviceVerb,
  measuresAddVerb,
  measuresAdjustVerb,
  measuresProveVerb,
  measuresVerb,
  meterBaselineVerb,
} from '../cli/measure-verbs.ts';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';

describe('saving advice on the server', () => {
  let plant: TestPlant;
  let pointId: string;
  const period = { from: '2025-03-01', to: '2025-05-01' };

  beforeAll(async () => {
    plant = await createTestPlant();
    const works = await plant.site('Works', 'Asia/Shanghai');
    const { points } = await plant.source(works, 'compressors', [quarterMeter('Energy')]);
    const works1 = (quarter: number) => quarter % 672 < 480 && quarter % 96 >= 28 && quarter % 96 < 88;
    const values = Array.from({ length: 61 * 96 }, (_, quarter) => (works1(quarter) ? 25 : 8) + Math.sin(quarter));
    await plant.fill(points[0]!, Date.parse('2025-03-01T00:15+08:00'), 900_000, values);
    pointId = points[0]!.id;
  }, 120_000);
  afterAll(() => plant.cleanup());

  const compute = (body: Record<string, unknown>) =>
    plant.call('POST', '/api/energy/advice', { body: { pointId, ...period, ...body } });

  it('computes, proves and follows an advice up by a measure', async () => {
    const emission = { kgPerkWh: 0.5366, source: 'grid mean of the authority, 2022' };
    const { status, body: advice } = await compute({ kind: 'compressed-air', price: 0.7, currency: 'CNY', emission });
    expect(status).toBe(201);
    const { energy, cost, tCO2e, notes } = advice.found;
    expect(cost.value).toBeCloseTo(energy.value * 0.7, 3);
    expect(tCO2e.value).toBeCloseTo(energy.value * 0.0005366, 6);
    expect(notes.map(({ code }: { code: string }) => code)).toContain('energy-advice.no-tariff');
    expect(await plant.host.ledger.verify(operatorActor, advice.evidence)).toMatchObject({ status: 'proved' });
    const work = { baselineFrom: '2025-03-01', workFrom: '2025-05-01', workTo: '2025-05-02' };
    const { status: made, body: followed } = await plant.call('POST', `/api/energy/advice/${advice.id}/measure`, {
      body: work,
    });
    expect(made).toBe(201);
    expect(followed.measure).toMatchObject({
      adviceFindingId: advice.evidence,
      expected: energy.value,
      status: 'planned',
    });
    expect(followed.advice).toMatchObject({ status: 'accepted', measureId: followed.measure.id });
    const { body: list } = await plant.call('GET', '/api/energy/advice');
    expect(list.items[0]).toMatchObject({ status: 'accepted', measureId: followed.measure.id });
  });

  it('shifts load under the tariff of the site', async () => {
    await plant.call('POST', '/api/energy/tariffs', { body: exampleTariff });
    await plant.call('POST', `/api/energy/tariffs/${exampleTariff.id}/assignments`, {
      body: { site: 'Works', validFrom: '2025-01-01' },
    });
    const { status, body: advice } = await compute({ kind: 'load-shifting', settings: { shiftable: 0.2 } });
    expect(status).toBe(201);
    expect(advice).toMatchObject({ currency: 'CNY', status: 'open' });
    expect(advice.found.cost.value).toBeGreaterThan(0);
    const { body: changed } = await plant.call('PATCH', `/api/energy/advice/${advice.id}`, {
      body: { status: 'dismissed' },
    });
    expect(changed.status).toBe('dismissed');
  });

  it('says what is missing', async () => {
    const code = async (body: Record<string, unknown>) => (await compute(body)).body.error.code;
    expect(await code({ kind: 'power-factor' })).toBe('ENERGY_ADVICE_INPUT_MISSING');
    expect(await code({ kind: 'base-load', settings: { aim: 500 } })).toBe('ENERGY_ADVICE_SETTINGS_INVALID');
    expect(await code({ kind: 'base-load', from: '2025-03-01', to: '2025-03-05' })).toBe('ENERGY_ADVICE_INPUT_MISSING');
    const none = await plant.call('PATCH', `/api/energy/advice/${pointId}`, { body: { status: 'open' } });
    expect(none.body.error.code).toBe('ENERGY_ADVICE_UNKNOWN');
  });

  it('is reached by the verbs too', { timeout: 90_000 }, async () => {
    const run = async (verb: Verb, given: Record<string, string>, options: VerbContext['options']) => {
      const answer = await verb.run({
        ...{ arguments: given, options, json: false },
        async call<T>(method: Parameters<VerbContext['call']>[0], path: string, request = {}) {
          const { status, body } = await plant.call(method, path, request);
          if (status >= 400) throw Object.assign(new Error(body.error.message), { code: body.error.code });
          return body as T;
        },
      } as unknown as VerbContext);
      return verb.print!(answer as never);
    };
    const meter = { source: 'compressors', ...period };
    const printed = await run(adviceComputeVerb, { KIND: 'base-load' }, { ...meter, settings: '{"aim": 20}' });
    expect(printed).toContain('base-load, compressors, Energy, open');
    expect(await run(adviceVerb, {}, {})).toContain('a year');
    const times = { 'baseline-from': '2025-03-01', 'work-from': '2025-04-10', 'work-to': '2025-04-10' };
    const added = await run(measuresAddVerb, { NAME: 'Leaks closed' }, { source: 'compressors', ...times });
    const id = { MEASURE: added.slice(0, 36) };
    const adjustment = { reason: 'Trial run', from: '2025-04-12', to: '2025-04-13', amount: '50' };
    expect(await run(measuresAdjustVerb, id, adjustment)).toContain('50  Trial run');
    expect(await run(measuresProveVerb, id, { to: '2025-05-01', confidence: '0.8' })).toContain('interval');
    expect(await run(measuresVerb, {}, {})).toContain('Leaks closed, planned');
    expect(await run(meterBaselineVerb, {}, meter)).toContain('CV(RMSE)');
    await expect(run(adviceComputeVerb, { KIND: 'base-load' }, { ...meter, settings: '{' })).rejects.toMatchObject({
      code: 'ENERGY_OPTION_INVALID',
    });
  });
});
