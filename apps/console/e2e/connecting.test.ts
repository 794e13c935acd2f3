import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type SimulatedPlant, startPlant } from './support/plant.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let plant: SimulatedPlant;
let engineer: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser, plant] = await Promise.all([startServer(), openChromium(), startPlant()]);
  engineer = await openWindow(browser, server);
  page = engineer.page;
  await signInFirst(engineer, server);
  await open('/plant');
  await page.getByRole('button', { name: 'New site' }).first().click();
  await page.locator('#name').fill('Harbour works');
  await drawer().getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Harbour works' }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await plant?.stop();
  await server?.stop();
});

const open = async (path: string) => {
  await page.goto(path);
  await page.locator('main#content h1').waitFor();
};
const row = (text: string) => page.locator('tbody tr', { hasText: text });
const drawer = () => page.locator('.ant-drawer');
const choose = async (field: string, option: string) => {
  await page.locator(field).click();
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click();
};

async function newSource(name: string, kind: string, fill: () => Promise<void>): Promise<void> {
  await open('/sources');
  await page.getByRole('button', { name: 'New source' }).first().click();
  await drawer().locator('#name').fill(name);
  await choose('#kind', kind);
  await fill();
  await drawer().getByRole('button', { name: 'Create' }).click();
  await row(name).waitFor();
}

/** A number in the row of the point, other than nothing. */
const liveValue = (point: string) => row(point).locator('[data-quality="good"]').first();

describe('an OPC UA server', () => {
  it('is not talked to while nobody has trusted its certificate, and that is said', async () => {
    await newSource('Press PLC', 'OPC UA', async () => {
      await page.locator('#config_endpointUrl').fill(plant.opcuaUrl);
      await choose('#config_securityMode', 'SignAndEncrypt');
    });
    await row('Press PLC').getByText('Offline').waitFor({ timeout: 30_000 });
    // What was made just now stands open.
    await page.getByRole('tab', { name: 'State' }).waitFor();
    await drawer()
      .getByText(/certificate/i)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Browse' }).click();
    await drawer().getByRole('alert').first().waitFor();
  }, 90_000);

  it('is talked to once its certificate is trusted', async () => {
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByRole('button', { name: 'Look at the certificate' }).click();
    await drawer().getByText('Not trusted', { exact: true }).first().waitFor();
    await drawer().getByRole('button', { name: 'Trust', exact: true }).first().click();
    await page.locator('.ant-popover:visible').getByRole('button', { name: 'OK' }).click();
    await drawer().getByText('Trusted', { exact: true }).first().waitFor();
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByText('Online', { exact: true }).first().waitFor({ timeout: 30_000 });
  }, 90_000);

  it('is browsed down to a variable, which becomes a point', async () => {
    await page.getByRole('tab', { name: 'Browse' }).click();
    const nodes = drawer().locator('.ant-tree-treenode');
    await nodes.filter({ hasText: 'Suzhou' }).waitFor({ timeout: 20_000 });
    let at = (await nodes.allTextContents()).findIndex((text) => text.includes('Suzhou'));
    // Site, area, line, asset: the first child stands below its parent.
    for (let depth = 0; depth < 4; depth += 1) {
      const before = await nodes.count();
      await nodes.nth(at).locator('.ant-tree-switcher').click();
      await expect.poll(() => nodes.count(), { timeout: 20_000 }).toBeGreaterThan(before);
      at += 1;
    }
    await nodes.nth(at).locator('.ant-tree-checkbox').click();
    const name = (await nodes.nth(at).textContent())!.trim();
    await drawer().getByRole('button', { name: 'Add as points (1)' }).click();
    await page.getByText('Points added: 1').waitFor();
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByRole('link', { name: 'Its points' }).click();
    await row(name).waitFor();
    await liveValue(name).waitFor({ timeout: 30_000 });
    expect(await liveValue(name).textContent()).toMatch(/\d/);
  }, 150_000);
});

describe('a Modbus device', () => {
  it('is read by a register map that was typed in', async () => {
    await newSource('Gate meter', 'Modbus', async () => {
      await page.locator('#config_host').fill('127.0.0.1');
      await page.locator('#config_port').fill(String(plant.modbusPort));
      await page.locator('#config_unitId').fill('1');
      await page.locator('#config_pollSeconds').fill('1');
      await drawer().getByRole('button', { name: 'Add a row' }).click();
      await page.getByLabel('Key 1').fill('gate/power');
      await page.getByLabel('Address 1').fill('100');
      await choose('[aria-label="Function 1"]', 'holding');
      await choose('[aria-label="Type 1"]', 'float32');
    });
    await row('Gate meter').getByText('Online').waitFor({ timeout: 30_000 });
    await open('/points?q=gate');
    await liveValue('gate/power').waitFor({ timeout: 30_000 });
  }, 90_000);
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
