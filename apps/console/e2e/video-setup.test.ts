import { type OnvifDevice, startOnvifDevice } from '@millwright/media/test-support';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { drawPeople } from './support/drawn-people.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { fillPlant } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let person: Person;
let page: Page;
let device: OnvifDevice;

beforeAll(async () => {
  await ensureBuilt();
  device = await startOnvifDevice({ name: 'Gate West', user: 'viewer', password: 'p@ss', rtspPort: 9 });
  [server, browser] = await Promise.all([startServer({ flags: ['--allowed-networks', '127.0.0.1'] }), openChromium()]);
  person = await openWindow(browser, server);
  page = person.page;
  await signInFirst(person, server);
  await fillPlant(page, server);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  device?.close();
}, 120_000);

describe('a camera of the network', () => {
  it('is asked for its streams, says what is wrong, and fills in the form', async () => {
    await page.goto('/video/cameras');
    await page.getByRole('button', { name: 'Add camera' }).first().click();
    const form = page.locator('.ant-drawer');
    await form.getByRole('button', { name: 'Search the network (ONVIF)' }).click();
    // On a machine without a network nobody answers; the address can be typed then.
    await form.getByText(/No camera answered|Cameras that answered/).waitFor({ timeout: 60_000 });
    const ask = form.getByRole('button', { name: 'Ask for its streams' });
    await form.getByLabel('Address of a camera').fill('10.255.255.1');
    await ask.click();
    await form.getByText('allowedNetworks').waitFor();
    await form.getByLabel('Address of a camera').fill(device.address);
    await form.getByLabel('User').first().fill('viewer');
    await form.getByLabel('Password').first().fill('wrong');
    await ask.click();
    await form.getByText('refused the user name or the password').waitFor();
    await form.getByLabel('Password').first().fill('p@ss');
    await form.getByLabel('Password').first().press('Enter');
    await form.getByText('Acme Dome 4').waitFor();
    await form.getByRole('button', { name: 'Take these' }).click();
    expect(await form.getByLabel('Address', { exact: true }).inputValue()).toBe('rtsp://127.0.0.1:9/main');
    expect(await form.getByLabel('Smaller stream').inputValue()).toBe('rtsp://127.0.0.1:9/sub');
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Acme Dome 4');
    await form.locator('button[type=submit]').click();
    await page.waitForURL(/\/video\/cameras\/[0-9a-f-]{36}$/);
    const id = page.url().split('/').at(-1);
    const { settings } = (await (await page.request.get(`/api/matrixvision/cameras/${id}`)).json()) as {
      settings: { source: object };
    };
    expect(settings.source).toMatchObject({ username: 'viewer', password: '***', subUrl: 'rtsp://127.0.0.1:9/sub' });
  }, 120_000);
});

describe('the ground of its picture', () => {
  it('is calibrated by four corners and two sides, with a grid, and is one step of the rules', async () => {
    await page.getByRole('button', { name: 'Calibrate the ground' }).click();
    const canvas = page.getByRole('application');
    const box = (await canvas.boundingBox())!;
    const corners = [
      [0.1, 0.95],
      [0.9, 0.95],
      [0.7, 0.5],
      [0.3, 0.5],
    ] as const;
    for (const [x, y] of corners) await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await page.getByLabel('Side from point 1 to 2 (m)').fill('4');
    await page.getByLabel('Side from point 2 to 3 (m)').fill('10');
    await page.getByText('Lines every 2 m').waitFor();
    expect(await page.locator('main polyline').count()).toBeGreaterThan(8);
    // A fifth point by keys tells how well the four fit.
    await canvas.focus();
    for (const key of ['ArrowUp', ' ']) await page.keyboard.press(key);
    await page.getByLabel('X of point 5 (m)').fill('2');
    await page.getByLabel('Y of point 5 (m)').fill('9');
    await page.getByText('off by').first().waitFor();
    await page.getByRole('button', { name: 'Take point 5 out' }).click();
    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('Calibrated with 4 points').waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Calibrate the ground' }).waitFor();
    await page.keyboard.press('Control+y');
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 1 in force', { exact: true }).waitFor();
    const id = page.url().split('/').at(-1);
    const { rules } = (await (await page.request.get(`/api/matrixvision/cameras/${id}/rules`)).json()) as {
      rules: { calibration: { points: { ground: number[] }[] } };
    };
    expect(rules.calibration.points.map(({ ground }) => ground)).toEqual([
      [0, 0],
      [4, 0],
      [4, 10],
      [0, 10],
    ]);
    expect(person.complaints).toEqual([]);
  }, 120_000);
});

describe('what people wear', () => {
  it('is named, and told apart with the keyboard; the last word is taken back', async () => {
    await page.goto('/video/attributes');
    await page.getByText('Nothing is taught yet').waitFor();
    await page.getByRole('button', { name: 'Teach something new' }).first().click();
    await page.locator('.ant-drawer #name').fill('hard hat');
    await page.getByRole('radio', { name: 'Head' }).check();
    await page.locator('.ant-drawer button[type=submit]').click();
    await page.waitForURL(/\/video\/attributes\/[0-9a-f-]{36}$/);
    const [hats, bare] = [await drawPeople(true, 8), await drawPeople(false, 8)];
    await page.getByText('a whole person', { exact: true }).click();
    await page.locator('main input[type=file]').setInputFiles([...hats, ...bare]);
    const tile = (name: string) => page.getByRole('group', { name, exact: true });
    await tile('hat-1.jpg').focus();
    await page.keyboard.press('o');
    await tile('hat-1.jpg').waitFor({ state: 'detached' });
    await page.keyboard.press('u');
    await tile('hat-1.jpg').waitFor();
    for (let at = 1; at <= hats.length; at += 1) {
      await tile(`hat-${at}.jpg`).focus();
      await page.keyboard.press('w');
    }
    for (let at = 1; at <= bare.length; at += 1) {
      await tile(`bare-${at}.jpg`).focus();
      await page.keyboard.press('o');
    }
    await page.getByText('Nobody to click just now').waitFor();
    for (const side of ['With it', 'Without it'])
      await page.getByText(new RegExp(`^${side} 8, of 10 to 30$`)).waitFor({ timeout: 60_000 });
  }, 180_000);

  it('is taught with a stated accuracy that proves itself, and a wrong click is put right', async () => {
    // One hat is said to be none.
    await page.getByRole('button', { name: 'Without it, after all' }).first().click();
    await page.getByText(/^With it 7,/).waitFor();
    await page.getByRole('button', { name: /Teach$/ }).click();
    await page.getByText(/^95 % between/).waitFor({ timeout: 90_000 });
    await page.getByText(/^Contradicted by the others/).waitFor();
    await page.getByRole('listitem').getByRole('button', { name: 'With it, after all' }).first().click();
    await page.getByRole('link', { name: 'Corrected: teach again' }).click();
    await page.getByText(/^With it 8,/).waitFor();
    await page.getByRole('button', { name: 'Teach again' }).click();
    await page.locator('tbody tr', { hasText: '8 + 8' }).waitFor({ timeout: 90_000 });
    await page
      .locator('tbody tr', { hasText: '8 + 8' })
      .getByRole('button', { name: /^Open the evidence/ })
      .click();
    const proof = page.locator('.ant-drawer');
    await proof.getByRole('button', { name: 'Verify now' }).click();
    await proof.getByText('Proved', { exact: true }).first().waitFor({ timeout: 90_000 });
    await page.keyboard.press('Escape');
  }, 240_000);

  it('is put in use, and a rule asks for it', async () => {
    await page.getByText('Use', { exact: true }).first().click();
    // Each is marked once the server has taken it.
    for (const [role, name] of [
      ['radio', 'On the cameras chosen'],
      ['checkbox', 'Acme Dome 4'],
    ] as const) {
      const mark = page.getByRole(role, { name });
      await mark.click();
      await expect.poll(() => mark.isChecked(), { timeout: 20_000 }).toBe(true);
    }
    await page.getByRole('link', { name: 'Make a rule' }).click();
    await page.getByText('changed, not saved').waitFor();
    expect(await page.getByRole('combobox', { name: 'Equipment' }).inputValue()).toBe('hard hat');
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 2 in force', { exact: true }).waitFor();
    await page.goto('/video/attributes');
    await page.locator('tbody tr', { hasText: 'hard hat' }).getByText('On cameras: 1').waitFor();
    await page.locator('tbody tr', { hasText: 'hard hat' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nothing is taught yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('tbody tr', { hasText: 'hard hat' }).waitFor();
    expect(person.complaints).toEqual([]);
  }, 120_000);
});
