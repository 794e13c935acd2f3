import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, type VerbContext } from '@millwright/kernel';
import { runVerb } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verbs } from './cli.ts';
import { createEsgPlant, type EsgPlant } from './test-plant.ts';

let plant: EsgPlant;
let folder: string;
beforeAll(async () => {
  plant = await createEsgPlant(fixedClock('2024-03-01T00:00:00Z'));
  folder = mkdtempSync(join(tmpdir(), 'millwright-verbs-'));
  await plant.site('Works', { region: 'CN-SD' });
  await plant.site('Hamburg', { region: 'DE' });
});
afterAll(async () => {
  await plant.cleanup();
  rmSync(folder, { recursive: true, force: true });
});

const run = (called: string, given: string[] = [], options: VerbContext['options'] = {}) =>
  runVerb(plant, verbs, called, given, options);
const id = (printed: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(printed)![0];
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

describe('the verbs of ESG', () => {
  it('calculate by the factor of the region, and say what they took', async () => {
    const printed = await run('emissions', [], { 'electricity-mwh': '932.08', year: '2023' });
    expect(printed).toContain('531.57 t CO2e (exactly 531.565224)');
    expect(printed).toContain('No region was named; CN was assumed.');
    expect(await run('emissions', [], { 'electricity-mwh': '100', region: 'SG', year: '2023' })).toContain('41.20 t');
    const nowhere = run('emissions', [], { 'electricity-mwh': '100', site: 'Hamburg', year: '2023' });
    await expect(nowhere).rejects.toMatchObject({ code: 'ESG_FACTOR_NONE_APPLIES', details: { region: 'DE' } });
    const unknown = run('emissions', [], { 'electricity-mwh': '1', factor: 'cn-grid-ets-20222' });
    await expect(unknown).rejects.toMatchObject({ code: 'ESG_FACTOR_UNKNOWN' });
  });

  it('turn steam by mass into energy once they are told what steam it was', async () => {
    const missing = run('emissions', [], { 'steam-t': '100' });
    await expect(missing).rejects.toMatchObject({ code: 'ESG_STEAM_STATE_MISSING' });
    const printed = await run('emissions', [], { 'steam-t': '100', 'steam-kj-per-kg': '2763.74' });
    expect(printed).toContain('29.48 t CO2e'); // 100 t × 2.68 GJ/t × 0.11 t/GJ
  });

  it.each(['-1', 'abc', '1e5', '12,5', '1.'])('refuse a quantity of %s', async (quantity) => {
    const refused = run('emissions', [], { 'electricity-mwh': quantity });
    await expect(refused).rejects.toMatchObject({ code: 'ESG_QUANTITY_INVALID' });
  });

  it('enter, list, correct and withdraw quantities', async () => {
    const bill = file('bill.pdf', 'a bill');
    const options = { site: 'Works', quantity: '1030', year: '2022', document: bill };
    const entered = await run('activity add', ['electricity'], options);
    expect(entered).toContain('2022  Works  electricity  1030 MWh  bill.pdf');
    const corrected = await run('activity correct', [id(entered)], { quantity: '1029.03', why: 'misread' });
    expect(corrected).toContain('2022  Works  electricity  1029.03 MWh  bill.pdf');
    expect(await run('activity list', [], { site: 'Works', all: true })).toContain(`corrected by ${id(corrected)}`);
    await run('activity withdraw', [id(corrected)], { why: 'it was another year' });
    expect(await run('activity', [], { year: '2022' })).toBe('Nothing was entered.');
    const elsewhere = run('activity add', ['electricity'], { ...options, site: 'Nowhere' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'ESG_SITE_UNKNOWN' });
  });

  it('import activity data from the template that they write', async () => {
    const template = join(folder, 'activity.csv');
    await run('activity template', [template]);
    const printed = await run('activity import', [template]);
    expect(printed).toContain('6 entered, of 2022, 2023');
    expect(printed).toContain('no site is called Office');
    expect(printed).toContain('No region was named; CN was assumed.');
    expect(await run('kpi', [], { year: '2023' })).toMatch(/Greenhouse gas emissions, total +t CO2e +531\.57 +586\.86/);
  });

  it('register certificates with their documents, and withdraw them', async () => {
    const options = { mwh: '32.08', registry: 'CN-GEC', vintage: '2023', region: 'CN', document: file('gec.pdf', 'x') };
    const registered = await run('certificates add', ['GEC-1'], options);
    expect(registered).toContain('GEC-1 of CN-GEC  32.08 MWh  generated 2023 in CN  for 2023  gec.pdf');
    expect(await run('certificates', [], { year: '2023' })).toBe(registered);
    // 900 MWh that the certificate does not cover × 0.5703
    expect(await run('inventory', [], { year: '2023' })).toContain('market-based 513.27)');
    await run('certificates withdraw', [id(registered)], { why: 'cancelled for another' });
    expect(await run('certificates list')).toBe('No certificates are registered.');
  });

  it('restate a recorded figure and list what was restated', async () => {
    await run('inventory', [], { year: '2023' });
    const figure = id(await run('figures', [], { type: 'esg.inventory' }));
    const options = { replace: 'cn-grid-ets-2022=cn-grid-ets-2021', why: 'to compare' };
    const restated = await run('restate', [figure], options);
    expect(restated).toContain('total: 531.565224 t to 541.53848 t, 9.973256 t (1.88%)');
    expect(await run('restatements', [], { figure })).toBe(restated);
    const wrong = run('restate', [figure], { replace: 'cn-grid-ets-2021', why: 'x' });
    await expect(wrong).rejects.toMatchObject({ code: 'ESG_REPLACEMENT_INVALID' });
  });

  it('supersede factors, and import them from what they export', async () => {
    const options = { value: '0.5811', document: 'a corrigendum', confirmed: true, why: 'misprint' };
    expect(await run('factors supersede', ['cn-grid-ets-2021'], options)).toBe(
      'cn-grid-ets-2021@2  0.5811 tCO2/MWh  CN  trading-scheme',
    );
    expect(await run('factors show', ['cn-grid-ets-2021'])).toContain(
      'cn-grid-ets-2021@1  0.5810 tCO2/MWh  CN  trading-scheme  unconfirmed  superseded by cn-grid-ets-2021@2',
    );
    const exported = join(folder, 'factors.csv');
    await run('factors export', [exported]);
    expect(await run('factors import', [exported])).toMatch(/^0 new, 0 superseded, \d+ unchanged, 0 rejected$/);
    const other = file('other.csv', readFileSync(exported, 'utf8').replace('0.5811', '0.5812'));
    expect(await run('factors import', [other], { preview: true })).toMatch(
      /1 rejected\n {2}row \d+ \(cn-grid-ets-2021\)/,
    );
    expect(await run('factors import', [other], { supersede: true })).toContain('1 superseded');
    expect(await run('factors', [], { family: 'trading-scheme', year: '2021' })).toContain('@3  0.5812');
  });

  it('state what steam a meter counts', async () => {
    const meter = await plant.meter(await plant.site('Boiler'), {
      ...{ key: 'Steam', unit: 't', carrier: 'steam', quantity: 'mass' },
    });
    expect(await run('steam')).toBe('Nothing was stated.');
    const stated = await run('steam set', [meter.id], { 'steam-gauge-mpa': '0.8' });
    expect(stated).toContain(`${meter.id}  2773.10 kJ/kg less 83.74 kJ/kg`);
    expect(await run('steam list')).toBe(stated);
  });
});
