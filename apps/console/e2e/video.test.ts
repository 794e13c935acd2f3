import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { fillPlant } from './support/small-plant.ts';
import { tellVideo, toldEvent } from './support/told-video.ts';

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
  await fillPlant(page, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the cameras', () => {
  it('begin with what to do, and one is added from the address in its manual', async () => {
    await page.goto('/video/cameras');
    await page.getByText('No camera yet').waitFor();
    await page.getByRole('button', { name: 'Add camera' }).first().click();
    // Nobody listens at this port, so the camera is lost and says why.
    await page.getByLabel('Address', { exact: true }).fill('rtsp://admin:secret@127.0.0.1:9/live');
    await page.getByLabel('Name', { exact: true }).fill('North gate');
    await page.locator('.ant-drawer button[type=submit]').click();
    await page.waitForURL(/\/video\/cameras\/[0-9a-f-]{36}$/);
    const cameras = await page.request.get('/api/matrixvision/cameras');
    const [camera] = ((await cameras.json()) as { items: { settings: { source: object } }[] }).items;
    expect(camera?.settings.source).toMatchObject({
      ...{ url: 'rtsp://127.0.0.1:9/live', username: 'admin', password: '***', transport: 'tcp' },
    });
  });

  it('are paused, found, and taken away and brought back', async () => {
    await page.goto('/video/cameras');
    const tile = page.getByRole('article', { name: 'North gate' });
    await tile.getByRole('button', { name: 'Actions for North gate' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await tile.getByText('Paused', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('[data-search]').fill('no such');
    await page.getByText('Nothing found').waitFor();
    await page.locator('[data-search]').fill('127.0.0.1 north');
    await tile.getByRole('button', { name: 'Actions for North gate' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Camera North gate removed').waitFor();
    await page.getByText('No camera yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await tile.waitFor();
    expect(person.complaints).toEqual([]);
  });
});

describe('the rules of a camera', () => {
  const open = async () => {
    await page.goto('/video/cameras');
    await page.getByRole('link', { name: 'North gate' }).first().click();
    await page.getByRole('heading', { name: 'Rules', exact: true }).waitFor();
  };
  const saved = async () => {
    const id = page.url().split('/').at(-1);
    const answer = await page.request.get(`/api/matrixvision/cameras/${id}/rules`);
    return (await answer.json()) as { version: number; rules: { rules: Record<string, unknown>[] } };
  };
  const canvas = () => page.getByRole('application');
  const at = async (x: number, y: number) => {
    const box = (await canvas().boundingBox())!;
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  };

  it('are drawn with the mouse, checked while they are filled in, and put in force', async () => {
    await open();
    await page.getByText('No rule yet').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: /^Line crossing/ }).click();
    await canvas().waitFor();
    await at(0.2, 0.5);
    await at(0.8, 0.5);
    await canvas().waitFor({ state: 'hidden' });
    await page.getByLabel('Then quiet for (s)').fill('-5');
    await page.getByText('must be at least 0').waitFor();
    const save = page.getByRole('button', { name: 'Save and put in force' });
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('Then quiet for (s)').fill('7');
    await save.click();
    await page.getByText('version 1 in force', { exact: true }).waitFor();
    const { version, rules } = await saved();
    expect(version).toBe(1);
    const [rule] = rules.rules;
    expect(rule).toMatchObject({ kind: 'line-crossing', cooldown: 7, inward: 'right' });
    const line = rule?.line as [number, number][];
    expect(line.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10])).toEqual([
      [0.2, 0.5],
      [0.8, 0.5],
    ]);
  });

  it('are changed with the keyboard alone: points moved, put in and taken out, and steps taken back', async () => {
    await open();
    await page.getByRole('button', { name: /^Line crossing/ }).press('Enter');
    const handle = (number: number) => page.getByRole('button', { name: new RegExp(`^Point ${number}: `) });
    await handle(1).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Insert');
    await handle(3).waitFor();
    await page.keyboard.press('Control+z');
    await handle(3).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+y');
    await handle(3).waitFor();
    await handle(2).focus();
    await page.keyboard.press('Delete');
    await handle(3).waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 2 in force', { exact: true }).waitFor();
    const line = (await saved()).rules.rules[0]!.line as [number, number][];
    expect(line).toHaveLength(2);
    expect(line[0]![1]).toBeCloseTo(0.54, 1);
  });

  it('take a zone by touch or keys, and an earlier version comes back', async () => {
    await open();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('menuitem', { name: /^Zone entry/ }).click();
    await canvas().focus();
    for (const keys of ['ArrowLeft', 'ArrowDown', 'ArrowRight']) {
      for (let step = 0; step < 5; step += 1) await page.keyboard.press(keys);
      await page.keyboard.press(' ');
    }
    await page.keyboard.press('Enter');
    await canvas().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 3 in force', { exact: true }).waitFor();
    expect((await saved()).rules.rules.map(({ kind }) => kind)).toEqual(['line-crossing', 'zone-entry']);
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button').click();
    await page.getByText('changed, not saved').waitFor();
    await page.getByRole('button', { name: 'Save and put in force' }).click();
    await page.getByText('version 4 in force', { exact: true }).waitFor();
    expect((await saved()).rules.rules).toHaveLength(1);
  });

  it('that are not saved are not lost by a wrong click', async () => {
    await open();
    await page.getByRole('switch').first().click();
    await page.getByText('changed, not saved').waitFor();
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(page.url()).toContain('/video/cameras/');
    await page.getByRole('link', { name: 'Start' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    expect(person.complaints).toEqual([]);
  });
});

describe('the events', () => {
  it('are gone through and judged with the keyboard', async () => {
    const { reviews } = await tellVideo(page);
    await page.goto('/video/events');
    await page.locator('tbody tr', { hasText: 'Gate line' }).first().waitFor();
    await page.keyboard.press('j');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('c');
    await page.getByText(/^Confirmed by/).waitFor();
    await page.keyboard.press('j');
    await page.getByText('it may be another thing').waitFor();
    await page.keyboard.press('r');
    await page.getByText(/^Rejected by/).waitFor();
    await page.keyboard.press('u');
    await page.getByRole('button', { name: 'Confirm c' }).waitFor();
    const [first, second] = [toldEvent(1).id, toldEvent(2).id];
    expect(reviews).toEqual([
      { id: first, state: 'confirmed' },
      { id: second, state: 'rejected' },
      { id: second, state: 'open' },
    ]);
  });

  it('show how often a rule is right, with its interval', async () => {
    await page.goto('/video/events?view=precision');
    await page.locator('tbody tr', { hasText: '49% – 94%' }).waitFor();
    expect(await page.locator('tbody tr', { hasText: 'Gate line' }).textContent()).toContain('80%');
    await page.unroute(/\/api\/matrixvision\/events/);
  });
});

describe('a camera live', () => {
  it('shows pictures and counts where there is no video, and says so', async () => {
    const jpeg = await page.screenshot({ type: 'jpeg', clip: { x: 0, y: 0, width: 64, height: 36 } });
    await page.route(/snapshot\.jpg/, (route) => route.fulfill({ contentType: 'image/jpeg', body: jpeg }));
    await page.route('**/api/matrixvision/cameras', async (route) => {
      const answer = await route.fetch();
      const { items } = (await answer.json()) as { items: { state: object }[] };
      for (const camera of items)
        Object.assign(camera, { enabled: true, state: { ...camera.state, state: 'streaming', health: 'good' } });
      await route.fulfill({ json: { items } });
    });
    await page.routeWebSocket(/\/live$/, (socket) => {
      if (socket.url().endsWith('/api/live')) return socket.connectToServer();
      socket.send(JSON.stringify({ type: 'video', mime: null }));
      const box = [0.4, 0.3, 0.1, 0.4];
      const object = { track: 4, label: 'person', score: 0.9, state: 'seen', box };
      const counts = { 'line-crossing': { in: 12, out: 9, unconfirmedIn: 1, unconfirmedOut: 0 } };
      socket.send(JSON.stringify({ type: 'tracks', time: 1_000, objects: [object], counts }));
    });
    await page.goto('/video/cameras');
    await page.getByText('single pictures').waitFor();
    // The box is drawn: some pixel of the canvas is not empty.
    await page.waitForFunction(() => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels?.some((value) => value > 0);
    });
    await page.getByRole('link', { name: 'North gate' }).first().click();
    await page.getByText('in, unconfirmed').waitFor();
    expect(await page.locator('main').textContent()).toMatch(/in12out9in, unconfirmed1/);
    expect(person.complaints).toEqual([]);
  });
});
