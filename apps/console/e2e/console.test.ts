import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { openWindow, type Person, password, signIn, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';

let server: RunningServer;
let browser: Browser;
let admin: Person;
let page: Page;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  admin = await openWindow(browser, server);
  page = admin.page;
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const heading = () => page.locator('main#content h1').textContent();
const textOf = async (selector: string) => (await page.locator(selector).textContent()) ?? '';
const open = async (path: string) => {
  await page.goto(path);
  await page.locator('main#content h1').waitFor();
};

describe('signing in', () => {
  it('takes the one-time password and asks for another at once', async () => {
    await signInFirst(admin, server);
    expect(await heading()).toBe('Start');
  });

  it('says so when the password is wrong, and when the account is locked', async () => {
    await page.request.post('/api/access/users', {
      data: { name: 'lockme', role: 'viewer' },
      headers: { origin: server.url },
    });
    const stranger = await openWindow(browser, server);
    await stranger.page.goto('/');
    for (let tries = 0; tries < 6; tries += 1) {
      await stranger.page.getByLabel('Name').fill('lockme');
      await stranger.page.getByLabel('Password', { exact: true }).fill(`wrong ${tries}`);
      const answered = stranger.page.waitForResponse('**/api/session');
      await stranger.page.getByRole('button', { name: 'Sign in' }).click();
      await answered;
      await stranger.page.getByText(tries < 5 ? 'SIGN_IN_FAILED' : 'ACCOUNT_LOCKED').waitFor();
    }
    expect(await stranger.page.getByRole('alert').first().textContent()).toContain('locked until');
    await stranger.page.context().close();
  });

  it('speaks the language of the browser before anyone signs in', async () => {
    const visitor = await openWindow(browser, server, { locale: 'zh-HK' });
    await visitor.page.goto('/');
    await visitor.page.getByRole('heading', { name: '登入' }).waitFor();
    await visitor.page.context().close();
  });
});

describe('the shell', () => {
  it('opens every page of the navigation without a complaint', async () => {
    await open('/');
    const links = await page.locator('nav a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    expect(links.length).toBeGreaterThan(6);
    for (const link of new Set(links)) {
      await page.locator(`nav a[href="${link}"]`).last().click();
      await page.waitForURL((url) => url.pathname === link);
      await page.locator('main#content h1').waitFor();
    }
  });

  it('is driven by the keyboard: g and a letter, /, ? and the skip link', async () => {
    await open('/');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'Ledger', level: 1 }).waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-search'))).toBe(true);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Keyboard shortcuts').waitFor();
    await page.keyboard.press('Escape');
    await open('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#content');
  });

  it('changes the language everywhere and remembers it for the person', async () => {
    await open('/account');
    await page.getByLabel('简体中文').click();
    await page.getByRole('heading', { name: '我的账户' }).waitFor();
    const elsewhere = await openWindow(browser, server, { locale: 'en-GB' });
    await signIn(elsewhere);
    await elsewhere.page.getByRole('heading', { name: '开始' }).waitFor();
    await elsewhere.page.context().close();
    await page.getByLabel('English').click();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
  });

  it('turns dark and stays so after loading again', async () => {
    await page.getByLabel('Dark').click();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.reload();
    await page.locator('h1').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await page.getByLabel('Light').check();
  });

  it('says what to do at an address that is no page', async () => {
    await page.goto('/no-such-page');
    await page.getByText('There is no such page').waitFor();
  });
});

describe('the ledger', () => {
  it('is searched, opened and verified as a whole', async () => {
    await open('/ledger');
    await page.getByRole('button', { name: 'Verify the whole chain' }).click();
    await page.getByText('The chain is whole').waitFor();
    await page.getByLabel('Search this list').fill('lockme');
    await page.locator('tbody tr', { hasText: 'User created' }).first().waitFor();
    await page.locator('tbody tr', { hasText: 'User created' }).first().click();
    await page.locator('.ant-drawer').getByText('lockme').first().waitFor();
    expect(page.url()).toContain('evidence=');
    await page.keyboard.press('Escape');
  });

  it('passes through a head kept earlier, and not through a forged one', async () => {
    await open('/ledger');
    await page.getByRole('button', { name: 'Copy to keep elsewhere' }).click();
    const kept = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Check against an anchor' }).click();
    await page.getByPlaceholder('Paste a head').fill(kept);
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('passes through your anchor').waitFor();
    await page.getByPlaceholder('Paste a head').fill(kept.replace(/[0-9a-f]{4}$/, '0000'));
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('The chain is broken').waitFor();
  });

  it('exports what it shows', async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect((await downloading).suggestedFilename()).toBe('ledger.csv');
  });
});

describe('people and programs', () => {
  it('creates a user whose one-time password works once', async () => {
    await open('/users');
    await page.getByRole('button', { name: 'New user' }).click();
    await page.locator('#name').fill('chen');
    await page.locator('#displayName').fill('Chen Li');
    await page.getByRole('button', { name: 'Create' }).click();
    const secret = await textOf('.ant-modal code');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const chen = await openWindow(browser, server);
    await chen.page.goto('/');
    await chen.page.locator('#name').fill('chen');
    await chen.page.locator('#password').fill(secret);
    await chen.page.getByRole('button', { name: 'Sign in' }).click();
    await chen.page.getByRole('heading', { name: 'Choose your password' }).waitFor();
    await chen.page.locator('#current').fill(secret);
    await chen.page.locator('#next').fill(password);
    await chen.page.locator('#again').fill(password);
    await chen.page.locator('button[type=submit]').click();
    await chen.page.locator('main#content h1').waitFor();
    expect(await chen.page.locator('nav').textContent()).not.toContain('API tokens');
    expect(chen.complaints).toEqual([]);
    await chen.page.context().close();
  });

  it('unlocks an account', async () => {
    await open('/users?q=lockme');
    await page.locator('tbody tr', { hasText: 'Locked' }).waitFor();
    await page.getByRole('button', { name: 'Actions for lockme' }).click();
    await page.getByRole('menuitem', { name: 'Unlock' }).click();
    await page.locator('tbody tr', { hasText: 'Has not signed in yet' }).waitFor();
  });

  it('makes a token with chosen scopes, shows it once, and revokes it', async () => {
    await open('/tokens');
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.locator('#name').fill('night report');
    await page.getByRole('checkbox', { name: /ledger\.\*/ }).check();
    await page.getByRole('button', { name: 'Create' }).click();
    const secret = await textOf('.ant-modal code');
    expect(secret).toMatch(/^mw_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    const asProgram = () => fetch(`${server.url}/api/ledger/head`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await asProgram()).status).toBe(200);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Revoke' }).click();
    await page.locator('tbody tr', { hasText: 'Revoked' }).waitFor();
    expect((await asProgram()).status).toBe(401);
  });
});

it('complained about nothing on the way', () => expect(admin.complaints).toEqual([]));
