import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { renderScene, walkwayStage } from '@millwright/testkit/scene';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openNewcomer, openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let admin: Person;
let page: Page;
let cameraId: string;
const folder = mkdtempSync(join(tmpdir(), 'millwright-live-'));
const file = join(folder, 'walkway.mp4');

/** One who walks to and fro, so that the line in the middle is crossed every five seconds. */
const scene = {
  ...{ width: 512, height: 288, frameRate: 10, seconds: 10, seed: 5, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person' as const, seed: 31, vest: true, hat: true },
      path: [
        { at: 0, x: -2.6, z: 6.7 },
        { at: 5, x: 2.6, z: 6.7 },
        { at: 10, x: -2.6, z: 6.7 },
      ],
    },
  ],
};
let addedAt: number;
let watcher: Person;
let event: ToldEvent;
const root = fileURLToPath(new URL('../../../', import.meta.url));

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium(), renderScene(scene, { out: file })]);
  admin = await openWindow(browser, server);
  page = admin.page;
  await signInFirst(admin, server);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface ToldEvent {
  readonly id: string;
  readonly kind: string;
  readonly findingId: string | null;
  readonly clipState: string;
}
const events = async () => {
  const answer = await page.request.get('/api/matrixvision/events');
  return ((await answer.json()) as { items: ToldEvent[] }).items;
};

describe('a newcomer', () => {
  it('adds a video file where there is no site yet, and draws a line and a zone on it', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Add a camera' }).click();
    const drawer = page.locator('.ant-drawer');
    await drawer.getByText('Video file', { exact: true }).click();
    await drawer.locator('input[type=file]').setInputFiles(file);
    await drawer.getByText('walkway.mp4').waitFor();
    addedAt = Date.now();
    await drawer.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/\/video\/cameras\/[0-9a-f-]{36}$/);
    cameraId = page.url().split('/').at(-1)!;
    const canvas = page.getByRole('application');
    const draw = async (kind: RegExp, points: readonly (readonly [number, number])[]) => {
      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByRole('menuitem', { name: kind }).click();
      await canvas.waitFor();
      for (const [x, y] of points) {
        const box = (await canvas.boundingBox())!;
        await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
      }
      await canvas.waitFor({ state: 'hidden' });
    };
    const middle = [
      [0.5, 0.4],
      [0.5, 0.98],
    ] as const;
    const right = [
      [0.55, 0.4],
      [0.95, 0.4],
      [0.95, 0.95],
      [0.55, 0.95],
      [0.55, 0.4],
    ] as const;
    await draw(/^Line crossing/, middle);
    await draw(/^Zone entry/, right);
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 1 in force', { exact: true }).waitFor();
  }, 60_000);
});

describe('a camera that is watched', () => {
  it('shows moving video, decoded by the browser, with boxes over it', async () => {
    const video = page.locator('video').first();
    const at = () =>
      video.evaluate((one) => ({
        time: (one as HTMLVideoElement).currentTime,
        width: (one as HTMLVideoElement).videoWidth,
      }));
    // On a machine too busy to decode the page shows pictures instead, until it is opened again.
    const opens = async () => {
      await page.goto(`/video/cameras/${cameraId}`);
      await video.waitFor({ state: 'attached' });
      for (let tries = 0; tries < 40 && (await at()).width === 0; tries += 1) await page.waitForTimeout(500);
      return (await at()).width;
    };
    await expect.poll(opens, { timeout: 120_000, interval: 100 }).toBe(512);
    const before = (await at()).time;
    await expect.poll(async () => (await at()).time - before, { timeout: 30_000, interval: 500 }).toBeGreaterThan(2);
    const painted = () =>
      page
        .locator('canvas')
        .first()
        .evaluate((one) => {
          const canvas = one as HTMLCanvasElement;
          const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data;
          return pixels.some((value) => value !== 0);
        });
    await expect.poll(painted, { timeout: 30_000, interval: 200 }).toBe(true);
  }, 180_000);

  it('brings events whose clip plays, proved by millwright verify, within two minutes', async () => {
    const isWhole = ({ findingId, clipState }: ToldEvent) => findingId !== null && clipState === 'ready';
    const whole = async () => new Set((await events()).filter(isWhole).map(({ kind }) => kind)).size;
    await expect.poll(whole, { timeout: 180_000, interval: 500 }).toBe(2);
    const seconds = (Date.now() - addedAt) / 1000;
    console.info(`from adding the camera to proved events of line and zone with clips: ${seconds.toFixed(0)} s`);
    expect(seconds).toBeLessThan(120);
    event = (await events()).find(isWhole)!;
    await page.goto(`/video/events?event=${event.id}`);
    await expect.poll(() => played(page), { timeout: 30_000, interval: 500 }).toBeGreaterThan(0.5);
    const verb = ['apps/cli/src/main.ts', 'verify', event.findingId!, '--data', server.folder, '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, verb, { cwd: root });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'proved' });
  }, 240_000);

  it('asks for attention: its alert is acknowledged with a note, and taken back', async () => {
    await page.goto('/alerts/raised');
    const row = page.locator('tbody tr', { hasText: 'walkway: Line crossing' });
    await row.getByRole('img').or(row.locator('img')).first().waitFor();
    await row.getByText('No channel').waitFor();
    await row.click();
    await page.getByLabel(/^Note/).fill('Li is on the way');
    await page.locator('.ant-drawer').getByRole('button', { name: 'Acknowledge' }).click();
    await page
      .getByText('“Li is on the way”')
      .or(page.locator('q', { hasText: 'Li is on the way' }))
      .first()
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await row.getByRole('button', { name: 'Acknowledge' }).waitFor();
    expect(admin.complaints).toEqual([]);
  });
});

describe('people on a camera that covers them', () => {
  const look = async (path: string, by = page) => {
    const answer = await by.request.get(path);
    return { status: answer.status(), body: (await answer.body()).toString('base64') };
  };

  it('are seen covered by a role without the right to identities: live, picture, clip and export', async () => {
    const cameras = await page.request.get('/api/matrixvision/cameras');
    const { settings } = ((await cameras.json()) as { items: { settings: object }[] }).items[0]!;
    const changedAt = Date.now();
    await page.request.patch(`/api/matrixvision/cameras/${cameraId}`, {
      data: { settings: { ...settings, privacy: { blur: 'people' } } },
      headers: { origin: server.url },
    });
    // What was found while it was opened again may have no picture, or one of before.
    let since = changedAt;
    const isCovering = async () => {
      const answer = await page.request.get(`/api/matrixvision/cameras/${cameraId}`);
      const { state } = (await answer.json()) as { state: { state: string; since: string | null } };
      since = Date.parse(state.since ?? '');
      return state.state === 'streaming' && since > changedAt;
    };
    await expect.poll(isCovering, { timeout: 60_000, interval: 250 }).toBe(true);
    watcher = await openNewcomer(browser, server, admin, { name: 'watcher', role: 'operator' });
    await watcher.page.goto(`/video/cameras/${cameraId}`);
    await watcher.page.locator('[data-mode=pictures] img').waitFor({ timeout: 60_000 });
    const covered = async () => {
      const answer = await page.request.get(`/api/matrixvision/events?from=${new Date(since).toISOString()}`);
      return ((await answer.json()) as { items: ToldEvent[] }).items.find(
        ({ findingId, clipState }) => findingId && clipState === 'ready',
      )?.id;
    };
    await expect.poll(covered, { timeout: 150_000, interval: 1_000 }).toBeDefined();
    const at = `/api/matrixvision/events/${await covered()}`;
    for (const path of [`${at}/picture.jpg`, `${at}/clip.mp4`]) {
      const [open, theirs] = [await look(path), await look(path, watcher.page)];
      expect([path, open.status, theirs.status]).toEqual([path, 200, 200]);
      expect(theirs.body === open.body, path).toBe(false);
    }
    await watcher.page.goto(`/video/events?event=${await covered()}`);
    await expect.poll(() => played(watcher.page), { timeout: 30_000, interval: 500 }).toBeGreaterThan(0.5);
    const span = `from=${new Date(since).toISOString()}&to=${new Date().toISOString()}`;
    const recording = await look(`/api/matrixvision/cameras/${cameraId}/recordings/clip.mp4?${span}`, watcher.page);
    expect(recording.status).toBe(403);
  }, 240_000);

  it('have it written down who looked', async () => {
    const entries = await page.request.get('/api/ledger/entries?limit=200');
    const { items } = (await entries.json()) as { items: { type: string; actor: { name: string }; content: object }[] };
    const of = (type: string) => items.find((entry) => entry.type === type && entry.actor.name === 'watcher');
    for (const type of ['live-view', 'picture-view', 'clip-view'])
      expect(of(`matrixvision.${type}`), type).toBeDefined();
    expect(of('matrixvision.live-view')!.content).toMatchObject({ camera: 'walkway', covered: true });
    expect(watcher.complaints).toEqual([]);
  });
});

/** Seconds that the clip on the page has played. */
const played = (on: Page) =>
  on
    .locator('video')
    .first()
    .evaluate(async (one) => {
      const element = one as HTMLVideoElement;
      element.muted = true;
      await element.play().catch(() => undefined);
      return element.currentTime;
    });
