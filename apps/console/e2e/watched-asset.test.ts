import { createPlant } from '@millwright/testkit/simulator';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call } from './support/small-plant.ts';

const dayMs = 86_400_000;
const stepMs = dayMs / 4;
const keys = ['active-power', 'water-flow', 'vibration', 'bearing-temperature'];

let server: RunningServer;
let browser: Browser;
let engineer: Person;
let page: Page;

/** The cooling pump of the simulated plant for 14 months, whose bearing wears since five weeks. */
async function fillPump(): Promise<void> {
  const now = Math.floor(Date.now() / stepMs) * stepMs;
  const asset = 'qingdao/cooling-pump-1';
  const wear = { kind: 'bearing-wear', asset, from: now - 36 * dayMs, to: now + 6 * dayMs, magnitude: 6 } as const;
  const plant = createPlant({ seed: 1, faults: [wear], commissionedAt: now - 500 * dayMs });
  const site = { kind: 'site', name: 'Qingdao works', timezone: 'Asia/Shanghai', parentId: null };
  const { id: siteId } = await call<{ id: string }>(page, server, 'cloud/nodes', site);
  const pump = { kind: 'asset', name: 'Cooling pump 1', parentId: siteId };
  const { id: nodeId } = await call<{ id: string }>(page, server, 'cloud/nodes', pump);
  const source = { siteId, name: 'PLC', kind: 'rest-push' };
  const { id: sourceId } = await call<{ id: string }>(page, server, 'cloud/sources', source);
  const points = keys.map((key) => {
    const { displayName, unit, quantity } = plant.point(`${asset}/${key}`);
    return { key, name: displayName.en, unit, kind: 'gauge', quantity, nodeId };
  });
  await call(page, server, `cloud/sources/${sourceId}/points`, { points });
  const series = keys.map((key) => plant.history(`${asset}/${key}`, now - 430 * dayMs, now, stepMs));
  const readings = Array.from(series[0]!.times, (time, row) =>
    keys.map((key, index) => ({ key, time: new Date(time).toISOString(), value: series[index]!.values[row]! })),
  ).flat();
  for (let at = 0; at < readings.length; at += 2000)
    await call(page, server, `cloud/sources/${sourceId}/readings`, { readings: readings.slice(at, at + 2000) });
}

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  engineer = await openWindow(browser, server);
  page = engineer.page;
  await signInFirst(engineer, server);
  await fillPump();
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const main = () => page.locator('main#content');
const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('a maintenance engineer', () => {
  it('has an asset watched, and sees its wear with the sensor to blame', async () => {
    await page.goto('/orion/monitors');
    await page.getByText('No asset is watched yet').waitFor();
    await button('Watch an asset').first().click();
    await main().getByRole('combobox', { name: 'Asset' }).click();
    await page.locator('.ant-select-tree-node-content-wrapper', { hasText: 'Cooling pump 1' }).click();
    await button('Learn and watch').click();
    await main().getByRole('heading', { name: 'Cooling pump 1' }).waitFor();
    await main().getByText('watching').waitFor({ timeout: 60_000 });
    await page.goto('/orion/incidents');
    await page.locator('tbody tr', { hasText: 'Vibration' }).first().click({ timeout: 60_000 });
    await main().getByText('Check the bearings').waitFor();
    await main().locator('canvas').nth(2).waitFor();
  });

  it('turns it into a work order and closes it with a verdict', async () => {
    await button('Raise a work order').click();
    await main()
      .getByRole('heading', { name: /Cooling pump 1 runs unlike before/ })
      .waitFor();
    // Ticked once the server says so.
    await page.getByRole('checkbox').first().click();
    await main().getByText('1/').first().waitFor();
    await button('Close with outcome').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Cause found').fill('Bearing worn');
    await dialog.getByLabel('What was done').fill('Bearing replaced');
    await dialog.getByLabel('Was the alarm right?').click();
    await page.locator('.ant-select-item-option', { hasText: /^Right$/ }).click();
    await dialog.getByRole('button', { name: 'Close with outcome' }).click();
    await main().getByText('Bearing replaced').waitFor();
    await page.goto('/orion/incidents?state=closed');
    await page.locator('tbody tr', { hasText: 'Right' }).waitFor();
    expect(engineer.complaints).toEqual([]);
  });
});
