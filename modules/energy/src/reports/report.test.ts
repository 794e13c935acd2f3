import type { Caller } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestPlant, quarterMeter, type TestPlant } from '../test-plant.ts';

const quarter = 900_000;
const hour = 4 * quarter;

describe('the report of a meter', () => {
  let plant: TestPlant;
  let [seoul, berlin] = ['', ''];
  let usageId = '';
  const start = Date.parse('2024-01-01T00:00+09:00');
  const body = { source: 'steel', from: '2024-01-01', to: '2024-01-03' };

  beforeAll(async () => {
    plant = await createTestPlant();
    seoul = await plant.site('Gwangyang', 'Asia/Seoul');
    berlin = await plant.site('Berlin', 'Europe/Berlin');
    const reactive = (key: string) => ({ ...quarterMeter(key), unit: 'kvar.h', quantity: key });
    const steel = await plant.source(seoul, 'steel', [
      quarterMeter('Usage'),
      reactive('reactive-energy-lagging'),
      reactive('reactive-energy-leading'),
    ]);
    const [usage, lagging, leading] = steel.points;
    usageId = usage!.id;
    // Two days: 2.5 kWh a quarter until 06:00, then 10, one of 25; two hours are missing on the first day.
    const values = Array.from({ length: 192 }, (_, index): number => (index % 96 < 24 ? 2.5 : 10));
    values[96 + 48] = 25;
    values.fill(Number.NaN, 40, 48);
    await plant.fill(usage!, start + quarter, quarter, values);
    await plant.fill(lagging!, start + quarter, quarter, Array(192).fill(3));
    await plant.fill(leading!, start + quarter, quarter, Array(192).fill(1));

    // A day of 23 hours, and one of 25, of one kilowatt each.
    const clock = await plant.source(berlin, 'clock', [quarterMeter('Usage')]);
    await plant.fill(clock.points[0]!, Date.parse('2024-03-31T00:15+01:00'), quarter, Array(23 * 4).fill(0.25));
    await plant.fill(clock.points[0]!, Date.parse('2024-10-27T00:15+02:00'), quarter, Array(25 * 4).fill(0.25));
    await plant.source(berlin, 'many', [quarterMeter('Press 1'), quarterMeter('Press 2')]);
    const register = await plant.source(berlin, 'register', [
      quarterMeter('Register', { kind: 'counter', registerMaximum: 10_000, intervalSeconds: 3600 }),
    ]);
    const risen = Array.from({ length: 26 }, (_, index) => (9_900 + index * 10) % 10_000);
    await plant.fill(register.points[0]!, Date.parse('2024-05-01T23:30+02:00'), hour, risen);
  });
  afterAll(() => plant.cleanup());

  const report = (request: object, as?: Parameters<TestPlant['call']>[2]) =>
    plant.call('POST', '/api/energy/reports', { body: request, ...as });

  it('names consumption, peak, gaps, power factor and where they come from', async () => {
    const { status, body: answer } = await report(body);
    expect(status).toBe(200);
    expect(answer.consumption).toEqual({ value: 1575 - 80 + 0, unit: 'kW.h', estimated: 0, substituted: 0 });
    expect(answer.peak).toMatchObject({ kW: 100, at: '2024-01-02T12:15:00+09:00' });
    expect(answer.gaps).toEqual([
      { from: '2024-01-01T10:00:00+09:00', to: '2024-01-01T12:00:00+09:00', minutes: 120, filled: false },
    ]);
    expect(answer.coverage).toMatchObject({ share: 46 / 48, readingsExpected: 192, readingsUsable: 184 });
    expect(answer.loadFactor).toBeCloseTo(1495 / 46 / 100, 12);
    expect(answer.baseLoadkW).toBe(10);
    expect(answer.powerFactor.value).toBeCloseTo(1495 / Math.hypot(1495, 4 * 192), 12);
    expect(answer).toMatchObject({
      source: { name: 'steel' },
      site: { name: 'Gwangyang', timezone: 'Asia/Seoul' },
      point: { name: 'Usage' },
      period: { from: '2024-01-01T00:00:00+09:00', to: '2024-01-03T00:00:00+09:00' },
      interval: '15m',
    });
    expect(answer.profile).toBeUndefined();
  });

  it('gives the typical days when asked, on the interval asked for', async () => {
    const { body: answer } = await report({ ...body, interval: '1h', profile: true });
    expect(answer.interval).toBe('1h');
    expect(answer.profile.workday.mean).toHaveLength(24);
    expect(answer.peak.kW).toBe(55);
  });

  it('takes times without an offset on the site’s clock and others as they are', async () => {
    const local = await report({ ...body, from: '2024-01-01T06:00', to: '2024-01-01T08:00' });
    const offset = await report({ ...body, from: '2023-12-31T21:00Z', to: '2023-12-31T23:00Z' });
    expect(local.body.consumption.value).toBe(80);
    expect(offset.body.consumption.value).toBe(80);
    expect(offset.body.period.from).toBe('2024-01-01T06:00:00+09:00');
  });

  it('counts 23 and 25 hours on the days that change the clock', async () => {
    const spring = await report({ source: 'clock', from: '2024-03-31', to: '2024-04-01' });
    expect(spring.body).toMatchObject({ consumption: { value: 23 }, coverage: { hours: 23, share: 1 }, gaps: [] });
    const autumn = await report({ source: 'clock', from: '2024-10-27', to: '2024-10-28' });
    expect(autumn.body).toMatchObject({ consumption: { value: 25 }, coverage: { hours: 25, share: 1 }, gaps: [] });
    expect(autumn.body.period).toEqual({ from: '2024-10-27T00:00:00+02:00', to: '2024-10-28T00:00:00+01:00' });
  });

  it('counts a register across its rollover, up to the edges of the period', async () => {
    const { body: answer } = await report({ source: 'register', from: '2024-05-02', to: '2024-05-03', interval: '1h' });
    expect(answer.consumption.value).toBeCloseTo(240, 9);
    expect(answer.coverage.share).toBe(1);
    expect(answer.notes.map(({ code }: { code: string }) => code)).toContain('energy.counter-rollover');
  });

  it('says when a meter was read, where the period holds no reading of it', async () => {
    const { body: answer } = await report({ ...body, from: '2030-01-01', to: '2030-02-01' });
    expect(answer).toMatchObject({ consumption: { value: null }, peak: null, loadFactor: null, baseLoadkW: null });
    expect(answer.notes).toEqual([
      {
        code: 'energy.read-at-other-times',
        values: {
          from: { time: '2023-12-31T15:15:00.000Z', zone: 'Asia/Seoul' },
          to: { time: '2024-01-02T15:00:00.000Z', zone: 'Asia/Seoul' },
        },
        text: 'No reading lies in the period; this meter was read from 2024-01-01 00:15 (Asia/Seoul) to 2024-01-03 00:00 (Asia/Seoul).',
      },
    ]);
    const never = await report({ source: 'many', point: 'Press 1', from: '2024-01-01', to: '2024-01-02' });
    expect(never.body.notes).toMatchObject([{ code: 'energy.never-read' }]);
  });

  it('refuses an unknown interval, time, reversed period and source, saying what there is', async () => {
    const interval = await report({ ...body, interval: '20m' });
    expect(interval.status).toBe(400);
    const time = await report({ ...body, from: '2024-02-30' });
    expect([time.status, time.body.error.code]).toEqual([400, 'ENERGY_TIME_INVALID']);
    const reversed = await report({ ...body, from: '2024-01-03', to: '2024-01-01' });
    expect([reversed.status, reversed.body.error.code]).toEqual([422, 'ENERGY_PERIOD_INVALID']);
    const source = await report({ ...body, source: 'iron' });
    expect([source.status, source.body.error.code]).toEqual([404, 'SOURCE_UNKNOWN']);
    expect(source.body.error.message).toContain('steel');
    const nothing = await report({ from: '2024-01-01', to: '2024-01-03' });
    expect(nothing.body.error.code).toBe('ENERGY_METER_NOT_SAID');
  });

  it('asks which point is meant where a source has several meters', async () => {
    const period = { from: '2024-01-01', to: '2024-01-02' };
    const several = await report({ source: 'many', ...period });
    expect(several.status).toBe(422);
    expect(several.body.error.details.points).toEqual(['Press 1', 'Press 2']);
    const one = await report({ source: 'many', point: 'press 2', ...period });
    expect(one.body).toMatchObject({ point: { name: 'Press 2' }, consumption: { value: null }, peak: null });
    const none = await report({ source: 'many', point: 'Press 3', ...period });
    expect([none.status, none.body.error.code]).toEqual([404, 'ENERGY_POINT_MISSING']);
  });

  it('refuses who has no rights on the site, and hides its sources', async () => {
    const as: Caller = { role: 'viewer', siteIds: [berlin] };
    const byName = await report(body, { as });
    expect([byName.status, byName.body.error.code]).toEqual([404, 'SOURCE_UNKNOWN']);
    expect(byName.body.error.details.known).toEqual(['clock', 'many', 'register']);
    const { from, to } = body;
    const byPoint = await report({ pointId: usageId, from, to }, { as });
    expect([byPoint.status, byPoint.body.error.code]).toEqual([403, 'ACCESS_SITE_DENIED']);
    const bySite = await report({ ...body, site: 'Gwangyang' }, { as });
    expect(bySite.status).toBe(403);
    expect((await report({ ...body, source: 'clock' }, { as })).status).toBe(200);
    const unscoped = await report(body, { as: { role: 'viewer', scopes: ['cloud.*'] } });
    expect([unscoped.status, unscoped.body.error.code]).toEqual([403, 'ACCESS_DENIED']);
    expect((await report(body, { as: 'nobody' })).status).toBe(401);
  });

  it('proves itself, and names point and hour when a reading is changed by hand', async () => {
    const { body: answer } = await report(body);
    const verify = () => plant.call('POST', `/api/ledger/entries/${answer.evidence}/verify`);
    expect((await verify()).body).toMatchObject({ status: 'proved', checked: 3, method: { id: 'energy.report' } });
    const change = (value: number) =>
      plant.database.db.query(
        `update cloud_measurement m set value = $1 from cloud_point p where p.number = m.point and p.id = $2 and m.time = '2024-01-02T12:15+09:00'`,
        [value, usageId],
      );
    await change(24.9);
    const { body: changed } = await verify();
    expect(changed.status).toBe('inputs changed');
    expect(changed.changes).toHaveLength(1);
    expect(changed.changes[0].message).toContain('Usage');
    expect(changed.changes[0].places).toEqual([{ point: 'Usage', pointId: usageId, hour: '2024-01-02T03:00:00.000Z' }]);
    await change(25);
    expect((await verify()).body.status).toBe('proved');
  });

  it('stays as it was when the point is described differently later', async () => {
    const { body: answer } = await report(body);
    await plant.call('PATCH', `/api/cloud/points/${usageId}`, { body: { unit: 'MW.h' } });
    const { body: verified } = await plant.call('POST', `/api/ledger/entries/${answer.evidence}/verify`);
    expect(verified.status).toBe('proved');
    await plant.call('PATCH', `/api/cloud/points/${usageId}`, { body: { unit: 'kW.h' } });
  });
});
