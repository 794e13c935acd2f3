/**
 * Takes a picture of every page: both themes, English and Chinese, a laptop and a tablet, into the folder named.
 * `node apps/console/scripts/screenshots.ts FOLDER [page …]`; with MILLWRIGHT_URL and MILLWRIGHT_PASSWORD it looks at a
 * server that runs already, else it starts one with the sample plant.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../e2e/support/built-console.ts';
import { openChromium } from '../e2e/support/chromium.ts';
import { openWindow, password, signIn, signInFirst } from '../e2e/support/person.ts';
import { type RunningServer, startServer } from '../e2e/support/server.ts';
import { picturePages } from './picture-pages.ts';

const [folder = 'screenshots', ...only] = process.argv.slice(2);
const looks = [
  { name: 'light-en', width: 1366, height: 768, locale: 'en-GB', dark: false },
  { name: 'dark-zh', width: 1366, height: 768, locale: 'zh-CN', dark: true },
  { name: 'tablet-tw', width: 1024, height: 768, locale: 'zh-TW', dark: false },
];

mkdirSync(folder, { recursive: true });
await ensureBuilt();
const given = process.env.MILLWRIGHT_URL;
const server: RunningServer = given
  ? { url: given, folder: '', oneTimePassword: '', stop: async () => undefined }
  : await startServer({ sample: true });
const browser = await openChromium();
if (!given) await signInFirst(await openWindow(browser, server), server);
for (const look of looks) {
  const person = await openWindow(browser, server, look);
  const { page } = person;
  if (only.length === 0) {
    await page.goto('/');
    await page.locator('#name').waitFor();
    await page.screenshot({ path: join(folder, `sign-in-${look.name}.png`) });
  }
  await signIn(person, 'admin', process.env.MILLWRIGHT_PASSWORD ?? password);
  for (const { name, path, prepare } of picturePages) {
    if (only.length > 0 && !only.includes(name)) continue;
    await page.goto(path);
    await page.locator('main#content h1').waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await prepare?.(page).catch((error: unknown) => console.error(`${name}: ${String(error).split('\n')[0]}`));
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) });
  }
  if (person.complaints.length > 0) console.error(look.name, person.complaints);
  await page.context().close();
}
await browser.close();
await server.stop();
