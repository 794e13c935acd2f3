import type { Browser, Page } from 'playwright-core';
import type { RunningServer } from './server.ts';
import { call } from './small-plant.ts';

export const password = 'a steady rolling mill';

export interface Person {
  readonly page: Page;
  /** What the browser's console complained about, and pages that failed. */
  readonly complaints: string[];
}

export interface PersonOptions {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly dark?: boolean;
}

/** A browser window of its own, as a new visitor has it. */
export async function openWindow(
  browser: Browser,
  server: RunningServer,
  options: PersonOptions = {},
): Promise<Person> {
  const { width = 1366, height = 768, locale = 'en-GB', dark = false } = options;
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height },
    locale,
    timezoneId: 'Asia/Shanghai',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // The browser itself logs every 4xx; the console's own handling of those is what the tests look at.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return { page, complaints };
}

/** Signs the administrator in for the first time, changing the one-time password. */
export async function signInFirst({ page }: Person, server: RunningServer): Promise<void> {
  await page.goto('/');
  await page.locator('#name').fill('admin');
  await page.locator('#password').fill(server.oneTimePassword);
  await page.locator('button[type=submit]').click();
  await page.locator('#current').fill(server.oneTimePassword);
  await page.locator('#next').fill(password);
  await page.locator('#again').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('main#content h1').waitFor();
}

export async function signIn({ page }: Person, name = 'admin', secret = password): Promise<void> {
  await page.goto('/');
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(secret);
  await page.locator('button[type=submit]').click();
  await page.locator('main#content h1').waitFor();
}

/**
 * Goes to a page as a person does, by its link in the navigation: what is loaded already stays. Where there is no such link the
 * page is loaded anew.
 */
export async function goTo(page: Page, path: string): Promise<void> {
  const link = page.locator(`nav a[href="${path}"]`).last();
  if ((await link.count()) === 0) {
    await page.goto(path);
    return;
  }
  await link.click();
  await page.waitForURL((url) => url.pathname === path);
}

/** A new person of this role in a window of their own, who has changed the one-time password and sees the start page. */
export async function openNewcomer(
  browser: Browser,
  server: RunningServer,
  admin: Person,
  { name, role, siteIds = null }: { name: string; role: string; siteIds?: readonly string[] | null },
): Promise<Person> {
  const made = await call<{ password: string }>(admin.page, server, 'access/users', { name, role, siteIds });
  const person = await openWindow(browser, server);
  const { page } = person;
  await page.goto('/');
  await page.locator('#name').fill(name);
  await page.locator('#password').fill(made.password);
  await page.locator('button[type=submit]').click();
  await page.locator('#current').fill(made.password, { timeout: 60_000 });
  await page.locator('#next').fill(password);
  await page.locator('#again').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('main#content h1').waitFor({ timeout: 60_000 });
  return person;
}
