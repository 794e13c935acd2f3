import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call } from './support/small-plant.ts';
import { ToldBox } from './support/told-box.ts';

let server: RunningServer;
let browser: Browser;
let person: Person;
let page: Page;
let box: ToldBox;
let gateId: string;
let canteenId: string;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  person = await openWindow(browser, server);
  page = person.page;
  await signInFirst(person, server);
  const make = (path: string, body: object) => call<{ id: string }>(page, server, path, body);
  const { id: siteId } = await make('cloud/nodes', { kind: 'site', name: 'Harbour works', parentId: null });
  const invited = await call<{ box: { id: string }; code: string }>(page, server, 'cloud/edge/boxes', {
    ...{ siteId, name: 'gate-1' },
  });
  const settings = { source: { type: 'stream', url: 'rtsp://198.51.100.7/main' } };
  gateId = (await make('matrixvision/cameras', { siteId, boxId: invited.box.id, name: 'North gate', settings })).id;
  canteenId = (await make('matrixvision/cameras', { siteId, name: 'Canteen', settings })).id;
  box = new ToldBox(server);
  await box.enrol(invited.code);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
}, 120_000);

describe('the boxes of a plant', () => {
  it('show how each is, what is wanted beside what is in effect, and who holds what differs', async () => {
    const { revision, parts } = await box.desired();
    const wanted = parts.matrixvision!.document;
    // Somebody stopped the camera on the box itself.
    const cameras = wanted.cameras!.map((camera) => ({ ...camera, paused: true }));
    const figures = {
      state: 'streaming',
      code: null,
      fps: 9.8,
      detectionsPerSecond: 4.9,
      droppedLate: 0,
      latencyMs: 86,
    };
    await box.report(
      'matrixvision',
      revision,
      { ...wanted, cameras },
      {
        ...{ queue: 0, cameras: { [gateId]: { name: 'North gate', ...figures, health: 'good' } } },
      },
    );
    await page.goto('/edge');
    const row = page.getByRole('row', { name: /gate-1/ });
    await row.getByText('online', { exact: true }).waitFor();
    await row.getByText(/ago|now/).waitFor();
    for (const cell of ['42', '61.5', '7']) await row.getByRole('cell', { name: cell, exact: true }).waitFor();
    await row.click();
    const drawer = page.getByRole('dialog', { name: 'gate-1' });
    // Cameras by their names, with their pictures a second.
    for (const cell of ['North gate', 'Live', 'Good', '9.8', '4.9', '86'])
      await drawer.getByRole('cell', { name: cell, exact: true }).waitFor();
    const difference = drawer.getByRole('row', { name: /North gate › paused/ });
    await difference.getByText('true', { exact: true }).waitFor();
    await difference.getByText('the box', { exact: true }).waitFor();
    for (const fact of ['Memory', 'Disk', 'Clock ahead of the server, ms', 'Waiting to be sent', 'Given up for space'])
      await drawer.getByText(fact, { exact: true }).waitFor();
    expect(person.complaints).toEqual([]);
  });

  it('say what they refused and why, in the language of the reader, with all else in effect', async () => {
    const { revision, parts } = await box.desired();
    const { document } = parts.matrixvision!;
    const error = {
      ...{ code: 'INFERENCE_MEMORY_EXCEEDED', values: { model: 'helmets', megabytes: 2048 } },
      text: 'helmets takes more memory than the 2048 MB it may, and was ended.',
    };
    const reason = {
      ...{ code: 'box-camera.network-kept', text: 'North gate goes on with the network nanodet' },
      values: { camera: 'North gate', model: 'helmets 2', kept: 'nanodet', reason: error },
    };
    const path = ['cameras', gateId, 'model'];
    await box.report('matrixvision', revision, document, {}, [{ path, subject: 'a'.repeat(64), reason, revision }]);
    const english =
      'North gate goes on with the network nanodet, since this box refused helmets 2: helmets takes more memory';
    await page.reload();
    const row = page.getByRole('row', { name: /gate-1/ });
    await row.getByText('needs attention', { exact: true }).waitFor();
    await row.getByText(english).waitFor();
    const drawer = page.getByRole('dialog', { name: 'gate-1' });
    await drawer.getByRole('region', { name: 'Refused, with all else in effect:' }).getByText(english).waitFor();
    await box.report('matrixvision', revision, document, {});
    await row.getByText('online', { exact: true }).waitFor();
    expect(person.complaints).toEqual([]);
  });

  it('give their log and start anew from afar', async () => {
    const drawer = page.getByRole('dialog', { name: 'gate-1' });
    const asked = async (kind: 'log' | 'restart') => {
      await expect.poll(async () => (await box.desired()).commands.map((one) => one.kind)).toContain(kind);
      return (await box.desired()).commands.find((one) => one.kind === kind)!;
    };
    await drawer.getByRole('button', { name: 'Fetch the log' }).click();
    await box.answer(await asked('log'), { lines: ['the camera is there again'] });
    await drawer.getByRole('region', { name: 'Log' }).getByText('the camera is there again').waitFor();
    await drawer.getByRole('button', { name: 'Restart', exact: true }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'OK' }).click();
    await box.answer(await asked('restart'), { restarting: true });
  });

  it('put what happened while they were alone where it belongs in time, beside the cameras of the server', async () => {
    const hour = 3_600_000;
    const now = Date.now();
    const found = (cameraId: string, rule: string, at: number) =>
      box.tell('matrixvision', 'found', at, {
        ...{ cameraId, runId: randomUUID(), ruleVersion: 0 },
        events: [
          {
            ...{ id: randomUUID(), width: 640, height: 360 },
            event: {
              ...{ rule, kind: 'zone-entry', severity: 'info', at, since: at - 200, tracks: [7], label: 'person' },
              ...{ values: {}, doubts: [], confirmed: true, suppressed: 0, position: { x: 0.5, y: 0.6 } },
              box: { x: 300, y: 100, width: 40, height: 100 },
            },
          },
        ],
      });
    await found(canteenId, 'canteen early', now - 3 * hour);
    await found(canteenId, 'canteen late', now - hour);
    // What the box saw without the server comes last, and stands between them.
    await found(gateId, 'gate alone', now - 2 * hour);
    await page.goto('/video/events');
    const rules = page.getByRole('row').getByText(/\((canteen|gate) (early|late|alone)\)$/);
    await expect
      .poll(() => rules.allTextContents(), { timeout: 20_000 })
      .toEqual(['Zone entry (canteen late)', 'Zone entry (gate alone)', 'Zone entry (canteen early)']);
    await page
      .getByRole('row', { name: /gate alone/ })
      .getByText(/^arrived /)
      .waitFor();
    expect(person.complaints).toEqual([]);
  }, 60_000);
});
