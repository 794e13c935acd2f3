import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

const example = fileURLToPath(new URL('../../../modules/esg/examples/activity-2023.csv', import.meta.url));

let server: RunningServer;
let browser: Browser;
let admin: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  admin = await openWindow(browser, server);
  page = admin.page;
  await signInFirst(admin, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path: string) => {
  await page.goto(path);
  await page.locator('main#content h1').waitFor();
};
const chooseFactor = async (label: string, id: string) => {
  await page.locator('.ant-drawer').getByRole('combobox', { name: label }).click();
  await page.locator('.ant-drawer').getByRole('combobox', { name: label }).fill(id);
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
};

describe('emissions', () => {
  it('say what to do while there are none', async () => {
    await open('/emissions');
    await page.getByText('No emissions are calculated yet').waitFor();
  });

  it('are calculated from an amount, shown line by line, and proved', async () => {
    await page.locator('main header').getByRole('button', { name: 'Quick calculator' }).click();
    await page.locator('.ant-drawer #quantity').fill('932.08');
    await chooseFactor('The usual one', 'cn-grid-ets-2022');
    await page.locator('.ant-drawer').getByRole('button', { name: 'Calculate' }).click();
    const result = page.locator('.ant-drawer [aria-live=polite]');
    await result.getByText('Exactly 531.565224 t').waitFor();
    expect(await result.textContent()).toContain('932.08 MWh × 0.5703 tCO2/MWh');
    await result.getByRole('button', { name: 'Show in full' }).click();
    const line = page.locator('tbody tr', { hasText: 'Scope 2, location-based' });
    await line.getByText('trading scheme').waitFor();
    await line.locator('button', { hasText: '531.57' }).click();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('Proved').waitFor();
  });

  it('say with a code what is missing for a year without data', async () => {
    await open('/emissions');
    await page.locator('main').getByRole('button', { name: 'Calculate', exact: true }).click();
    await page.getByText('ESG_ACTIVITY_MISSING').waitFor();
  });
});

describe('the table of key figures', () => {
  it('of an uploaded file has the figures of the report to the last digit', async () => {
    await open('/kpi');
    await page.setInputFiles('main header input[type=file]', example);
    const table = page.getByRole('table', { name: 'Key figures of 2023 beside the year before' });
    await table.waitFor();
    const rows = await table
      .locator('tbody tr[data-level]')
      .evaluateAll((all) =>
        all.map((row) =>
          [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.replace(/\s+/g, ' ').trim()),
        ),
      );
    const figures = Object.fromEntries(rows.map(([name, , current, previous]) => [name, [current, previous]]));
    expect(figures).toEqual({
      'Greenhouse gas emissions, total': ['531.57', '586.86'],
      'Purchased energy (Scope 2, location-based)': ['531.57', '586.86'],
      'Emissions per floor area': ['0.03', '0.02'],
      'Energy consumption, total': ['932.08', '1,029.03'],
      'Indirect energy (purchased)': ['932.08', '1,029.03'],
      'Energy per floor area': ['0.05', '0.04'],
      'Water consumption, total': ['2,711', '2,016'],
      'Water per floor area': ['0.14', '0.08'],
    });
    expect(rows[0]?.at(-1)).toContain('-9.4%');
  });

  it('opens the evidence of any cell, which proves it', async () => {
    await page.getByRole('table').getByRole('button', { name: '1,029.03' }).first().click();
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('Proved').waitFor();
    await page.keyboard.press('Escape');
  });

  it('is restated with another factor, and the old figure stays', async () => {
    await open('/kpi');
    await page.getByRole('button', { name: 'Recalculate with another factor' }).click();
    await chooseFactor('Keep it', 'cn-grid-ets-2021');
    await page.locator('.ant-drawer #why').fill('The factor of the year before');
    await page.locator('.ant-drawer').getByRole('button', { name: 'Recalculate' }).click();
    await page.locator('.ant-drawer [aria-live=polite]').getByText('541.54').first().waitFor();
    await open('/restatements');
    const row = page.locator('tbody tr', { hasText: '541.54' });
    await row.getByText('531.57').waitFor();
    await row.getByText('The factor of the year before').waitFor();
  });
});

describe('factors', () => {
  it('are superseded with a reason, and the old version stays in the history', async () => {
    await open('/factors?factor=cn-grid-ets-2021');
    await page.getByRole('button', { name: 'Supersede' }).click();
    await page.locator('.ant-drawer #confidence').fill('compared with the document');
    await page.getByRole('checkbox', { name: 'I compared the value with the document' }).check();
    await page.locator('.ant-drawer #reason').fill('Checked');
    await page.locator('.ant-drawer form').getByRole('button', { name: 'Supersede' }).click();
    await page.locator('.ant-drawer').getByText('superseded by cn-grid-ets-2021@2').waitFor();
  });

  it('of an imported table are shown row by row before anything changes', async () => {
    await open('/factors');
    const header = 'id,value,unit,region,family,carrier,publisher,document,confidence,confirmed';
    const good = 'hk-clp-2023,0.39,tCO2e/kWh,HK,supplier-specific,electricity,CLP,Report 2023,read there,yes';
    const bad = 'hk-hke-2023,x,tCO2e/kWh,HK,supplier-specific,electricity,HKE,Report 2023,read there,yes';
    const buffer = Buffer.from([header, good, bad].join('\n'));
    await page.setInputFiles('main header input[type=file]', { name: 'factors.csv', mimeType: 'text/csv', buffer });
    const drawer = page.locator('.ant-drawer');
    await drawer.getByText('Rows that do not fit and are left out: 1').waitFor();
    await drawer.getByRole('button', { name: 'Import: 1' }).click();
    await page.getByLabel('Search this list').fill('hk-clp-2023');
    await page.locator('tbody tr', { hasText: 'hk-clp-2023' }).waitFor();
  });
});

describe('activity data and certificates', () => {
  it('enters a quantity of a unit that is no site', async () => {
    await open('/activity');
    await page.locator('main header').getByRole('button', { name: 'Enter a quantity' }).click();
    await page.locator('.ant-drawer #quantity').fill('1,250.5');
    await page.locator('.ant-drawer #siteId').click();
    await page.getByText('Another unit of the organisation').click();
    await page.locator('.ant-drawer #place').fill('Beijing office');
    await page.locator('.ant-drawer').getByRole('button', { name: 'Save' }).click();
    await page.locator('tbody tr', { hasText: 'Beijing office' }).getByText('1,250.5').waitFor();
  });

  it('registers a certificate with its document, and marks one without', async () => {
    await open('/certificates');
    for (const [number, document] of [
      ['GEC-1', true],
      ['GEC-2', false],
    ] as const) {
      await page.locator('main header').getByRole('button', { name: 'Register a certificate' }).click();
      await page.locator('.ant-drawer #certificate').fill(number);
      await page.locator('.ant-drawer #registry').fill('CN-GEC');
      await page.locator('.ant-drawer #MWh').fill('10');
      const file = { name: 'certificate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
      if (document) await page.setInputFiles('.ant-drawer input[type=file]', file);
      if (document) await page.locator('.ant-drawer').getByText('certificate.pdf').waitFor();
      await page.locator('.ant-drawer').getByRole('button', { name: 'Register', exact: true }).click();
      await page.locator('tbody tr', { hasText: number }).waitFor();
    }
    await page.locator('tbody tr', { hasText: 'GEC-1' }).getByText('with evidence').waitFor();
    await page.locator('tbody tr', { hasText: 'GEC-2' }).getByText('claim only').waitFor();
  });
});

it('complained about nothing on the way', () => expect(admin.complaints).toEqual([]));
