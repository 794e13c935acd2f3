import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { sampleFile } from './support/sample-file.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let engineer: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  engineer = await openWindow(browser, server);
  page = engineer.page;
  await signInFirst(engineer, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path: string) => {
  await page.goto(path);
  await page.locator('main#content h1').waitFor();
};
const figure = (label: string) =>
  page
    .locator('main dl > div', { has: page.getByText(label, { exact: true }) })
    .locator('dd')
    .first();
const day = 'from=2024-03-05&to=2024-03-06';

/** What the file holds for the day, added up here. */
const kWh = sampleFile()
  .toString('utf8')
  .split('\r\n')
  .slice(1, 97)
  .reduce((sum, line) => sum + Number(line.split(';')[1]!.replace(',', '.')), 0);

describe('the energy report', () => {
  it('says what to do while there is nothing to report on', async () => {
    await open('/energy/report');
    await page.getByText('No site to report on yet').waitFor();
    await page.getByRole('button', { name: 'Import readings' }).waitFor();
  });

  it('reports an imported meter, to the last digit of the file', async () => {
    await open('/plant');
    await page.getByRole('button', { name: 'New site' }).first().click();
    await page.locator('#name').fill('Harbour works');
    await page.locator('.ant-drawer').getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Harbour works' }).waitFor();
    await open('/import');
    const file = { name: 'press 4.csv', mimeType: 'text/csv', buffer: sampleFile() };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Look at the file' }).click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Points of press 4').waitFor({ timeout: 20_000 });

    await open(`/energy/report?${day}`);
    await figure('Consumption').waitFor({ timeout: 20_000 });
    const shown = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(kWh);
    expect(await figure('Consumption').textContent()).toBe(`${shown} kWh`);
    expect(await figure('Coverage').textContent()).toBe('100%');
    await page.locator('canvas').nth(3).waitFor();
  });

  it('is proved on the page', async () => {
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('Proved', { exact: true }).waitFor();
    await figure('Consumption').locator('button').click();
    await page.locator('.ant-drawer').getByText('energy.report').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('leads from an empty period to the newest readings', async () => {
    await open('/energy/report?from=2020-01-01&to=2020-02-01');
    await page.getByRole('button', { name: 'Go to that month' }).click();
    await page.waitForURL(/from=2024-03-01/);
    await figure('Consumption').waitFor({ timeout: 20_000 });
  });
});

describe('the energy overview', () => {
  it('is the first page of its group, and lists every site with what is known', async () => {
    await open('/');
    await page.locator('main a', { hasText: 'Energy overview' }).click();
    await page.waitForURL('**/energy/overview');
    await page.locator('tbody tr', { hasText: 'Harbour works' }).waitFor();
    await page.getByText('No readings this month yet.').waitFor();
    await page.locator('tbody a', { hasText: 'Harbour works' }).click();
    await page.waitForURL('**/energy/consumption?of=node*carrier=electricity*');
  });
});

describe('consumption and flow', () => {
  it('adds up the site by carrier, and records it with evidence', async () => {
    await open(`/energy/consumption?${day}`);
    await figure('Electricity').waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Record with evidence' }).click();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('Proved', { exact: true }).waitFor();
    await page.locator('tbody tr', { hasText: 'Harbour works' }).waitFor();
  });

  it('draws where it flows', async () => {
    await open(`/energy/flow?${day}`);
    await page.locator('canvas').first().waitFor({ timeout: 20_000 });
  });

  it('says what energy per unit needs', async () => {
    await open(`/energy/specific?${day}`);
    await page.getByText('No production is counted here').waitFor();
  });
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
