import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call, fillPlant, type SmallPlant } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let engineer: Person;
let page: Page;
let plant: SmallPlant;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  engineer = await openWindow(browser, server);
  page = engineer.page;
  await signInFirst(engineer, server);
  plant = await fillPlant(page, server);
  await call(page, server, 'cloud/nodes', { kind: 'area', name: 'Old quay', parentId: plant.siteId });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const row = (text: string) => page.locator('tbody tr', { hasText: text });

describe('removing', () => {
  it('a source says what stays, and is taken back', async () => {
    await page.goto(`/sources?source=${plant.sourceId}`);
    await page.locator('.ant-drawer').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Its points, readings, delivery ledger and every figure made from them stay').waitFor();
    await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click();
    await row('Gate meter').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Gate meter').getByText('Online').waitFor();
    await page.goto('/points');
    await row('Oil temperature').getByText('65.9 °C').waitFor();
  });

  it('an empty part of the plant goes up to its parent, and is taken back', async () => {
    await page.goto('/plant');
    await page.getByText('Old quay').click();
    await page.getByRole('heading', { name: 'Old quay' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'Harbour works' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('tree').getByText('Old quay').waitFor();
  });

  it('a part that carries something says what has to go first', async () => {
    await page.goto(`/plant?node=${plant.siteId}`);
    await row('Oil temperature').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Harbour works cannot be removed yet').waitFor();
    await page.getByText('It carries parts: 2, points: 2, sources: 1.').waitFor();
    await page.getByRole('tooltip').getByRole('button', { name: 'Close' }).click();
  });

  it('a point is moved to another part of the plant instead', async () => {
    await page.goto('/points');
    await page.getByRole('button', { name: 'Edit Oil temperature' }).click();
    await page.locator('#nodeId').fill('crane');
    await page.locator('.ant-select-item-option', { hasText: 'Harbour works › Crane 12' }).click();
    await page.locator('.ant-drawer').getByRole('button', { name: 'Save' }).click();
    await page.locator('.ant-drawer').waitFor({ state: 'hidden' });
    await page.goto('/plant');
    await page.getByRole('tree').getByText('Crane 12').click();
    await page.getByRole('heading', { name: 'Crane 12' }).waitFor();
    await row('Oil temperature').waitFor();
    expect(await row('Feeder: load').count()).toBe(0);
  });
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
