import { strToU8, zipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { foreignWords } from './support/foreign-words.ts';
import { openNewcomer, openWindow, type Person, signIn, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { drawRing, tellParts, toldIds, toldVersion } from './support/told-parts.ts';

let server: RunningServer;
let browser: Browser;
let person: Person;
let page: Page;
let siteId: string;

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  person = await openWindow(browser, server);
  page = person.page;
  await signInFirst(person, server);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const png = async (name: string, seed: number, scratched = false) => ({
  ...{ name, mimeType: 'image/png', buffer: await drawRing(seed, scratched) },
});

/** The training and what comes of it, of an inspection that the server itself made; the rest is real. */
async function tellTraining(): Promise<void> {
  const json = (body: object, status = 200) => ({
    status,
    contentType: 'application/json',
    body: JSON.stringify(body),
  });
  const jobId = '01980000-0000-7000-8000-00000000000f';
  let asked = 0;
  await page.route(/\/inspections\/[0-9a-f-]+\/train$/, (route) => route.fulfill(json({ jobId }, 202)));
  await page.route(new RegExp(`/api/jobs/${jobId}$`), (route) => {
    asked += 1;
    const isDone = asked > 1;
    const job = {
      ...{ id: jobId, type: 'manuvision.train', subject: 'Caps', state: isDone ? 'done' : 'running' },
      ...{ progress: isDone ? 1 : 0.4, message: '', note: null, result: null, error: null, siteId },
      ...{ actor: { kind: 'user', id: '1', name: 'admin' }, attempts: 1, createdAt: new Date().toISOString() },
      ...{ startedAt: new Date().toISOString(), finishedAt: null },
    };
    return route.fulfill(json(job));
  });
  await page.route(/\/inspections\/[0-9a-f-]+\/versions$/, async (route) => {
    const { items } = (await (await page.request.get('/api/manuvision/datasets')).json()) as {
      items: { id: string }[];
    };
    const pictures = (await (await page.request.get(`/api/manuvision/datasets/${items[0]!.id}/pictures`)).json()) as {
      items: { hash: string }[];
    };
    const version = toldVersion(1, [pictures.items[0]!.hash]);
    return route.fulfill(json({ items: asked > 1 ? [version] : [] }));
  });
}

describe('the inspection of parts', () => {
  it('leads a newcomer from good pictures to what may be promised', async () => {
    await tellTraining();
    await page.getByRole('link', { name: 'Inspect parts' }).click();
    await page.getByLabel('Which part?').fill('Caps');
    await page.getByLabel('Where is it made?').fill('Harbour works');
    await page.getByRole('button', { name: 'Continue to the pictures' }).click();

    const inputs = page.locator('input[type=file]:not([webkitdirectory])');
    const first = await png('a-01.png', 1);
    const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
    const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('lot 12') };
    const more = await Promise.all([2, 3, 4, 5, 6].map((seed) => png(`a-0${seed}.png`, seed)));
    await inputs.nth(0).setInputFiles([first, ...more, { ...first, name: 'copy.png' }, broken, notes]);
    await page.getByText('6 of 9 added · 1 there already · 2 not taken').waitFor();
    const refused = page.locator('details', { hasText: 'Not taken: 2' });
    await refused.getByText('By its name it is not a picture.').waitFor();
    expect(await refused.locator('li', { hasText: 'broken.png' }).textContent()).toMatch(/broken\.png .{10}/);
    await page.getByLabel('Class of these').fill('深划痕');
    await inputs.nth(1).setInputFiles([await png('d-01.png', 9, true)]);
    await page.getByText('深划痕 1').waitFor();

    await page.getByRole('button', { name: 'Continue to the promise' }).click();
    await page.getByText('You have 6 good pictures. To prove 10 per 1,000 takes about 368').waitFor();
    await page.getByText('Against a golden template').click();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    // Two of the pictures are tried by the real server.
    await page.getByText(/It will take about \d+ s and at most \d+ MB/).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: /Train$/ }).click();
    await page.getByText('Training an inspection').waitFor();
    await page.getByText('What it promises').waitFor({ timeout: 20_000 });
    await page
      .getByRole('img', { name: /10 false rejects per 1,000, between 0 and 69; asked for: at most 10/ })
      .waitFor();
    await page.getByText('316 more good parts').waitFor();
    await page.getByText('0 verdicts changed').waitFor();
    await page.getByRole('button', { name: 'It is a defect' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'It is a defect' }).waitFor();
    // What is promised comes first, and then the station.
    expect(await page.locator('main h2').first().textContent()).toBe('What it promises');
    [{ siteId }] = (await (await page.request.get('/api/manuvision/datasets')).json()).items;
    await page.unroute(/\/inspections\/[0-9a-f-]+\/versions$/);
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('measures what is drawn on a picture at once, and keeps the plan', async () => {
    const [dataset] = (await (await page.request.get('/api/manuvision/datasets')).json()).items;
    const headers = { origin: server.url };
    const data = { siteId, datasetId: dataset.id, name: 'Bore', kind: 'measuring' };
    const made = await (await page.request.post('/api/manuvision/inspections', { data, headers })).json();
    await page.goto(`/parts/inspections/${made.id}`);
    const stage = page.locator('[data-stage]');
    await stage.waitFor();
    await page.getByText('circle', { exact: true }).click();
    await stage.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await stage.boundingBox())!;
    const at = (part: number) => [x + width * part, y + height * part] as const;
    await page.mouse.move(...at(0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.75), { steps: 4 });
    await page.mouse.up();
    // The bore of the ring: 2 * (56 - 15) px.
    const row = page.getByRole('row', { name: /circle 1/ });
    await row.getByText(/8[0-4]\.\d+ ± \d/).waitFor({ timeout: 30_000 });
    // Moved and resized by mouse and by keys, it is measured anew.
    const shape = page.getByRole('button', { name: /^circle 1, place/ });
    const region = async () => {
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('They hold for the next version').waitFor();
      const kept = await (await page.request.get(`/api/manuvision/inspections/${made.id}`)).json();
      return kept.settings.plan.features[0].region;
    };
    const before = await region();
    await page.mouse.move(...at(0.5));
    await page.mouse.down();
    await page.mouse.move(x + width * 0.51, y + height * 0.5);
    await page.mouse.up();
    await shape.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Alt+ArrowRight');
    const after = await region();
    expect(Math.abs(after.x - before.x - 1.92)).toBeLessThan(0.3);
    expect(after).toMatchObject({ y: before.y + 1, outer: before.outer + 1, inner: before.inner });
    await row.getByText(/8[0-4]\.\d+ ± \d/).waitFor({ timeout: 30_000 });
    await page.getByLabel('nominal').fill('82');
    await page.getByLabel('upper tolerance').fill('2');
    await page.getByLabel('lower tolerance').fill('2');
    expect(await page.getByRole('button', { name: 'Make a version' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await page.getByText('They hold for the next version').waitFor();
    const kept = await (await page.request.get(`/api/manuvision/inspections/${made.id}`)).json();
    expect(kept.settings.plan.features).toMatchObject([{ tool: 'circle', nominal: 82, plus: 2, minus: 2 }]);
    await page.request.delete(`/api/manuvision/inspections/${made.id}`, { headers });
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('takes what is compared, left out and read from the picture, and says what a kind that learns nothing judges by', async () => {
    const [dataset] = (await (await page.request.get('/api/manuvision/datasets')).json()).items;
    const headers = { origin: server.url };
    const stage = page.locator('[data-stage]');
    const drag = async (from: number, to: number) => {
      const { x, y, width, height } = (await stage.boundingBox())!;
      await page.mouse.move(x + width * from, y + height * from);
      await page.mouse.down();
      await page.mouse.move(x + width * to, y + height * to, { steps: 3 });
      await page.mouse.up();
    };
    const open = async (kind: string): Promise<string> => {
      const data = { siteId, datasetId: dataset.id, name: `By ${kind}`, kind };
      const { id } = await (await page.request.post('/api/manuvision/inspections', { data, headers })).json();
      await page.goto(`/parts/inspections/${id}`);
      await stage.scrollIntoViewIfNeeded();
      return id;
    };
    const kept = async (id: string) => {
      await page.getByRole('button', { name: 'Save the settings' }).click();
      await page.getByText('They hold for the next version').waitFor();
      const { settings } = await (await page.request.get(`/api/manuvision/inspections/${id}`)).json();
      await page.request.delete(`/api/manuvision/inspections/${id}`, { headers });
      return settings;
    };
    const near = (value: number) => expect.closeTo(value, 2);

    const template = await open('template');
    await drag(0.1, 0.9);
    await page.getByText('Draw a place to leave out').click();
    await drag(0.2, 0.3);
    await drag(0.6, 0.8);
    await page.getByRole('button', { name: /^Left out 1, place/ }).focus();
    await page.keyboard.press('Delete');
    const { items } = await (
      await page.request.get(`/api/manuvision/datasets/${dataset.id}/pictures?label=good`)
    ).json();
    expect(await kept(template)).toMatchObject({
      base: items[0].hash,
      region: { x: near(0.1), y: near(0.1), width: near(0.8), height: near(0.8) },
      ignored: [{ x: near(0.6), y: near(0.6), width: near(0.2), height: near(0.2) }],
    });

    const dial = await open('dial');
    await page.getByText('Version for the station').waitFor();
    expect(await page.getByText('per 1,000 good parts').count()).toBe(0);
    const across = async () => (await stage.boundingBox())!.width;
    const whole = await across();
    await page.getByRole('button', { name: 'Nearer' }).click();
    expect((await across()) / whole).toBeCloseTo(2, 1);
    await stage.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Set the ends of the scale on the picture' }).click();
    await page.getByRole('slider', { name: 'Angle of the end, degrees' }).focus();
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await kept(dial)).toMatchObject({
      region: { x: near(0.375), width: near(0.25) },
      scale: { fromAngle: -135, toAngle: 125 },
    });
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('labels many pictures at once by keyboard, and takes each step back', async () => {
    await page.goto('/parts/pictures');
    await page.getByRole('row', { name: /Caps/ }).click();
    const tiles = page.locator('[data-tile]');
    await tiles.nth(6).waitFor();
    await tiles.nth(1).click();
    await tiles.nth(3).click({ modifiers: ['Shift'] });
    await page.getByText('3 chosen').waitFor();
    await page.keyboard.press('d');
    const labelled = (name: string) => page.getByRole('button', { name: new RegExp(`\\.png,? ?${name}$`, 'i') });
    await labelled('defect').nth(2).waitFor();
    await page.keyboard.press('g');
    await labelled('defect').first().waitFor({ state: 'detached' });
    await page.keyboard.press('u');
    await labelled('defect').nth(2).waitFor();
    await page.keyboard.press('u');
    await labelled('defect').first().waitFor({ state: 'detached' });
    await page.keyboard.press('Delete');
    await tiles.nth(4).waitFor({ state: 'detached' });
    expect(await tiles.count()).toBe(4);
    await page.keyboard.press('Control+z');
    await tiles.nth(6).waitFor();
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByText('No versions yet').waitFor();
    const freeze = page.getByRole('button', { name: 'Freeze now' });
    await freeze.click();
    await page.getByText('Good: 6; defects: 1; regions: 0').waitFor();
    await freeze.click();
    await page.getByText('Nothing has changed').waitFor();
    await page.keyboard.press('Escape');
    // Pictures of a colour camera without colours.
    await page.getByText('Add pictures', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Colours of the sensor' }).click();
    await page.getByTitle('GRBG').click();
    await expect
      .poll(async () => {
        const { items } = (await (await page.request.get('/api/manuvision/datasets')).json()) as { items: object[] };
        return items;
      })
      .toContainEqual(expect.objectContaining({ name: 'Caps', bayer: 'grbg' }));
    await page.getByRole('combobox', { name: 'Colours of the sensor' }).click();
    await page.getByTitle('as the files say').click();
    await page.getByText(/^7 pictures$/).click();
    await page.getByLabel('Search file names').fill('d-0');
    await tiles.nth(1).waitFor({ state: 'detached' });
    expect(await tiles.count()).toBe(1);
    expect(page.url()).toContain('/parts/pictures/');
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('draws defects by every tool, saves by itself, and settles what two people say of a picture', async () => {
    await page.goto('/parts/pictures');
    await page.getByRole('row', { name: /Caps/ }).click();
    await page.getByRole('link', { name: /Label$/ }).click();
    await page.getByText('1 of 7').waitFor();
    await page.keyboard.press('PageDown');
    await page.getByText('2 of 7').waitFor();
    const picture = page.url();
    const saved = (at: Page) => at.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    const regions = (at: Page) => at.locator('[data-regions] > li');
    /** Places in pixels of the picture, which is shown whole in the middle. */
    const drag = async (at: Page, places: readonly (readonly [number, number])[]) => {
      const stage = (await at.locator('canvas[data-over]').boundingBox())!;
      const scale = (Math.min(stage.width, stage.height) - 16) / 192;
      const place = ([x, y]: readonly [number, number]) =>
        [stage.x + stage.width / 2 + (x - 96) * scale, stage.y + stage.height / 2 + (y - 96) * scale] as const;
      await at.mouse.move(...place(places[0]!));
      await at.mouse.down();
      for (const next of places.slice(1)) await at.mouse.move(...place(next), { steps: 3 });
      await at.mouse.up();
    };
    await page.locator('canvas[data-over]').waitFor();
    await page.getByLabel('New class').fill('漆面 缺口');
    await page.keyboard.press('Enter');
    await page.keyboard.press('r');
    await drag(page, [
      [20, 30],
      [60, 70],
    ]);
    await page.keyboard.press('p');
    for (const corner of [
      [130, 20],
      [180, 20],
      [180, 60],
    ] as const)
      await drag(page, [corner]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('b');
    await page.keyboard.press(']');
    await page.keyboard.press('Escape');
    await drag(page, [
      [20, 170],
      [60, 160],
      [90, 175],
    ]);
    await page.keyboard.press('w');
    await drag(page, [[96, 60]]);
    await regions(page).nth(3).waitFor();
    await saved(page);
    await page.keyboard.press('Control+z');
    await regions(page).nth(3).waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+z');
    await regions(page).nth(3).waitFor();
    await saved(page);

    await page.reload();
    await regions(page).nth(3).waitFor();
    const [, dataset, id] = /pictures\/([^/]+)\/label\?picture=(.+)$/.exec(picture)!;
    const said = (await (
      await page.request.get(`/api/manuvision/datasets/${dataset}/pictures/${id}/labels`)
    ).json()) as { class: string; regions: { class: string; shape: Record<string, number> & { kind: string } }[] };
    expect(said.regions.map(({ shape, class: name }) => [shape.kind, name])).toEqual(
      ['box', 'polygon', 'mask', 'mask'].map((kind) => [kind, '漆面 缺口']),
    );
    for (const [key, value] of Object.entries({ x: 20, y: 30, width: 40, height: 40 }))
      expect(Math.abs(said.regions[0]!.shape[key]! - value), key).toBeLessThanOrEqual(1);
    // The dark hole of the ring, and nothing of the metal around it: 82 pixels across.
    expect(Math.abs(said.regions[3]!.shape.width! - 82)).toBeLessThanOrEqual(3);

    const other = await openNewcomer(browser, server, person, { name: '李伟', role: 'engineer' });
    await other.page.goto(picture);
    await regions(other.page).nth(3).waitFor();
    await other.page.getByText('At this picture too: admin').waitFor();
    // Held on its way until somebody else has saved.
    const first = Promise.withResolvers<void>();
    await other.page.route(/\/labels$/, async (route) => {
      if (route.request().method() === 'PUT') await first.promise;
      await route.continue();
    });
    await other.page.keyboard.press('g');
    await regions(other.page).first().waitFor({ state: 'detached' });
    await regions(page).first().getByRole('button').first().click();
    await page.keyboard.press('Delete');
    await regions(page).nth(3).waitFor({ state: 'detached' });
    await saved(page);
    first.resolve();
    await other.page.getByText('admin has saved something else meanwhile').waitFor();
    await other.page.getByRole('button', { name: 'Mine', exact: true }).click();
    await saved(other.page);
    await other.page.keyboard.press('Control+z');
    await regions(other.page).nth(3).waitFor();
    await other.page.keyboard.press('Control+Shift+z');
    await saved(other.page);
    expect(other.complaints).toEqual([]);
    await other.page.context().close();

    await page.goto(picture.replace('?', '?show=disagreement&'));
    await page.getByText('1 of 1').waitFor();
    await page.getByText('Good or defect: they disagree').waitFor();
    await page.getByRole('button', { name: 'Compare' }).click();
    expect(await page.locator('canvas[data-over]').count()).toBe(2);
    await page.getByRole('button', { name: 'This one counts' }).first().click();
    await page.getByText('Good or defect: they disagree').waitFor({ state: 'detached' });
    await regions(page).nth(2).waitFor();
    await page.getByRole('button', { name: /^History/ }).click();
    await page.getByText('settled').first().waitFor();
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('takes a ZIP with labels in, tells what it left out, and gives the set out in a format that it explains', async () => {
    await page.goto('/parts/pictures');
    await page.getByRole('row', { name: /Caps/ }).click();
    await page.locator('[data-tile]').first().waitFor();
    await page.getByText('Add pictures', { exact: true }).click();
    await page.getByText('With labels', { exact: true }).click();
    const content = zipSync({
      'images/z-1.png': new Uint8Array((await png('z-1.png', 21, true)).buffer),
      'images/z-2.png': new Uint8Array((await png('z-2.png', 22)).buffer),
      'labels/z-1.txt': strToU8('0 0.5 0.5 0.25 0.25\n'),
      ...{ 'data.yaml': strToU8('names: [dent]'), 'notes.txt': strToU8('lot 12') },
    });
    const zip = { name: 'set.zip', mimeType: 'application/zip', buffer: Buffer.from(content) };
    await page.locator('input[accept^=".zip"]').setInputFiles(zip);
    await page.getByText('2 added: 1 good, 1 dent · 1 regions').waitFor({ timeout: 30_000 });
    await page.locator('details', { hasText: 'Not taken, or not wholly: 1' }).getByText('notes.txt').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByText(/9 pictures, \d+ regions\./).waitFor();
    await dialog.getByLabel('Folders').check();
    await dialog.getByText('regions left out: 1; the format says only the class').waitFor();
    const download = page.waitForEvent('download');
    await dialog.getByRole('link', { name: 'Download the ZIP' }).click();
    expect((await download).suggestedFilename()).toBe('Caps-folders.zip');
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('shows the verdict large with its heat map, judges a dropped picture, and lets rejects be reviewed by keyboard', async () => {
    const { reviews } = await tellParts(page, siteId);
    await page.goto(`/parts/stations/${toldIds.station}`);
    const word = page.getByRole('status').filter({ hasText: /^NG$/ });
    await word.waitFor();
    const height = await word.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(height).toBeGreaterThan(140);
    const heat = page.locator('canvas[data-drawn=true]');
    await heat.waitFor();
    const color = await heat.evaluate((canvas: HTMLCanvasElement) =>
      [...canvas.getContext('2d')!.getImageData(32, 17, 1, 1).data].map(Math.round),
    );
    expect(color[0]).toBeGreaterThan(200);
    expect(color[1]).toBeLessThan(100);
    await page.getByRole('button', { name: /^OK, part-3999/ }).click();
    await page.getByRole('status').filter({ hasText: /^OK$/ }).waitFor();
    await page.locator('main input[type=file]').setInputFiles([await png('dropped.png', 9, true)]);
    await page.locator('main').getByText('dropped.png').waitFor();
    await word.waitFor();

    await page.getByRole('link', { name: 'Review of rejects' }).last().click();
    await page.getByText(/^Part 1 of 6/).waitFor();
    await page.getByRole('button', { name: 'Why?' }).click();
    await page.getByText('12.4 deviations').waitFor();
    expect(await page.getByRole('img', { name: 'good, same place' }).count()).toBe(3);
    await page.keyboard.press('o');
    await page.getByText(/^Part 2 of 6 · 5 open/).waitFor();
    await page.keyboard.press('n');
    await page.getByText(/^Part 3 of 6 · 4 open/).waitFor();
    await page.keyboard.press('u');
    await page.getByText(/^Part 2 of 6 · 5 open/).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('wrongly rejected: the part is good').waitFor();
    await expect.poll(() => reviews.map(({ said }) => said)).toEqual(['ok', 'ng', null]);
    expect(person.complaints).toEqual([]);
  }, 60_000);

  it('is read in Chinese, without a word of English', async () => {
    const reader = await openWindow(browser, server, { locale: 'zh-CN' });
    await signIn(reader);
    await tellParts(reader.page, siteId);
    const found: Record<string, string[]> = {};
    const look = async (at: string) => {
      // Names of parts, files and inspections are the plant's own.
      const words = await foreignWords(reader.page, [
        ...[
          'h1',
          '.ant-select',
          'input',
          'img',
          '[data-stage]',
          '[data-tile]',
          '[data-picture]',
          'main section[aria-label]',
        ],
      ]);
      if (words.length > 0) found[at] = words;
    };
    for (const path of [
      `/parts/review?station=${toldIds.station}`,
      `/parts/inspections/${toldIds.inspection}`,
      `/parts/inspections/new?dataset=${toldIds.dataset}&step=promise`,
      `/parts/pictures/${toldIds.dataset}`,
      `/parts/pictures/${toldIds.dataset}?view=add`,
      `/parts/pictures/${toldIds.dataset}/label`,
    ]) {
      await reader.page.goto(path);
      await reader.page.locator('main#content h1').waitFor();
      await reader.page.waitForLoadState('networkidle').catch(() => undefined);
      await look(path);
    }
    // Each with what a line tells after a day: a fault, a change, a limit that waits, lots.
    await reader.page.goto(`/parts/stations/${toldIds.station}`);
    const tabs = reader.page.getByRole('tab');
    await tabs.nth(5).waitFor();
    for (const tab of await tabs.all()) {
      await tab.click();
      const panel = reader.page.getByRole('tabpanel');
      await panel.locator('section').last().waitFor();
      // All of it is there before it is counted.
      await reader.page.waitForLoadState('networkidle');
      // At once: what is folded may be drawn anew while it is opened one by one.
      await panel.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      await look(`the station’s ${await tab.textContent()}`);
    }
    await tabs.nth(1).click();
    await reader.page.getByRole('button', { name: '设置与产线的通信' }).click();
    await reader.page.getByRole('dialog').locator('form').waitFor();
    await look('the settings of the line');
    expect(found).toEqual({});
    await reader.page.context().close();
  }, 60_000);
});
