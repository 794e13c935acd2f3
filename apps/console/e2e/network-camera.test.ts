import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasRtspServer, type RtspServer, startRtspServer, writeAccessUnits } from '@millwright/media/test-support';
import { renderScene, walkwayStage } from '@millwright/testkit/scene';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-network-camera-'));
const frameRate = 10;

/** One who walks to and fro, so that the line in the middle is crossed every three seconds. */
const scene = {
  ...{ width: 512, height: 288, frameRate, seconds: 6, seed: 7, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person' as const, seed: 33, vest: true, hat: true },
      path: [
        { at: 0, x: -1.8, z: 6.7 },
        { at: 3, x: 1.8, z: 6.7 },
        { at: 6, x: -1.8, z: 6.7 },
      ],
    },
  ],
};

let rtsp: RtspServer;
let server: RunningServer;
let browser: Browser;
let person: Person;
let page: Page;

async function playScene(): Promise<RtspServer> {
  const source = join(folder, 'walkway.mp4');
  await renderScene(scene, { out: source });
  const { width, height } = scene;
  const file = await writeAccessUnits({ source, out: join(folder, 'walkway.units'), width, height, frameRate });
  return startRtspServer({ streams: [{ path: '/walkway', file, frameRate }], user: 'viewer', password: 'p@ss' });
}

describe.skipIf(!hasRtspServer())('a camera of the network that is added by its address', () => {
  beforeAll(async () => {
    await ensureBuilt();
    [server, browser, rtsp] = await Promise.all([startServer(), openChromium(), playScene()]);
    person = await openWindow(browser, server);
    page = person.page;
    await signInFirst(person, server);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await rtsp?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('is refused inside the plant until its network is allowed, which is offered on the spot', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Add a camera' }).click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByLabel('Address', { exact: true }).fill(`rtsp://viewer:p%40ss@127.0.0.1:${rtsp.port}/walkway`);
    await drawer.getByLabel('Name', { exact: true }).fill('Walkway');
    expect(await drawer.getByLabel('Address', { exact: true }).inputValue()).toMatch(/^rtsp:\/\/127\.0\.0\.1:/);
    expect(await drawer.getByLabel('User').inputValue()).toBe('viewer');
    await drawer.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/\/video\/cameras\/[0-9a-f-]{36}$/, { timeout: 30_000 });
    await page.getByText('lies inside the network').waitFor({ timeout: 30_000 });
    expect(await page.getByLabel('Let cameras of this network be opened').inputValue()).toBe('127.0.0.1/32');
    await page.getByRole('button', { name: 'Allow', exact: true }).click();
    await page.getByText('lies inside the network').waitFor({ state: 'hidden', timeout: 30_000 });
  }, 120_000);

  it('is seen live, as video with boxes, and a line drawn on it finds who crosses', async () => {
    const video = page.locator('video').first();
    const isPlaying = () =>
      video.evaluate((one) => (one as HTMLVideoElement).videoWidth > 0 && (one as HTMLVideoElement).currentTime > 0);
    // A machine too busy to decode shows pictures for a minute, and then tries again.
    await expect.poll(isPlaying, { timeout: 100_000, interval: 250 }).toBe(true);
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: /^Line crossing/ }).click();
    const canvas = page.getByRole('application');
    for (const y of [0.4, 0.98]) {
      const box = (await canvas.boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height * y);
    }
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 1 in force', { exact: true }).waitFor();
    const events = async () => {
      const { items } = (await (await page.request.get('/api/matrixvision/events')).json()) as { items: object[] };
      return items.length;
    };
    await expect.poll(events, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
    expect(person.complaints).toEqual([]);
  }, 200_000);

  it('stays refused once its network is taken away on the System page, which can be undone', async () => {
    await page.goto('/system');
    await page.getByRole('button', { name: 'Take 127.0.0.1/32 away' }).click();
    const state = async () => {
      const { items } = (await (await page.request.get('/api/matrixvision/cameras')).json()) as {
        items: { state: { state: string; code: string | null } }[];
      };
      return items[0]!.state.code ?? items[0]!.state.state;
    };
    await expect.poll(state, { timeout: 30_000, interval: 250 }).toBe('MEDIA_ADDRESS_FORBIDDEN');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(state, { timeout: 30_000, interval: 250 }).toBe('streaming');
    expect(person.complaints).toEqual([]);
  }, 90_000);
});
