import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openNewcomer, openWindow, type Person, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call, fillPlant, type SmallPlant } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let admin: Person;
let plant: SmallPlant;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  admin = await openWindow(browser, server);
  await signInFirst(admin, server);
  plant = await fillPlant(admin.page, server);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const newcomer = (name: string, role: string, siteIds: string[] | null = null): Promise<Person> =>
  openNewcomer(browser, server, admin, { name, role, siteIds });

const offers = {
  engineer: { pages: ['MQTT clients', 'Import', 'API tokens'], newSource: true, deletes: true },
  operator: { pages: ['Import'], newSource: false, deletes: false },
  viewer: { pages: [], newSource: false, deletes: false },
  auditor: { pages: ['Users and roles', 'Ledger'], newSource: false, deletes: false },
};
const never = {
  engineer: ['Users and roles'],
  operator: ['MQTT clients', 'Users and roles', 'API tokens'],
  viewer: ['MQTT clients', 'Import', 'Users and roles', 'API tokens', 'System'],
  auditor: ['MQTT clients', 'Import', 'API tokens'],
};

describe('the console of each role', () => {
  it.each(['engineer', 'operator', 'viewer', 'auditor'] as const)(
    'of an %s offers what may be done, and nothing else',
    async (role) => {
      const { page, complaints } = await newcomer(role, role);
      const navigation = await page.locator('nav').first().textContent();
      for (const name of offers[role].pages) expect(navigation).toContain(name);
      for (const name of never[role]) expect(navigation, name).not.toContain(name);
      const refused: string[] = [];
      page.on('response', (response) => {
        if (response.status() === 403) refused.push(response.url());
      });
      const links = await page
        .locator('nav a[href]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
      for (const link of new Set(links)) {
        await page.locator(`nav a[href="${link}"]`).last().click();
        await page.waitForURL((url) => url.pathname === link);
        await page.locator('main#content h1').waitFor();
        await page.waitForLoadState('networkidle').catch(() => undefined);
      }
      // A page that is offered never asks the server for what the role may not have.
      expect(refused).toEqual([]);
      await page.goto('/sources');
      await page.locator('tbody tr', { hasText: 'Gate meter' }).waitFor();
      expect((await page.getByRole('button', { name: 'New source' }).count()) > 0).toBe(offers[role].newSource);
      await page.goto('/plant');
      await page.getByRole('heading', { name: 'Harbour works' }).waitFor();
      expect((await page.getByRole('button', { name: 'Delete' }).count()) > 0).toBe(offers[role].deletes);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
    60_000,
  );

  it('shows only the sites that an account has rights on', async () => {
    const place = { kind: 'site', name: 'Secret works', timezone: 'UTC', parentId: null };
    await call(admin.page, server, 'cloud/nodes', place);
    const { page } = await newcomer('gate keeper', 'viewer', [plant.siteId]);
    await page.locator('tbody tr', { hasText: 'Harbour works' }).waitFor();
    expect(await page.locator('main').textContent()).not.toContain('Secret works');
    await page.getByRole('button', { name: 'Site: All sites' }).click();
    await page.getByRole('menuitem', { name: 'Harbour works' }).waitFor();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['All sites', 'Harbour works']);
    await page.context().close();
  });

  it('names a locked account on the start page, where an administrator finds the way to release it', async () => {
    for (let tries = 0; tries < 6; tries += 1)
      await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: server.url },
        body: JSON.stringify({ name: 'viewer', password: 'wrong' }),
      });
    const { page } = admin;
    await page.goto('/');
    await page.getByRole('link', { name: /viewer.*Account locked until/ }).click();
    await page.locator('tbody tr', { hasText: /Locked until/ }).waitFor();
    await page.getByRole('button', { name: 'Actions for viewer' }).click();
    await page.getByRole('menuitem', { name: 'Unlock' }).click();
    // The row of the viewer: the others were active all along.
    await page.locator('tbody tr', { hasText: 'viewer' }).filter({ hasText: 'Active' }).waitFor();
    await page.goto('/');
    await page.getByText('Needs attention').waitFor();
    expect(await page.getByRole('link', { name: /Account locked/ }).count()).toBe(0);
  });
});
