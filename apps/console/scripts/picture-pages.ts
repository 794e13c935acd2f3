import type { Page } from 'playwright-core';
import { sampleFile } from '../e2e/support/sample-file.ts';

export interface PicturePage {
  readonly name: string;
  readonly path: string;
  /** What to click before the picture is taken. */
  prepare?(page: Page): Promise<void>;
}

const drawn = (page: Page) => page.locator('canvas').first().waitFor({ timeout: 60_000 });

const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const halfYear = `from=${dayBefore(180)}&to=${dayBefore(1)}`;

/** Chooses the first meter and asks. */
const askedOfMeter = async (page: Page) => {
  const { pathname, search } = new URL(page.url());
  const { items } = await page.evaluate(async () => (await fetch('/api/cloud/points?limit=500')).json());
  const meter = items.find(
    ({ carrier, quantity, kind }: Record<string, string>) =>
      carrier === 'electricity' && quantity === 'energy' && kind !== 'gauge',
  );
  await page.goto(`${pathname}${search}&meter=${meter.id}`);
  await page.locator('main .ant-btn-primary').first().click();
  await drawn(page);
  await page.waitForTimeout(1200);
};

/** The pages that are looked at. */
export const picturePages: readonly PicturePage[] = [
  { name: 'start', path: '/' },
  { name: 'plant', path: '/plant' },
  { name: 'points', path: '/points' },
  {
    name: 'trends',
    path: '/points?quantity=power',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.waitForURL('**/trends**');
      await page.locator('canvas').waitFor();
      await page.waitForTimeout(800);
    },
  },
  { name: 'sources', path: '/sources' },
  {
    name: 'source-form',
    path: '/sources',
    prepare: async (page) => {
      await page.locator('header .ant-btn-primary').click();
      await page.locator('#kind').click();
      await page.locator('.ant-select-item-option').first().click();
    },
  },
  { name: 'import', path: '/import' },
  {
    name: 'import-mapping',
    path: '/import',
    prepare: async (page) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'press 4.csv', mimeType: 'text/csv', buffer: sampleFile() });
      await page.locator('button[type=submit]').click();
      await page.locator('.ant-tabs').waitFor();
    },
  },
  {
    name: 'import-result',
    path: '/import',
    prepare: async (page) => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'press 4.csv', mimeType: 'text/csv', buffer: sampleFile() });
      await page.locator('button[type=submit]').click();
      await page.locator('.ant-tabs').waitFor();
      await page.locator('main .ant-btn-primary').click();
      await page.locator('a[href*="/trends"]').first().waitFor({ timeout: 20_000 });
    },
  },
  {
    name: 'import-evidence',
    path: '/import',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row button').first().click();
      await page.locator('.ant-drawer-body .ant-btn-primary').click();
      await page.waitForTimeout(1500);
    },
  },
  { name: 'delivery', path: '/delivery' },
  {
    name: 'delivery-hour',
    path: '/delivery?span=24h',
    prepare: async (page) => {
      await page.getByRole('slider').first().focus();
      await page.keyboard.press('ArrowLeft');
    },
  },
  { name: 'clients', path: '/clients' },
  { name: 'edge-boxes', path: '/edge' },
  {
    name: 'edge-box',
    path: '/edge',
    // The sample plant has none; a server that has some is looked at with MILLWRIGHT_URL.
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click({ timeout: 5_000 });
      await page.locator('.ant-drawer-body table').first().waitFor();
    },
  },
  { name: 'stations', path: '/parts/stations' },
  {
    name: 'station',
    path: '/parts/stations',
    // The sample plant trains its own first.
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click({ timeout: 180_000 });
      await page.locator('canvas').first().waitFor({ timeout: 60_000 });
    },
  },
  { name: 'part-review', path: '/parts/review' },
  { name: 'inspections', path: '/parts/inspections' },
  {
    name: 'inspection',
    path: '/parts/inspections',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('table').first().waitFor();
    },
  },
  { name: 'inspection-new', path: '/parts/inspections/new' },
  { name: 'part-pictures', path: '/parts/pictures' },
  {
    name: 'dataset',
    path: '/parts/pictures',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('[data-tile]').first().click();
    },
  },
  {
    name: 'labelling',
    path: '/parts/pictures',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('main a[href$="/label"]').click();
      await page.locator('canvas').first().waitFor();
      await page.waitForTimeout(1500);
    },
  },
  { name: 'cameras', path: '/video/cameras', prepare: (page) => page.waitForTimeout(4_000) },
  { name: 'cameras-list', path: '/video/cameras?view=list' },
  {
    name: 'camera-form',
    path: '/video/cameras',
    prepare: async (page) => {
      await page.locator('main header .ant-btn-primary').click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'alert-deliveries', path: '/alerts/deliveries' },
  { name: 'alert-channels', path: '/alerts/channels' },
  {
    name: 'alert-channel-form',
    path: '/alerts/channels',
    prepare: async (page) => {
      await page.locator('main header .ant-btn-primary').click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  {
    name: 'camera',
    path: '/video/cameras',
    prepare: async (page) => {
      await page.locator('main article a').first().click();
      await page.waitForURL(/\/video\/cameras\/./);
      await page.waitForTimeout(4_000);
    },
  },
  { name: 'video-events', path: '/video/events' },
  {
    name: 'video-event',
    path: '/video/events',
    prepare: async (page) => {
      await page.keyboard.press('j');
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'rule-precision', path: '/video/events?view=precision' },
  { name: 'video-counts', path: '/video/counts', prepare: drawn },
  { name: 'crossings', path: '/video/counts?view=crossings' },
  { name: 'who-was-where', path: '/video/counts?view=place' },
  { name: 'video-models', path: '/video/models' },
  { name: 'recordings', path: '/video/recordings' },
  { name: 'energy-overview', path: '/energy/overview', prepare: drawn },
  { name: 'energy-report', path: '/energy/report?period=last-7-days', prepare: drawn },
  { name: 'energy-consumption', path: '/energy/consumption', prepare: drawn },
  { name: 'energy-flow', path: '/energy/flow', prepare: drawn },
  { name: 'energy-specific', path: '/energy/specific', prepare: drawn },
  { name: 'energy-savings', path: `/energy/savings?${halfYear}`, prepare: askedOfMeter },
  { name: 'energy-advice', path: `/energy/advice?${halfYear}`, prepare: askedOfMeter },
  { name: 'energy-cost', path: '/energy/cost', prepare: (page) => page.locator('table').first().waitFor() },
  { name: 'emissions', path: '/emissions' },
  {
    name: 'emission-line',
    path: '/emissions',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  {
    name: 'emissions-lines',
    path: '/emissions',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().waitFor();
      await page.locator('#content').evaluate((content) => content.scrollTo(0, content.scrollHeight));
    },
  },
  {
    name: 'calculator',
    path: '/emissions',
    prepare: async (page) => {
      await page.locator('main header .ant-btn').last().click();
      await page.locator('.ant-drawer #quantity').fill('932.08');
      await page.locator('.ant-drawer button[type=submit]').click();
      await page.locator('.ant-drawer code').first().waitFor();
    },
  },
  { name: 'activity', path: '/activity' },
  { name: 'activity-meters', path: '/activity?view=meters' },
  {
    name: 'activity-form',
    path: '/activity',
    prepare: async (page) => {
      await page.locator('main header .ant-btn-primary').click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'factors', path: '/factors' },
  { name: 'factor', path: '/factors?factor=cn-grid-ets-2022' },
  {
    name: 'supersede',
    path: '/factors?factor=cn-grid-ets-2021',
    prepare: async (page) => {
      await page.locator('.ant-drawer-extra .ant-btn').click();
      await page.locator('.ant-drawer #reason').waitFor();
    },
  },
  { name: 'kpi', path: '/kpi' },
  {
    name: 'kpi-database',
    path: '/kpi',
    prepare: async (page) => {
      await page.locator('main header button').first().click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'restatements', path: '/restatements' },
  {
    name: 'restatement',
    path: '/restatements',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row td').first().click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  {
    name: 'restate',
    path: '/emissions',
    prepare: async (page) => {
      await page.locator('main .anticon-history').last().click();
      await page.locator('.ant-drawer-body form').waitFor();
    },
  },
  { name: 'certificates', path: '/certificates' },
  {
    name: 'certificate-form',
    path: '/certificates',
    prepare: async (page) => {
      await page.locator('main header .ant-btn-primary').click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'ledger', path: '/ledger' },
  {
    name: 'evidence',
    path: '/ledger',
    prepare: async (page) => {
      await page.locator('.ant-segmented-item').nth(1).click();
      await page.waitForTimeout(600);
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('.ant-drawer-body .ant-btn-primary').click();
      await page.waitForTimeout(1500);
    },
  },
  { name: 'jobs', path: '/jobs' },
  { name: 'users', path: '/users' },
  { name: 'tokens', path: '/tokens' },
  {
    name: 'token-form',
    path: '/tokens',
    prepare: async (page) => {
      await page.locator('header .ant-btn-primary').click();
      await page.locator('.ant-drawer-body').waitFor();
    },
  },
  { name: 'system', path: '/system' },
  { name: 'account', path: '/account' },
  {
    name: 'palette',
    path: '/',
    prepare: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').fill('meter');
      await page.waitForTimeout(800);
    },
  },
  { name: 'help', path: '/', prepare: (page) => page.keyboard.press('?') },
];
