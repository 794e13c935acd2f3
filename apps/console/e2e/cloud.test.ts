import type { Browser, Page, Route } from 'playwright-core';
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
const row = (text: string) => page.locator('tbody tr', { hasText: text });
const drawer = () => page.locator('.ant-drawer');

describe('the plant', () => {
  it('says what to do while there is no site, and makes one', async () => {
    await open('/plant');
    await page.getByText('No site yet').waitFor();
    await page.getByRole('button', { name: 'New site' }).first().click();
    await page.locator('#name').fill('Harbour works');
    await drawer().getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Harbour works' }).waitFor();
  });

  it('grows downwards, and takes back a new name', async () => {
    await page.getByRole('button', { name: 'Add' }).click();
    await page.locator('#name').fill('Press shop');
    await drawer().getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Press shop' }).waitFor();
    await page.getByRole('button', { name: 'Edit or move' }).click();
    await page.locator('#name').fill('Stamping');
    await drawer().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Stamping' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'Press shop' }).waitFor();
  });
});

describe('importing a file', () => {
  it('shows how it reads the file, and accounts for every row', async () => {
    await open('/import');
    const file = { name: 'press 4.csv', mimeType: 'text/csv', buffer: sampleFile() };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Look at the file' }).click();
    await page.getByLabel('Wirkarbeit [kWh]: Unit').waitFor();
    expect(await page.getByLabel('Wirkarbeit [kWh]: Unit').inputValue()).toBe('kW.h');
    await page.getByLabel('Temperatur [°C]: Point').fill('Oil temperature');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Points of press 4').waitFor({ timeout: 20_000 });
    const figure = (label: string) => page.locator('dl > div', { has: page.getByText(label, { exact: true }) });
    expect(await figure('Rows').locator('dd').first().textContent()).toBe('98');
    expect(await figure('Accepted').locator('dd').first().textContent()).toBe('96');
    expect(await figure('Duplicates').locator('dd').first().textContent()).toBe('1');
    expect(await figure('Rejected').locator('dd').first().textContent()).toBe('1');
    await row('25:99').waitFor();
  });

  it('proves what it read', async () => {
    await page.locator('dl button').first().click();
    await drawer().getByRole('button', { name: 'Verify now' }).click();
    await drawer().getByText('Proved', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('draws the readings where they lie', async () => {
    await page.getByRole('button', { name: 'Show as trends' }).click();
    await page.locator('canvas').first().waitFor();
    await row('Oil temperature').waitFor();
    expect(await row('Oil temperature').textContent()).toContain('96');
    const before = page.url();
    await page.getByLabel(/^Chart\. Left and right/).focus();
    await page.keyboard.press('+');
    await page.waitForURL((url) => url.href !== before);
    await page.getByText('7 days').click();
    await page.waitForURL(/window=7d/);
  });

  it('lists the import and where its readings are', async () => {
    await open('/import');
    await row('press 4.csv').waitFor();
    await open('/points?q=oil');
    await row('Oil temperature').waitFor();
    await page.getByRole('button', { name: 'Edit Oil temperature' }).click();
    await page.locator('#maximum').fill('120');
    await drawer().getByRole('button', { name: 'Save' }).click();
    await drawer().waitFor({ state: 'hidden' });
  });
});

describe('sources and delivery', () => {
  it('connects a source with the settings its kind asks for', async () => {
    await open('/sources');
    await page.getByRole('button', { name: 'New source' }).click();
    await page.locator('#name').fill('Gate meter');
    await page.locator('#kind').click();
    await page.locator('.ant-select-item-option', { hasText: 'HTTP push' }).click();
    // As on a busy machine: the list is answered just before the source is online, and heard of just after.
    const answeredEarly = async (route: Route) => {
      const response = await route.fetch();
      const { items } = (await response.json()) as { items: { name: string; state: object }[] };
      for (const item of items) if (item.name === 'Gate meter') item.state = { ...item.state, state: 'connecting' };
      await route.fulfill({ response, json: { items } });
    };
    await page.route(
      ({ pathname }) => pathname === '/api/cloud/sources',
      async (route) => (route.request().method() === 'GET' ? answeredEarly(route) : route.continue()),
      { times: 2 },
    );
    await drawer().getByRole('button', { name: 'Create' }).click();
    await row('Gate meter').getByText('Online').waitFor();
    await page.getByRole('switch', { name: 'Source runs' }).click();
    await row('Gate meter').getByText('Switched off').waitFor();
  });

  it('shows hour by hour what was rejected, as it came', async () => {
    await open('/delivery?span=24h');
    const strip = page.getByRole('slider', { name: 'press 4' });
    await page.locator('[aria-busy="false"]', { has: strip }).waitFor();
    await strip.focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Some of what came was turned away').waitFor();
    await page.locator('pre', { hasText: '25:99' }).waitFor();
  });

  it('makes an MQTT client and shows its password once', async () => {
    await open('/clients');
    await page.getByRole('button', { name: 'New client' }).first().click();
    await page.locator('#username').fill('gateway-7');
    await drawer().getByRole('button', { name: 'Create' }).click();
    expect(await page.locator('.ant-modal code').textContent()).not.toBe('');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await row('gateway-7').waitFor();
  });
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
