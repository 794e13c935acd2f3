import { type Method, runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from '../cli.ts';
import { orionModule } from '../server.ts';
import { hourMs, now, type WatchedPump, watchedPump, wearFrom } from './test/watched-pump.ts';

const dayMs = 86_400_000;
let pump: WatchedPump;
let monitorId: string;
beforeAll(async () => {
  pump = await watchedPump();
});
afterAll(() => pump.test.cleanup());

const ask = async (method: Method, path: string, body?: unknown) => {
  const answer = await pump.test.call(method, `/api/orion${path}`, { body });
  if (answer.status >= 400) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const scoring = () => pump.test.host.use(orionModule).scoring;

describe('an asset that is watched', () => {
  it('is offered with its points and a period that leaves the newest out', async () => {
    const proposal = await ask('GET', `/monitors/proposal?nodeId=${pump.pumpId}`);
    expect(proposal.points.filter(({ proposed }: { proposed: boolean }) => proposed)).toHaveLength(4);
    expect(proposal.period.to).toBeLessThanOrEqual(now - 28 * dayMs);
    expect(proposal.period.to - proposal.period.from).toBeGreaterThan(120 * dayMs);
  });

  it('learns on a job, and its wear is announced weeks before it is through', async () => {
    const { period } = await ask('GET', `/monitors/proposal?nodeId=${pump.pumpId}`);
    const body = {
      ...{ nodeId: pump.pumpId, pointIds: pump.pointIds, perWeek: 0.25 },
      ...{ from: new Date(period.from).toISOString(), to: new Date(period.to).toISOString() },
    };
    const made = await ask('POST', '/monitors', body);
    expect(made.state).toBe('learning');
    monitorId = made.id;
    expect(await pump.test.jobEnd(made.job.id)).toMatchObject({ state: 'done', result: { version: 1 } });
    await scoring().pass();
    const monitor = await ask('GET', `/monitors/${monitorId}`);
    expect(monitor).toMatchObject({ state: 'watching', openIncidents: 1, liveVersion: 1, health: 0 });
    expect(monitor.versions[0]).toMatchObject({ method: 'pca', stepMs: hourMs, role: 'live', late: 0 });
    const { items } = await ask('GET', '/incidents');
    expect(items).toMatchObject([
      {
        nodeName: 'Cooling pump 1',
        state: 'open',
        severity: 'critical',
        ended: false,
        leading: expect.stringContaining('Vibration'),
      },
    ]);
    const found = Date.parse(items[0].from);
    // Of 35 days of wear, quadratic in time.
    expect(found).toBeGreaterThan(wearFrom);
    expect(found).toBeLessThan(wearFrom + 10 * dayMs);
  });

  it('shows series, band, blame and hints, and its alarm is proved by scoring again', async () => {
    const [{ id }] = (await ask('GET', '/incidents')).items;
    const incident = await ask('GET', `/incidents/${id}`);
    expect(incident.blame[0]).toMatchObject({ name: expect.stringContaining('Vibration') });
    expect(incident.hints[0].code).toBe('orion-hints.vibration-bearing');
    const { findingId } = incident.alarms[0];
    const verified = await pump.test.call('POST', `/api/ledger/entries/${findingId}/verify`);
    expect(verified.body).toMatchObject({ status: 'proved' });
    const series = await ask('GET', `/incidents/${id}/series`);
    expect(series.sensors).toHaveLength(4);
    expect(series.sensors[2].high).toBeLessThan(Math.max(...series.sensors[2].value));
    expect(Math.min(...series.health.index)).toBe(0);
  });

  it('scores what comes later once, whatever is in memory', async () => {
    const before = await ask('GET', `/monitors/${monitorId}`);
    pump.clock.advance(2 * dayMs);
    await pump.store(now, now + 2 * dayMs);
    await scoring().pass();
    scoring().forget(monitorId);
    pump.clock.advance(dayMs);
    await pump.store(now + 2 * dayMs, now + 3 * dayMs);
    await scoring().pass();
    await scoring().pass();
    const after = await ask('GET', `/monitors/${monitorId}`);
    expect(after.versions[0].alarms).toBe(before.versions[0].alarms);
    expect(Date.parse(after.scoredTo)).toBe(now + 3 * dayMs - hourMs);
    const { rows } = await pump.test.host.db.query<{ rows: number }>(
      'select sum(rows)::int as rows from orion_score where monitor_id = $1 and hour >= $2',
      [monitorId, new Date(now)],
    );
    // Three days, less the hour that is not known to be whole.
    expect(rows[0]!.rows).toBe(3 * 24 - 1);
  });

  it('has its threshold set anew by a false alarm, and shows how often that was, with an interval', async () => {
    const early = (await ask('GET', '/incidents?state=open')).items[0];
    const before = (await ask('GET', `/monitors/${monitorId}`)).versions[0];
    const judged = await ask('POST', `/incidents/${early.id}/verdict`, { verdict: 'false', comment: 'Spring' });
    expect(judged).toMatchObject({ state: 'closed', verdict: 'false', comment: 'Spring' });
    const after = (await ask('GET', `/monitors/${monitorId}`)).versions[0];
    expect(after.falseAlarms).toMatchObject({
      count: after.alarms,
      perWeek: expect.closeTo(after.alarms / after.falseAlarms.weeks),
    });
    expect(after.falseAlarms.high).toBeGreaterThan(after.falseAlarms.perWeek);
    expect(after.kept.weeks).toBeGreaterThan(before.kept.weeks);
    const { items } = (await pump.test.call('GET', '/api/ledger/entries', { query: { type: 'orion.incident-judge' } }))
      .body;
    expect(items[0].content.retuned[0].after.threshold).toBe(after.kept.threshold);
    expect(items[0].content.retuned[0].after.seen).toBe(after.kept.seen);
    // Taken back, the promise is what it was.
    await ask('POST', `/incidents/${early.id}/reopen`);
    expect((await ask('GET', `/monitors/${monitorId}`)).versions[0].kept).toEqual(before.kept);
  });

  it('becomes an order, whose end closes the incident, keeps the promise and is not learnt from', async () => {
    const [{ id }] = (await ask('GET', '/incidents')).items;
    const incident = await ask('GET', `/incidents/${id}`);
    const checklist = incident.hints.map(({ text }: { text: string }) => text);
    const order = await ask('POST', `/incidents/${id}/order`, { title: 'Look at the bearing', checklist });
    const path = `/api/cloud/orders/${order.id}`;
    const raised = await pump.test.call('GET', path);
    expect(raised.body).toMatchObject({
      priority: 'urgent',
      asksVerdict: true,
      nodeName: 'Cooling pump 1',
      findingId: incident.alarms[0].findingId,
    });
    await expect(ask('POST', `/incidents/${id}/verdict`, { verdict: 'true' })).rejects.toThrow(
      'INCIDENT_VERDICT_BY_ORDER',
    );
    const outcome = { cause: 'Bearing worn', action: 'Bearing replaced', verdict: 'true' };
    await pump.test.call('POST', `${path}/move`, { body: { state: 'done', outcome } });
    expect(await ask('GET', `/incidents/${id}`)).toMatchObject({ state: 'closed', verdict: 'true', orderId: order.id });
    const monitor = await ask('GET', `/monitors/${monitorId}`);
    expect(monitor).toMatchObject({ openIncidents: 0, leadTime: { count: 1 } });
    expect(monitor.leadTime.medianHours).toBeGreaterThan(20 * 24);
    expect(monitor.versions[0].falseAlarms).toMatchObject({ count: 0, low: 0 });
    const { period, incidents } = await ask('GET', `/monitors/proposal?nodeId=${pump.pumpId}`);
    expect(incidents).toHaveLength(1);
    expect(period.to).toBeLessThanOrEqual(incidents[0].from);
  });

  it('learns another version beside the live one, which takes its place when somebody says so', async () => {
    const { period } = await ask('GET', `/monitors/proposal?nodeId=${pump.pumpId}`);
    const body = {
      from: new Date(period.from).toISOString(),
      to: new Date(period.to).toISOString(),
      method: 'mahalanobis',
    };
    const { job } = await ask('POST', `/monitors/${monitorId}/learn`, body);
    expect(await pump.test.jobEnd(job.id)).toMatchObject({ state: 'done' });
    const incidents = (await ask('GET', '/incidents')).total;
    await scoring().pass();
    const both = await ask('GET', `/monitors/${monitorId}`);
    expect(both).toMatchObject({ liveVersion: 1, shadowVersion: 2 });
    expect(both.versions[0].alarms).toBeGreaterThan(0);
    expect((await ask('GET', '/incidents')).total).toBe(incidents);
    const promoted = await ask('POST', `/monitors/${monitorId}/promote`, { reason: 'Fewer false alarms' });
    expect(promoted).toMatchObject({ liveVersion: 2, shadowVersion: null });
    const model = await pump.test.call('GET', `/api/cloud/models/${promoted.modelId}`);
    expect(model.body).toMatchObject({ liveVersion: 2, shadowVersion: null });
  });
});

it('a model that no longer fits shows by what: its input drifts, its scores do', async () => {
  const health = await ask('GET', `/monitors/${monitorId}/model-health?days=14`);
  const of = (word: string) => health.inputs.find(({ name }: { name: string }) => name.includes(word));
  expect(of('Vibration').psi).toBeGreaterThan(1);
  expect(of('Vibration')).toMatchObject({
    outside: expect.toSatisfy((share: number) => share > 0.5),
    missing: expect.closeTo(0, 1),
  });
  expect(of('Vibration').distance).toBeGreaterThan(of('flow').distance);
  expect(health.scorePsi).toBeGreaterThan(1);
  expect(health.calibration).toMatchObject({ promised: 0.25, kept: true });
});

describe('the verbs of what is watched', () => {
  it('do the same', async () => {
    const run = (called: string, given: string[] = [], options = {}) =>
      runVerb(pump.test, verbs, called, given, options);
    expect(await run('monitors')).toMatch(/^Cooling pump 1 {2}Qingdao\/Cooling pump 1 {2}watching/);
    expect(await run('monitors add', ['Cooling pump 1'], { 'per-week': '1' })).toContain('version 1  live  pca');
    expect(await run('monitors fit', ['Cooling pump 1'])).toMatch(/PSI .* Vibration|Vibration/);
    expect(await run('monitors pause', ['Cooling pump 1'])).toContain('paused');
    expect(await run('monitors resume', ['Cooling pump 1'])).toContain('watching');
    expect(await run('incidents', [], { state: 'closed' })).toContain('Vibration');
    expect(await run('incidents show', ['1'])).toContain('Check the bearings');
    expect(await run('monitors show', ['Cooling pump 1'])).toContain('lead time');
  });
});

describe('a wrong call', () => {
  it('is refused with what to do', async () => {
    const code = async (method: Method, path: string, body?: unknown, as?: 'viewer' | 'operator') =>
      (await pump.test.call(method, `/api/orion${path}`, { body, ...(as && { as }) })).body.error?.code;
    expect(await code('GET', `/monitors/${pump.siteId}`)).toBe('MONITOR_UNKNOWN');
    expect(await code('GET', `/incidents/${pump.siteId}`)).toBe('INCIDENT_UNKNOWN');
    expect(await code('POST', `/monitors/${monitorId}/drop`, { reason: 'x' })).toBe('MONITOR_NO_SHADOW');
    expect(await code('POST', `/monitors/${monitorId}/pause`, { paused: true }, 'operator')).toBe('ACCESS_DENIED');
    const [{ id }] = (await ask('GET', '/incidents')).items;
    expect(await code('POST', `/incidents/${id}/verdict`, { verdict: 'true' }, 'viewer')).toBe('ACCESS_DENIED');
    const day = { from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z' };
    const short = await ask('POST', '/monitors', { nodeId: pump.pumpId, pointIds: pump.pointIds, ...day });
    const job = await pump.test.jobEnd(short.job.id);
    expect(job.error).toMatchObject({ code: 'ORION_DATA_UNFIT' });
    expect((await ask('GET', `/monitors/${short.id}`)).state).toBe('not-learnt');
  });
});
