import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
let receiver: Server;
let answer = 200;
const taken: { signature: unknown; id: string }[] = [];

beforeAll(async () => {
  await ensureBuilt();
  receiver = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { id } = JSON.parse(Buffer.concat(parts).toString('utf8'));
    if (answer === 200) taken.push({ id, signature: request.headers['webhook-signature'] });
    response.writeHead(answer).end('desk is closed');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  [server, browser] = await Promise.all([
    startServer({ flags: ['--allowed-networks', '127.0.0.0/8'] }),
    openChromium(),
  ]);
  engineer = await openWindow(browser, server);
  page = engineer.page;
  await signInFirst(engineer, server);
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  receiver.closeAllConnections();
  receiver.close();
});

const open = async (path: string) => {
  await page.goto(path);
  await page.locator('main#content h1').waitFor();
};
const row = (text: string) => page.locator('tbody tr', { hasText: text });
const drawer = () => page.locator('.ant-drawer');
const more = async (item: string) => {
  await page.getByRole('button', { name: 'More for Safety desk' }).click();
  await page.getByRole('menuitem', { name: item }).click();
};

describe('an alert channel', () => {
  it('may not lead inside the network', async () => {
    await open('/alerts/deliveries');
    await page.getByText('Add a channel first').waitFor();
    await page.locator('main').getByRole('link', { name: 'Alert channels' }).click();
    await page.getByText('No alert channels').waitFor();
    await page.getByRole('button', { name: 'New channel' }).first().click();
    await drawer().locator('#name').fill('Safety desk');
    await drawer().locator('#config_url').fill('https://10.1.2.3/hook');
    await drawer().getByRole('button', { name: 'Create' }).click();
    await page.getByText('10.1.2.3 points to 10.1.2.3, which is inside the network.').waitFor();
  });

  it('shows its secret once', async () => {
    const { port } = receiver.address() as AddressInfo;
    await drawer().locator('#config_url').fill(`http://127.0.0.1:${port}/hook?key=geheim`);
    await drawer().getByRole('button', { name: 'Create' }).click();
    const secret = page.getByRole('dialog').locator('code');
    await expect.poll(() => secret.textContent()).toMatch(/^whsec_/);
    await page.getByRole('dialog').getByRole('button', { name: 'I have kept it' }).click();
    await row('Safety desk').getByText('Ready').waitFor();
    expect(await row('Safety desk').textContent()).toContain('/hook?***');
    expect(await page.content()).not.toContain('geheim');
  });

  it('is tested, and says what the receiver said', async () => {
    await row('Safety desk').getByRole('button', { name: 'Test' }).click();
    await page.getByText('The test to Safety desk arrived.').waitFor();
    expect(taken).toHaveLength(1);
    expect(taken[0]!.signature).toMatch(/^v1,/);
    answer = 503;
    await row('Safety desk').getByRole('button', { name: 'Test' }).click();
    await page
      .getByText(/answered 503\. desk is closed/)
      .first()
      .waitFor();
    answer = 200;
  });

  it('keeps its quiet hours', async () => {
    await row('Safety desk').click();
    await drawer().getByRole('button', { name: 'Quiet hours' }).click();
    await drawer().getByRole('switch', { name: 'Quiet hours' }).click();
    await drawer().getByLabel('Start of window 1').fill('20:30');
    await drawer().getByRole('button', { name: 'Add weekends' }).click();
    await drawer().getByRole('button', { name: 'Save' }).click();
    await drawer().waitFor({ state: 'detached' });
    await open('/alerts/channels');
    await row('Safety desk').click();
    await drawer().getByRole('button', { name: 'Quiet hours' }).click();
    expect(await drawer().getByLabel('Start of window 1').inputValue()).toBe('20:30');
    expect(await drawer().getByLabel('End of window 2').inputValue()).toBe('00:00');
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'detached' });
  });

  it('is paused, deleted and brought back', async () => {
    await more('Pause');
    await row('Safety desk').getByText('Paused').waitFor();
    await more('Resume');
    await row('Safety desk').getByText('Ready').waitFor();
    await more('Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row('Safety desk').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await row('Safety desk').waitFor();
  });
});

describe('the deliveries', () => {
  it('are filtered by what became of them, and opened with the keyboard', async () => {
    await open('/alerts/deliveries');
    await row('Delivered').first().waitFor();
    expect(await page.locator('tbody tr.ant-table-row').count()).toBe(2);
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.locator('.ant-select-item-option', { hasText: 'Not delivered' }).click();
    await expect.poll(() => page.locator('tbody tr.ant-table-row').count()).toBe(1);
    expect(page.url()).toContain('state=undelivered');
    await page.locator('tbody tr.ant-table-row').focus();
    await page.keyboard.press('Enter');
    await drawer().getByText('desk is closed').first().waitFor();
    await drawer()
      .getByRole('cell', { name: /answered 503/ })
      .waitFor();
  });

  it('brought no complaint of the browser', () => expect(engineer.complaints).toEqual([]));
});
