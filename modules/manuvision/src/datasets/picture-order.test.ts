import { cloudModule } from '@millwright/cloud/server';
import { pngBytes } from '@millwright/imaging';
import { createTestHost } from '@millwright/testkit';
import { expect, it } from 'vitest';
import { manuvisionModule } from '../server.ts';

const base = '/api/manuvision';
const names = ['ring-10.png', 'ring-2.png', 'Ring-1.png', 'b/20261127093012123456.png', 'b/20261127093012123455.png'];

it('pictures of a data set are listed as people count, page by page', async () => {
  const test = await createTestHost({ modules: [cloudModule, manuvisionModule] });
  const node = { kind: 'site', name: 'Works', parentId: null };
  const siteId = (await test.call('POST', '/api/cloud/nodes', { body: node })).body.id;
  const { id } = (await test.call('POST', `${base}/datasets`, { body: { name: 'Rings', siteId } })).body;
  for (const [at, fileName] of names.entries()) {
    const data = new Uint8Array(64).fill(at * 20);
    const body = Buffer.from(await pngBytes({ width: 8, height: 8, channels: 1, depth: 8, data }));
    const headers = { 'content-type': 'application/octet-stream' };
    const query = { fileName, label: 'good' };
    expect((await test.call('POST', `${base}/datasets/${id}/pictures`, { body, headers, query })).status).toBe(201);
  }
  const page = async (offset: number) =>
    (await test.call('GET', `${base}/datasets/${id}/pictures`, { query: { offset, limit: 3 } })).body.items;
  const listed = [...(await page(0)), ...(await page(3))].map(({ fileName }) => fileName);
  expect(listed).toEqual([names[4], names[3], names[2], names[1], names[0]]);
  await test.cleanup();
});
