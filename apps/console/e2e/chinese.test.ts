import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuilt } from './support/built-console.ts';
import { openChromium } from './support/chromium.ts';
import { foreignWords } from './support/foreign-words.ts';
import { goTo, openWindow, signIn, signInFirst } from './support/person.ts';
import { type RunningServer, startServer } from './support/server.ts';
import { call } from './support/small-plant.ts';

let server: RunningServer;
let browser: Browser;
let page: Page;

const minute = 60_000;

/** A plant with Chinese names that has something to say on every page: sources in trouble, rejected readings, figures. */
async function fillChinesePlant(at: Page): Promise<void> {
  const post = <T>(path: string, data: object) => call<T>(at, server, path, data);
  const site = { kind: 'site', name: '青岛钢厂', timezone: 'Asia/Shanghai', region: 'CN', parentId: null };
  const { id: siteId } = await post<{ id: string }>('cloud/nodes', site);
  await post('cloud/nodes', { kind: 'line', name: '棒材线', parentId: siteId });
  const { id: sourceId } = await post<{ id: string }>('cloud/sources', { siteId, name: '进线柜', kind: 'rest-push' });
  await post(`cloud/sources/${sourceId}/points`, {
    points: [
      {
        key: '负荷',
        name: '进线负荷',
        unit: 'kW',
        kind: 'gauge',
        quantity: 'power',
        carrier: 'electricity',
        maximum: 500,
      },
      {
        key: '电量',
        name: '进线电量',
        unit: 'kW.h',
        kind: 'delta',
        quantity: 'energy',
        carrier: 'electricity',
        mainMeter: true,
      },
    ].map((point) => ({ ...point, intervalSeconds: 60 })),
  });
  const last = Math.floor(Date.now() / minute) * minute;
  const readings = Array.from({ length: 120 }, (_, index) => {
    const time = new Date(last - (119 - index) * minute).toISOString();
    return [
      { key: '负荷', time, value: 400 + (index % 7) },
      { key: '电量', time, value: 7 },
    ];
  }).flat();
  const time = new Date(last).toISOString();
  const wrong = [
    { key: '未知', time, value: 1 },
    { key: '负荷', time: '昨天', value: 1 },
    { key: '负荷', time, value: '高' },
    { key: '负荷', time: new Date(last - 30_000).toISOString(), value: 900 },
    { key: '电量', time: new Date(last + 24 * 60 * minute).toISOString(), value: 1 },
  ];
  await post(`cloud/sources/${sourceId}/readings`, { readings: [...readings, ...wrong] });
  // Nobody listens at these, so both say why they are offline.
  const register = { key: '功率', function: 'holding', address: 0, type: 'float32', unit: 'kW' };
  const modbus = { host: '127.0.0.1', port: 9, unitId: 1, pollSeconds: 1, registers: [register] };
  await post('cloud/sources', { siteId, name: '电表柜', kind: 'modbus', config: modbus });
  const sparkplug = { groupId: '一厂' };
  await post('cloud/sources', { siteId, name: '网关', kind: 'sparkplug', config: sparkplug });
  await post('cloud/broker-clients', { username: '网关', publish: ['spBv1.0/#'], subscribe: [] });
  await post('access/tokens', { name: '报表', role: 'viewer', scopes: ['cloud.*'] });
  await post('esg/emissions', {
    year: 2022,
    lines: [{ id: '1', kind: 'electricity', quantity: '932.08', unit: 'MWh' }],
  });
}

beforeAll(async () => {
  await ensureBuilt();
  [server, browser] = await Promise.all([startServer(), openChromium()]);
  const first = await openWindow(browser, server);
  await signInFirst(first, server);
  await fillChinesePlant(first.page);
  await first.page.context().close();
  const reader = await openWindow(browser, server, { locale: 'zh-CN' });
  page = reader.page;
  await signIn(reader);
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (path: string) => {
  await goTo(page, path);
  await page.locator('main#content :is(h1, h3)').first().waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
};

describe('a reader of Chinese', () => {
  it('meets no English on any page', async () => {
    await open('/');
    const links = await page.locator('nav a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')!));
    expect(links.length).toBeGreaterThan(15);
    const found: Record<string, string[]> = {};
    for (const link of new Set([...links, '/account', '/没有这一页'])) {
      await open(link);
      // Titles of documents and their publishers are quoted.
      const words = await foreignWords(page, link === '/factors' ? ['.ant-table-tbody'] : []);
      if (words.length > 0) found[link] = words;
    }
    expect(found).toEqual({});
  }, 180_000);

  it('reads why a source is offline and why readings were rejected', async () => {
    await open('/sources');
    await page.getByText('127.0.0.1:9（站号 1）没有响应').waitFor();
    expect(await page.locator('main').textContent()).toContain('等待组 一厂 的边缘节点');
    await open('/delivery?span=24h');
    const strip = page.getByRole('slider', { name: '进线柜' });
    await page.locator('[aria-busy="false"]', { has: strip }).waitFor();
    await strip.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await page.getByText('900 超出').waitFor();
    expect(await foreignWords(page)).toEqual([]);
  });

  it('reads why a file is read the way it is', async () => {
    await open('/import');
    const rows = Array.from({ length: 48 }, (_, hour) => {
      const day = 5 + Math.floor(hour / 24);
      return `2024-03-0${day} ${String(hour % 24).padStart(2, '0')}:00,${20 + (hour % 9)},${hour === 7 ? '无' : 60 + hour}`;
    });
    const text = ['时间,用电量(kWh),温度(℃)', ...rows].join('\n');
    const file = { name: '压机.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('main button[type=submit]').click();
    await page.getByText('的单元格是数字').first().waitFor();
    const found = await foreignWords(page);
    await page.locator('.ant-tabs-tab').nth(3).click();
    await page.getByText('所有字节均为有效的 UTF-8').waitFor();
    expect([...found, ...(await foreignWords(page))]).toEqual([]);
  });

  it('reads what went wrong, what to do, and which field is meant', async () => {
    await open('/plant');
    const answer = await page.request.post('/api/cloud/nodes', { data: {}, headers: { origin: server.url } });
    expect(answer.status()).toBe(400);
    await page.locator('main header .ant-btn-primary').first().click();
    await page.locator('.ant-drawer #name').fill('青岛钢厂');
    await page.locator('.ant-drawer button[type=submit]').click();
    await page.getByText('同一位置已有名为 青岛钢厂 的节点').waitFor();
    expect(await page.locator('body').textContent()).toContain('请换一个名称');
  });
});
