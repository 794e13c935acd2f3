import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
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

const post = async <T>(path: string, data: object): Promise<T> => {
  const response = await page.request.post(`/api/cloud/${path}`, { data, headers: { origin: server.url } });
  const body = await response.text();
  expect(response.status(), body).toBe(201);
  return JSON.parse(body) as T;
};
const row = (text: string) => page.locator('tbody tr', { hasText: text });

describe('the start page', () => {
  it('says how to begin while there is no site', async () => {
    await page.goto('/');
    await page.getByRole('heading', { name: 'No site yet' }).waitFor();
    await page.getByRole('link', { name: 'Create a site' }).click();
    await page.getByRole('heading', { name: 'Plant', level: 1 }).waitFor();
  });

  it('shows each site with its sources, and what asks for attention', async () => {
    const site = await post<{ id: string }>('nodes', {
      kind: 'site',
      name: 'Harbour works',
      timezone: 'Asia/Shanghai',
      parentId: null,
    });
    await post('nodes', { kind: 'asset', name: 'Crane 12', parentId: site.id });
    const source = await post<{ id: string }>('sources', {
      siteId: site.id,
      name: 'Gate meter',
      kind: 'rest-push',
      config: {},
      enabled: true,
    });
    const unit = { unit: 'kW', kind: 'gauge' };
    await post(`sources/${source.id}/points`, {
      points: Array.from({ length: 620 }, (_, index) => ({ key: `p${index}`, name: `Feeder ${index}: load`, ...unit })),
    });
    await post('sources', {
      ...{ siteId: site.id, name: 'Roof meter', kind: 'modbus', enabled: true },
      config: {
        host: '127.0.0.1',
        port: 1,
        registers: [{ key: 'x', kind: 'gauge', function: 'input', type: 'uint16', address: 0 }],
      },
    });
    await page.goto('/');
    await row('Harbour works').getByText('1 of 2 online').waitFor();
    await page.getByRole('link', { name: /Roof meter/ }).click();
    await page.waitForURL(/sources\?source=/);
    await page.locator('.ant-drawer').getByText('Roof meter').waitFor();
  });
});

describe('the palette', () => {
  const offered = (name: RegExp | string) => page.getByRole('option', { name });
  const open = async (text: string) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Page, site/ }).fill(text);
  };

  it('opens from anywhere, also out of a search, and closes with Escape', async () => {
    await page.goto('/points');
    await page.getByLabel('Search this list').focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /^Energy report/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('listbox').waitFor({ state: 'hidden' });
  });

  it('goes to a page, an asset, a source and a point by their names', async () => {
    await open('energy rep');
    await offered(/^Energy report/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Energy report', level: 1 }).waitFor();
    await open('crane');
    await offered(/Crane 12/).click();
    await page.getByRole('heading', { name: 'Crane 12' }).waitFor();
    await open('gate');
    await offered(/^Gate meter/).click();
    await page.locator('.ant-drawer').getByText('Gate meter').first().waitFor();
    await page.keyboard.press('Escape');
    await open('617 feeder');
    await offered(/Feeder 617: load/).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL(/trends\?points=/);
  });

  it('opens an entry of the ledger by the end of its id', async () => {
    const response = await page.request.get('/api/ledger/entries?limit=1&type=cloud.source-create');
    const { items } = (await response.json()) as { items: { id: string }[] };
    await open(items[0]!.id.slice(-8));
    await offered(/^Source created/).click();
    await page.waitForURL(new RegExp(`evidence=${items[0]!.id}`));
    await page.locator('.ant-drawer').getByText('Roof meter').first().waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('a list', () => {
  it('keeps its filters in the address, so that Back undoes one after the other', async () => {
    await page.goto('/sources');
    await row('Roof meter').waitFor();
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.locator('.ant-select-item-option', { hasText: 'HTTP push' }).click();
    await row('Roof meter').waitFor({ state: 'detached' });
    await row('Gate meter').click();
    await page.locator('.ant-drawer').waitFor();
    await page.goBack();
    await page.locator('.ant-drawer').waitFor({ state: 'hidden' });
    expect(page.url()).toContain('kind=rest-push');
    await page.goBack();
    await row('Roof meter').waitFor();
    await page.goForward();
    await row('Roof meter').waitFor({ state: 'detached' });
  });

  it('says that there are more points than it has fetched, fetches them, and exports them all', async () => {
    await page.goto('/points');
    await page.getByText('500+ rows').waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const stream = await (await downloading).createReadStream();
    let text = '';
    for await (const part of stream) text += String(part);
    expect(text.split('\r\n').filter((line) => line.startsWith('Feeder')).length).toBe(620);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('621 rows').waitFor();
  });

  it('searches points on the server by every word', async () => {
    await page.getByLabel('Search this list').fill('load gate 618');
    await page.getByText('1 row', { exact: true }).waitFor();
    await row('Feeder 618: load').waitFor();
  });

  it('is walked with the arrow keys and opened with Enter', async () => {
    await page.goto('/points');
    await row('Feeder 0: load').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Feeder 1: load');
    await page.keyboard.press('Enter');
    await page.waitForURL(/trends\?points=/);
  });
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
