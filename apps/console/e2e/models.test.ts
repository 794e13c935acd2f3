import { constantNetwork } from '@millwright/inference/test-support';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let person: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  person = await openWindow(browser, server);
  page = person.page;
  await signInFirst(person, server);
  const ask = async (path: string, data: object) =>
    (await page.request.post(path, { data, headers: { origin: new URL(server.url).origin } })).json();
  const site = (await ask('/api/cloud/nodes', { kind: 'site', name: 'Works', parentId: null })) as { id: string };
  const source = { type: 'stream', url: 'rtsp://198.51.100.7/main' };
  await ask('/api/matrixvision/cameras', { siteId: site.id, name: 'Gate', enabled: false, settings: { source } });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A network that is checked and run in a process of its own takes its time on a busy machine. */
const patience = { timeout: 60_000 };

describe('the models', () => {
  it('take an ONNX file, fill in its card, say what is wrong with it, show what it finds, and register it', async () => {
    await page.goto('/video/models');
    await page.getByText('No model of your own yet').waitFor();
    await page.getByRole('cell', { name: /^nanodet default$/ }).waitFor();
    await page.getByRole('button', { name: 'Add model' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'Add model' });
    const output = { dims: [1, 1, 6], data: [8, 32, 24, 60, 0.9, 1] };
    await drawer.locator('input[accept=".onnx,.json"]').setInputFiles({
      ...{ name: 'helmets.onnx', mimeType: 'application/octet-stream' },
      buffer: Buffer.from(constantNetwork({ output })),
    });
    await drawer.getByText('YOLO v10, or with suppression').waitFor(patience);
    expect(await drawer.getByLabel('Name', { exact: true }).inputValue()).toBe('helmets');
    expect(await drawer.getByLabel('Input width').inputValue()).toBe('64');
    const register = drawer.getByRole('button', { name: 'Check and register' });
    await drawer.getByLabel('Classes', { exact: true }).fill('helmet\nhead\nvest');
    await drawer.getByLabel('Name', { exact: true }).fill('');
    await drawer.getByText('must not be empty').waitFor();
    expect(await register.isDisabled()).toBe(true);
    await drawer.getByLabel('Name', { exact: true }).fill('helmets');
    await drawer
      .locator('input[accept="image/*"]')
      .setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer: await page.screenshot() });
    await drawer.getByText(/^1 found in .* ms on CPU$/).waitFor(patience);
    await drawer.getByText('head 90%').waitFor();
    await register.click();
    await drawer.waitFor({ state: 'hidden', ...patience });
    await page.getByRole('cell', { name: 'helmets', exact: true }).waitFor();
    await page.getByRole('cell', { name: 'helmet, head, vest' }).waitFor();
  }, 180_000);

  it('are chosen in the settings of a camera, and not taken away while one uses them', async () => {
    await page.goto('/video/cameras');
    await page.getByRole('button', { name: 'Actions for Gate' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByText('Detection, recording and privacy').click();
    await page.getByLabel('Model', { exact: true }).click();
    await page.getByText('helmets, version 1').click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    const { items } = (await (await page.request.get('/api/matrixvision/models')).json()) as {
      items: { versions: { sha256: string; cameras: { name: string }[] }[] }[];
    };
    expect(items[0]!.versions[0]!.cameras.map(({ name }) => name)).toEqual(['Gate']);
    await page.goto('/video/models');
    await page
      .getByRole('row', { name: /helmets/ })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('helmets is in use on Gate.').waitFor();
    expect(person.complaints).toEqual([]);
  }, 120_000);
});
