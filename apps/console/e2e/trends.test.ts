import { readFileSync } from 'node:fs';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call, fillPlant, type SmallPlant } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let operator: Person;
let page: Page;
let plant: SmallPlant;
const links: WebSocketRoute[] = [];

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  operator = await openWindow(browser, server);
  page = operator.page;
  await page.routeWebSocket('**/api/live', (link) => {
    link.connectToServer();
    links.push(link);
  });
  await signInFirst(operator, server);
  plant = await fillPlant(page, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const row = (text: string) => page.locator('tbody tr', { hasText: text });

describe('trends', () => {
  it('compare points of different units, and say which readings are not good', async () => {
    await page.goto(`/trends?points=${plant.pointIds.join(',')}&window=8h`);
    await page.locator('canvas').waitFor();
    await row('Feeder: load').getByText('1 doubtful ◇ · 1 bad, left out').waitFor();
    expect(await row('Feeder: load').textContent()).toContain('kW');
    expect(await row('Oil temperature').textContent()).toContain('°C');
  });

  it('are saved as a picture', async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'PNG' }).click();
    const picture = readFileSync((await (await downloading).path())!);
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    // The header of a PNG says its width and height.
    expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([2560, 1120]);
  });

  it('are read as a table by who cannot see the chart', async () => {
    await page.getByText('Table', { exact: true }).click();
    await page.waitForURL(/view=table/);
    await page.getByText('60 rows').waitFor();
    expect(await page.locator('canvas').count()).toBe(0);
    const newest = page.locator('tbody tr.ant-table-row').first();
    // The last of the hour: index 59 of the series.
    expect(await newest.textContent()).toContain('43');
    expect(await newest.textContent()).toContain('65.9');
    await page.goBack();
    await page.locator('canvas').waitFor();
  });
});

describe('the live link', () => {
  it('says when it is lost, connects again, and catches up', async () => {
    await page.goto('/points');
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
    await row('Oil temperature').getByText('65.9 °C').waitFor();
    await Promise.all(links.map((link) => link.close()));
    await page.getByRole('status').getByText('Not live').waitFor();
    const readings = [{ key: 'oil', time: new Date().toISOString(), value: 71.5 }];
    await call(page, server, `cloud/sources/${plant.sourceId}/readings`, { readings });
    await page.getByRole('status').getByText('Live', { exact: true }).waitFor();
    await row('Oil temperature').getByText('71.5 °C').waitFor();
  });
});

it('complained about nothing on the way', () => expect(operator.complaints).toEqual([]));
