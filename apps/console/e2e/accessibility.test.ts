import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { goTo, openWindow, signIn, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call, fillPlant, type SmallPlant } from './support/small-plant.ts';
import { tellParts, toldIds } from './support/told-parts.ts';
import { tellVideo } from './support/told-video.ts';

let server: RunningServer;
let browser: Browser;
let plant: SmallPlant;
let cameraId: string;
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

const middle = [
  [0.2, 0.5],
  [0.8, 0.5],
];

/** In the dark only the colours are others. */
const ofColours = { runOnly: ['color-contrast', 'link-in-text-block'] };

/** Of what has no fault, axe would otherwise write down every element, which takes several times as long as looking. */
const onlyFaults = { resultTypes: ['violations'] };

/** What axe calls serious or critical, in the light and in the dark, as `rule: element` lines that say where to look. */
async function troubles(page: Page, within = 'body'): Promise<string[]> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const light = await violations(page, 'light', within, {});
  const dark = await violations(page, 'dark', within, ofColours);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark];
}

async function violations(page: Page, theme: 'light' | 'dark', within: string, options: object): Promise<string[]> {
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`html[data-theme="${theme}"]`).waitFor();
  const look = async () => {
    const asked = JSON.stringify({ ...options, ...onlyFaults });
    const results = (await page.evaluate(`axe.run('${within}', ${asked})`)) as AxeResults;
    return results.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${theme} ${id}: ${html.slice(0, 200)}`));
  };
  let found = await look();
  // Colours pass over to those of another theme: what is a fault, is one when they have arrived.
  for (let again = 0; again < 3 && found.length > 0; again++) {
    await page.waitForTimeout(300);
    found = await look();
  }
  return found;
}

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  const person = await openWindow(browser, server);
  await signInFirst(person, server);
  plant = await fillPlant(person.page, server);
  const settings = { source: { type: 'stream', url: 'rtsp://127.0.0.1:9/live' } };
  const camera = { siteId: plant.siteId, name: 'North gate', settings };
  cameraId = (await call<{ id: string }>(person.page, server, 'matrixvision/cameras', camera)).id;
  await person.page.request.put(`/api/matrixvision/cameras/${cameraId}/rules`, {
    data: { version: 1, rules: [{ id: 'gate', kind: 'line-crossing', line: middle }] },
    headers: { origin: server.url },
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('in the light and in the dark', () => {
  let page: Page;
  beforeAll(async () => {
    page = (await openWindow(browser, server)).page;
    await tellVideo(page);
    await tellParts(page, plant.siteId);
  });
  afterAll(() => page.context().close());

  it('the sign-in page has no serious fault', async () => {
    await page.goto('/');
    await page.locator('#name').waitFor();
    expect(await troubles(page)).toEqual([]);
  });

  it('no page has a serious fault', async () => {
    await signIn({ page, complaints: [] });
    const links = await page.locator('nav a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    const found: string[] = [];
    for (const link of new Set([...links, '/account', `/trends?points=${plant.pointIds.join(',')}`, '/no-such-page'])) {
      await goTo(page, link);
      await page.locator('main#content :is(h1, h3)').first().waitFor();
      // What stands around a page is the same on each, and was looked at on the first.
      found.push(...(await troubles(page, link === '/' ? 'body' : '#content')));
    }
    expect(found).toEqual([]);
  }, 480_000);

  it('no page of an inspection of parts has a serious fault', async () => {
    const { station, inspection, dataset } = toldIds;
    const found: string[] = [];
    for (const link of [
      ...[`/parts/stations/${station}`, `/parts/review?station=${station}`],
      ...['line', 'drift', 'limit', 'lots', 'send'].map((tab) => `/parts/stations/${station}?tab=${tab}`),
      ...[`/parts/inspections/${inspection}`, `/parts/pictures/${dataset}`, `/parts/pictures/${dataset}/label`],
      ...['/parts/inspections/new', `/parts/inspections/new?dataset=${dataset}`],
      `/parts/inspections/new?dataset=${dataset}&step=promise`,
      `/parts/inspections/new?dataset=${dataset}&inspection=${inspection}`,
    ]) {
      await page.goto(link);
      await page.locator('main#content h1').waitFor();
      if (link.includes('?tab=')) await page.getByRole('tabpanel').locator('section').first().waitFor();
      found.push(...(await troubles(page, '#content')));
    }
    expect(found).toEqual([]);
  }, 240_000);

  it.each([
    { name: 'the palette', path: '/', open: (at: Page) => at.keyboard.press('Control+k') },
    { name: 'the help', path: '/', open: (at: Page) => at.keyboard.press('?') },
    { name: 'a source', path: '/sources', open: (at: Page) => at.locator('tbody tr.ant-table-row').first().click() },
    { name: 'the form of a user', path: '/users', open: (at: Page) => at.locator('main header .ant-btn').click() },
    {
      name: 'the evidence of an entry',
      path: '/ledger',
      open: (at: Page) => at.locator('tbody tr.ant-table-row').first().click(),
    },
    {
      name: 'the form of a camera',
      path: '/video/cameras',
      open: (at: Page) => at.locator('main header .ant-btn-primary').click(),
    },
    {
      name: 'an event',
      path: '/video/events',
      open: (at: Page) => at.locator('tbody tr.ant-table-row').first().click(),
    },
  ])('$name has no serious fault', async ({ path, open }) => {
    await page.goto(path);
    await page.locator('main#content h1').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await open(page);
    await page.locator('[role=dialog]').first().waitFor();
    expect(await troubles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('[role=dialog]').first().waitFor({ state: 'hidden' });
  });

  it('a camera with a rule that is open and a network that is offered has no serious fault', async () => {
    await page.goto(`/video/cameras/${cameraId}`);
    await page.getByLabel('Let cameras of this network be opened').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: /^Line crossing/ }).click();
    await page.getByLabel('Name', { exact: true }).waitFor();
    expect(await troubles(page, '#content')).toEqual([]);
  }, 60_000);
});
