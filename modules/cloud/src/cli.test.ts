import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VerbContext } from '@millwright/kernel';
import { createTestHost, runVerb, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { alertVerbs, verbs } from './cli.ts';
import { cloudModule } from './server.ts';

let host: TestHost;
let folder: string;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule], live: true });
  folder = mkdtempSync(join(tmpdir(), 'millwright-verbs-'));
});
afterAll(async () => {
  await host.cleanup();
  rmSync(folder, { recursive: true, force: true });
});

const run = (called: string, given: string[] = [], options: VerbContext['options'] = {}) =>
  runVerb(host, verbs, called, given, options);
const id = (printed: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(printed)![0];

describe('the verbs of cloud', () => {
  it('build a plant, rename and move in it, and take away what carries nothing', async () => {
    expect(await run('tree')).toBe('No sites yet.');
    await run('nodes add', ['site', 'Harbour works'], { timezone: 'Europe/Berlin', 'floor-area': '1200' });
    await run('nodes add', ['area', 'Press shop'], { under: 'Harbour works' });
    await run('nodes add', ['area', 'Yard'], { under: 'Harbour works' });
    const press = id(await run('nodes add', ['asset', 'Press 3'], { under: 'Harbour works/Press shop' }));
    await run('nodes change', [press], { name: 'Press 4', under: 'Harbour works/Yard' });
    const removed = id(await run('nodes remove', ['Harbour works/Press shop']));
    expect(await run('nodes restore', [removed])).toContain('Press shop');
    await run('nodes remove', ['Harbour works/Press shop']);
    expect((await run('tree')).replaceAll(/ [0-9a-f-]{36}/g, '')).toBe(
      'Harbour works  (site)\n  Yard  (area)\n    Press 4  (asset)',
    );
    await expect(run('nodes remove', ['Harbour works/Press shop'])).rejects.toMatchObject({ code: 'NODE_UNKNOWN' });
  });

  it('add a source, switch it off and on, and say what is wrong with its settings', async () => {
    const settings = JSON.stringify({ host: '127.0.0.1', port: 1, unitId: 1, registers: [] });
    await expect(run('sources add', ['meter'], { site: 'Nowhere', kind: 'modbus', settings })).rejects.toMatchObject({
      code: 'SITE_UNKNOWN',
    });
    await expect(
      run('sources add', ['meter'], { site: 'Harbour works', kind: 'modbus', settings: '{"host":' }),
    ).rejects.toMatchObject({ code: 'JSON_ARGUMENT_INVALID' });
    await run('sources add', ['pushed'], { site: 'Harbour works', kind: 'rest-push' });
    expect(await run('sources change', ['pushed'], { enabled: 'no' })).toContain('disabled');
    expect(await run('sources change', ['pushed'], { enabled: 'yes', name: 'pushes' })).not.toContain('disabled');
    await run('points add', ['power'], { source: 'pushes', unit: 'kW', interval: '60', under: 'Harbour works/Yard' });
    expect(await run('points', [], { under: 'Harbour works/Yard' })).toMatch(/ power \[kW\] {2}gauge {2}power$/);
    const removed = id(await run('sources remove', ['pushes']));
    expect(await run('sources restore', [removed])).toContain('pushes');
    await run('sources remove', ['pushes']);
    await expect(run('sources remove', ['pushes'])).rejects.toMatchObject({ code: 'SOURCE_UNKNOWN' });
  });

  it('import a file, describe its point, and give its readings back as a file that imports the same', async () => {
    const file = join(folder, 'press.csv');
    // Across the end of summer time: 02:30 is there twice.
    const times = ['2025-10-26T02:30:00+02:00', '2025-10-26T02:30:00+01:00', '2025-10-26T06:00:00.250+01:00'];
    writeFileSync(file, `time,"Press 4, energy [kWh]"\n${times.map((time, n) => `${time},${n + 1.5}`).join('\n')}\n`);
    expect(await run('import', [file], { site: 'Harbour works' })).toContain('3 accepted');
    expect(await run('points', [], { source: 'press' })).toContain('Press 4, energy [kW.h]');
    const changed = await run('points change', ['Press 4, energy'], { retention: '30', maximum: '100' });
    const described = await host.call('GET', `/api/cloud/points/${id(changed)}`);
    expect(described.body).toMatchObject({ retentionDays: 30, maximum: 100, unit: 'kW.h' });
    const wordy = run('points change', ['Press 4, energy'], { maximum: 'much' });
    await expect(wordy).rejects.toMatchObject({ status: 400 });
    await run('points change', ['Press 4, energy'], { retention: 'none' });
    expect((await host.call('GET', `/api/cloud/points/${id(changed)}`)).body.retentionDays).toBeNull();

    const output = join(folder, 'out.csv');
    const day = { from: '2025-10-26', to: '2025-10-27' };
    expect(await run('readings', ['Press 4, energy'], { ...day, limit: '1' })).toMatch(
      /^2025-10-26T00:30:00.000Z {2}1.5 kW.h {2}good\n… 2 more/,
    );
    await run('readings', ['Press 4, energy'], { ...day, output });
    expect(readFileSync(output, 'utf8').trimEnd().split('\r\n')).toEqual([
      'time,point,unit,value,quality',
      ...times.map((time, n) => `${time},"Press 4, energy",kW.h,${n + 1.5},good`),
    ]);
    expect(await run('import', [output], { site: 'Copy', timezone: 'Europe/Berlin' })).toContain('3 accepted');
    const copied = (await host.call('GET', '/api/cloud/points', { query: { search: 'out' } })).body.items[0];
    const query = { from: '2025-10-25T00:00:00Z', to: '2025-10-28T00:00:00Z' };
    const there = (await host.call('GET', `/api/cloud/points/${copied.id}/readings`, { query })).body;
    const here = (await host.call('GET', `/api/cloud/points/${id(changed)}/readings`, { query })).body;
    expect(there).toEqual(here);
    await expect(run('readings', ['Press 4, energy'], day)).rejects.toMatchObject({ code: 'POINT_AMBIGUOUS' });
    expect(await run('trend', ['Press 4, energy'], { ...day, source: 'press' })).toContain(
      '1.5 / 1.5 / 1.5 kW.h  of 1',
    );
    await expect(run('gaps', ['Press 4, energy'], { ...day, source: 'press', to: 'soon' })).rejects.toMatchObject({
      code: 'TIME_INVALID',
    });
  });

  it('say what came hour by hour, and what was not stored and why', async () => {
    const file = join(folder, 'future.csv');
    writeFileSync(file, 'time,flow [m3/h]\n2025-10-26T06:00:00Z,1\n2999-01-01T00:00:00Z,2\n');
    await run('import', [file], { site: 'Harbour works' });
    const day = { from: '2025-10-26', to: '2025-10-27', source: 'future' };
    expect(await run('delivery', [], day)).toMatch(/2025-10-26T06:00:00.000Z {2}future {2}\w+ {2}1 of \d+ stored/);
    expect(await run('rejections', [], { source: 'future' })).toContain('in-the-future');
    expect(await run('rejections', [], { source: 'future', code: 'conflict' })).toBe('Nothing was rejected.');
  });

  it('let clients into the broker and end their rights', async () => {
    expect(await run('mqtt-clients add', ['edge-1'], { publish: 'a/#, b/+/c' })).toMatch(/^\S{12,}$/);
    expect(await run('mqtt-clients')).toContain('edge-1  publish a/#, b/+/c  subscribe –');
    await run('mqtt-clients revoke', ['edge-1']);
    expect(await run('mqtt-clients')).toContain('edge-1  revoked');
  });
});

describe('the verbs of alerts', () => {
  const alerts = (called: string, given: string[] = [], options: VerbContext['options'] = {}) =>
    runVerb(host, alertVerbs, called, given, options);

  it('make a channel, test it, send through it, and take it away', async () => {
    expect(await alerts('channels')).toBe('No channels yet.');
    const settings = JSON.stringify({ topic: 'plant/alerts/{severity}' });
    await alerts('channels add', ['siren'], {
      kind: 'mqtt',
      settings,
      group: '0',
      filter: '{"severities":["critical"]}',
    });
    await expect(alerts('channels add', ['siren'], { kind: 'mqtt' })).rejects.toMatchObject({
      code: 'ALERT_CHANNEL_EXISTS',
    });
    expect(await alerts('channels test', ['siren'])).toContain('QoS 1 plant/alerts/info');
    const { alerts: service } = host.host.use(cloudModule);
    const said = { module: 'matrixvision', kind: 'person-down', subject: 'rule-1', title: 'Person down' } as const;
    await service.raise({ ...said, severity: 'critical', at: Date.now() });
    await vi.waitFor(async () => expect(await alerts('raised')).toContain('delivered to 1 of 1'), 10_000);
    const raised = id(await alerts('raised', [], { state: 'open', text: 'person down' }));
    expect(await alerts('acknowledge', [raised], { note: 'on the way' })).toBe(`${raised}  open -> acknowledged`);
    expect(await alerts('show', [raised])).toMatch(
      /acknowledged by operator at .*: on the way\n {2}siren {2}delivered/,
    );
    expect(await alerts('resolve', [raised], { 'whole-group': true })).toBe(`${raised}  acknowledged -> resolved`);
    expect(await alerts('resolve', [raised])).toBe('Already resolved.');
    expect(await alerts('raised', [], { state: 'unresolved' })).toBe('Nothing was raised yet.');
    expect(await alerts('reopen', [raised])).toBe(`${raised}  resolved -> open`);
    const delivered = id(await alerts('deliveries', [], { channel: 'siren', state: 'delivered' }));
    expect(await alerts('deliveries show', [delivered])).toContain('Person down');
    await expect(alerts('deliveries resend', [delivered])).rejects.toMatchObject({ code: 'ALERT_NOT_RESENDABLE' });
    await alerts('channels change', ['siren'], { name: 'horn', group: '5', quiet: 'none' });
    expect(await alerts('channels pause', ['horn'])).toContain('paused');
    expect(await alerts('channels resume', ['horn'])).toContain('ready');
    const removed = id(await alerts('channels remove', ['horn']));
    expect(await alerts('channels restore', [removed])).toContain('horn');
    await expect(alerts('channels secret', ['horn'])).rejects.toMatchObject({ code: 'ALERT_NO_SECRET' });
    await alerts('channels remove', ['horn']);
    await expect(alerts('channels test', ['nobody'])).rejects.toMatchObject({ code: 'ALERT_CHANNEL_UNKNOWN' });
  });
});
