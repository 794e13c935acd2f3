import { operatorActor } from '@millwright/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawnPlant } from '../baselines/drawn-plant.ts';
import { createTestPlant, type TestPlant } from '../test-plant.ts';

describe('measures on the server', () => {
  let plant: TestPlant;
  let ids: Record<'energy' | 'temperature' | 'pieces', string>;

  beforeAll(async () => {
    plant = await createTestPlant();
    const works = await plant.site('Works', 'Europe/Berlin');
    const { points } = await plant.source(works, 'main', [
      {
        key: 'energy',
        name: 'Energy',
        unit: 'kW.h',
        kind: 'delta',
        stamp: 'end',
        intervalSeconds: 3600,
        carrier: 'electricity',
        quantity: 'energy',
      },
      {
        key: 'outside',
        name: 'Outside',
        unit: '[degF]',
        kind: 'gauge',
        intervalSeconds: 3600,
        quantity: 'temperature',
      },
      {
        key: 'pieces',
        name: 'Pieces',
        unit: '1',
        kind: 'delta',
        stamp: 'end',
        intervalSeconds: 3600,
        quantity: 'production',
      },
    ]);
    const saving = { day: 365, share: 0.1 };
    const { rows, from } = drawnPlant({
      ...{ from: '2023-01-01T00:00+01:00', days: 425, stepHours: 1, timezone: 'Europe/Berlin', noise: 15, saving },
    });
    const [energy, outside, pieces] = points;
    await plant.fill(energy!, from + 3_600_000, 3_600_000, [...rows.energy]);
    await plant.fill(
      outside!,
      from,
      3_600_000,
      [...rows.temperature!].map((value) => value * 1.8 + 32),
    );
    await plant.fill(pieces!, from + 3_600_000, 3_600_000, [...rows.drivers[0]!.values]);
    ids = { energy: energy!.id, temperature: outside!.id, pieces: pieces!.id };
  }, 120_000);
  afterAll(() => plant.cleanup());

  const drivers = () => ({ temperaturePointId: ids.temperature, driverPointIds: [ids.pieces] });

  it('learns a baseline that verify proves', async () => {
    const body = { pointId: ids.energy, ...drivers(), from: '2023-01-01', to: '2024-01-01', method: 'daily' };
    const { status, body: found } = await plant.call('POST', '/api/energy/baselines', { body });
    expect(status).toBe(200);
    expect(found.baseline).toMatchObject({ method: 'daily', step: 'day', observations: 365 });
    expect(found.baseline.cvrmse).toBeLessThan(0.03);
    expect(found.baseline.segments[0].form).toBe('hdd-cdd');
    expect(found.daily.start[0]).toBe('2023-01-01T00:00:00+01:00');
    expect(await plant.host.ledger.verify(operatorActor, found.evidence)).toMatchObject({ status: 'proved' });
  });

  it('proves what a measure saved, with an adjustment that shows its document', async () => {
    const body = {
      ...{ name: 'New compressor', pointId: ids.energy, ...drivers(), method: 'daily', status: 'installed' },
      ...{
        baselineFrom: '2023-01-01',
        workFrom: '2023-12-31',
        workTo: '2024-01-01',
        cost: '12000.50',
        currency: 'EUR',
      },
    };
    const { status, body: measure } = await plant.call('POST', '/api/energy/measures', { body });
    expect(status).toBe(201);
    const document = { name: 'shift plan.pdf', base64: Buffer.from('plan').toString('base64') };
    const adjustment = { reason: 'Second shift', from: '2024-02-01', to: '2024-02-11', amount: 500, document };
    const path = `/api/energy/measures/${measure.id}`;
    const adjusted = await plant.call('POST', `${path}/adjustments`, { body: adjustment });
    expect(adjusted.body.adjustments).toMatchObject([{ reason: 'Second shift', document: { name: 'shift plan.pdf' } }]);
    const { body: answer } = await plant.call('POST', `${path}/savings`, { body: { to: '2024-03-01' } });
    const { savings } = answer;
    expect(savings.significant).toBe(true);
    expect(Math.abs(savings.savings - 500 - savings.measured / 9)).toBeLessThan(savings.uncertainty);
    expect(answer.daily.start.length).toBe(60);
    expect(answer.measure.result.savings).toBe(savings.savings);
    expect(await plant.host.ledger.verify(operatorActor, answer.evidence)).toMatchObject({ status: 'proved' });
    const { body: without } = await plant.call('DELETE', `${path}/adjustments/${adjusted.body.adjustments[0].id}`);
    expect(without.adjustments).toEqual([]);
    const changed = await plant.call('PATCH', path, { body: { status: 'verified' } });
    expect(changed.body.status).toBe('verified');
    expect((await plant.call('GET', '/api/energy/measures')).body.items).toHaveLength(1);
    const order = await plant.call('PATCH', path, { body: { workFrom: '2022-01-01' } });
    expect(order.body.error.code).toBe('ENERGY_MEASURE_ORDER');
    const none = await plant.call('GET', `/api/energy/measures/${ids.energy}`);
    expect(none.body.error.code).toBe('ENERGY_MEASURE_UNKNOWN');
  });

  it('says that too few days were given', async () => {
    const body = { pointId: ids.energy, from: '2023-01-01', to: '2023-01-10', method: 'daily' };
    const { status, body: answer } = await plant.call('POST', '/api/energy/baselines', { body });
    expect(status).toBe(422);
    expect(answer.error).toMatchObject({ code: 'ENERGY_BASELINE_TOO_SHORT', details: { have: 9, need: 28 } });
  });
});
