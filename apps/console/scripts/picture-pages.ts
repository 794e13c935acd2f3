import type { Page } from 'playwright-core';

export interface PicturePage {
  readonly name: string;
  readonly path: string;
  /** What to click before the picture is taken. */
  prepare?(page: Page): Promise<void>;
}

/** The pages that are looked at. */
export const picturePages: readonly PicturePage[] = [
  { name: 'start', path: '/' },
  { name: 'ledger', path: '/ledger' },
  {
    name: 'evidence',
    path: '/ledger',
    prepare: async (page) => {
      await page.locator('tbody tr.ant-table-row').first().click();
      await page.locator('.ant-drawer-body').waitFor();
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
  { name: 'help', path: '/', prepare: (page) => page.keyboard.press('?') },
];
