import { createPlant, type RunningPlant, startPlant } from '@millwright/testkit/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let plant: RunningPlant;
let engineer: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser, plant] = await Promise.all([
    startServer(),
    openChromium(),
    startPlant({ plant: createPlant(), opcua: {}, modbus: {} }),
  ]);
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
      await page.locator('#config_endpointUrl').fill(plant.endpoints.opcua!.endpointUrl);
      await choose('#config_securityMode', 'SignAndEncrypt');
    });
    await row('Press PLC').getByText('Offline').waitFor({ timeout: 30_000 });
    if (!(await drawer().isVisible())) await row('Press PLC').getByText('Press PLC').first().click();
    await drawer()
      .getByText(/certificate/i)
      .first()
      .waitFor();
    await page.getByRole('tab', { name: 'Browse' }).click();
    await drawer().getByRole('alert').waitFor();
  });

  it('is talked to once its certificate is trusted', async () => {
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByRole('button', { name: 'Look at the certificate' }).click();
    await drawer().getByText('Not trusted').waitFor();
    await drawer().getByRole('button', { name: 'Trust' }).click();
    await page.locator('.ant-popover:visible').getByRole('button', { name: 'OK' }).click();
    await drawer().getByText('Trusted', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByText('Online').waitFor({ timeout: 30_000 });
  });

  it('is browsed down to a variable, which becomes a point', async () => {
    await page.getByRole('tab', { name: 'Browse' }).click();
    const { description } = plant.plant;
    const found = description.sites
      .flatMap((site) => site.areas.flatMap((area) => area.lines.map((line) => ({ site, area, line }))))
      .flatMap(({ site, area, line }) => line.assets.map((asset) => ({ site, area, line, asset })))
      .find(({ asset }) => asset.points.some(({ address }) => address.protocol === 'opcua'))!;
    const { site, area, line, asset } = found;
    for (const { displayName } of [site, area, line, asset]) {
      const node = drawer().locator('.ant-tree-treenode', { hasText: displayName.en }).first();
      await node.waitFor({ timeout: 20_000 });
      await node.locator('.ant-tree-switcher').click();
    }
    const point = asset.points.find(({ address }) => address.protocol === 'opcua')!;
    const leaf = drawer().locator('.ant-tree-treenode', { hasText: point.displayName.en }).last();
    await leaf.locator('.ant-tree-checkbox').click();
    await drawer().getByRole('button', { name: 'Add as points (1)' }).click();
    await page.getByText('Points added: 1').waitFor();
    await page.getByRole('tab', { name: 'State' }).click();
    await drawer().getByRole('link', { name: 'Its points' }).click();
    await row(point.displayName.en).waitFor();
    await liveValue(point.displayName.en).waitFor({ timeout: 30_000 });
    expect(await liveValue(point.displayName.en).textContent()).toMatch(/\d/);
  });
});

describe('a Modbus device', () => {
  it('is read by a register map that was typed in', async () => {
    const { host, port, units } = plant.endpoints.modbus!;
    const unit = units[0]!;
    const register = unit.registers.find(({ type }) => type === 'float32') ?? unit.registers[0]!;
    await newSource('Gate meter', 'Modbus', async () => {
      await page.locator('#config_host').fill(host);
      await page.locator('#config_port').fill(String(port));
      await page.locator('#config_unitId').fill(String(unit.unitId));
      await page.locator('#config_pollSeconds').fill('1');
      await drawer().getByRole('button', { name: 'Add a row' }).click();
      await page.getByLabel('Key 1').fill('gate/power');
      await page.getByLabel('Address 1').fill(String(register.address));
      await choose('[aria-label="Function 1"]', register.function);
      await choose('[aria-label="Type 1"]', register.type);
    });
    await row('Gate meter').getByText('Online').waitFor({ timeout: 30_000 });
    await open('/points?q=gate');
    await liveValue('gate/power').waitFor({ timeout: 30_000 });
  });
});

it('complained about nothing on the way', () => expect(engineer.complaints).toEqual([]));
