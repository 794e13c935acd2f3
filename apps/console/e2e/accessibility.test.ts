import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, signIn, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { fillPlant, type SmallPlant } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let plant: SmallPlant;
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** What axe calls serious or critical, as `rule: element` lines that say where to look. */
async function troubles(page: Page, within = 'body'): Promise<string[]> {
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.evaluate(axe);
  const { violations } = (await page.evaluate(`axe.run('${within}')`)) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html.slice(0, 200)}`));
}

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  const person = await openWindow(browser, server);
  await signInFirst(person, server);
  plant = await fillPlant(person.page, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe.each([
  { theme: 'light', dark: false },
  { theme: 'dark', dark: true },
])('in the $theme theme', ({ dark }) => {
  let page: Page;
  beforeAll(async () => {
    page = (await openWindow(browser, server, { dark })).page;
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
      await page.goto(link);
      await page.locator('main#content :is(h1, h3)').first().waitFor();
      // What stands around a page is the same on each, and was looked at on the first.
      found.push(...(await troubles(page, link === '/' ? 'body' : '#content')));
    }
    expect(found).toEqual([]);
  }, 180_000);

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
});
