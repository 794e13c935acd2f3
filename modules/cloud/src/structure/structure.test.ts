import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudModule } from '../server.ts';
import { joinPath, splitPath } from './node-path.ts';
import { readStructure, structureColumns, writeStructureWorkbook } from './structure-table.ts';

let host: TestHost;
beforeAll(async () => {
  host = await createTestHost({ modules: [cloudModule] });
});
afterAll(() => host.cleanup());

const heading = structureColumns.join(',');
const exported = async (as?: Parameters<TestHost['call']>[2]) =>
  (await host.call<string>('GET', '/api/cloud/structure', { query: { format: 'csv' }, ...as })).body;

async function bring(content: string | Buffer, more: object = {}, call: Parameters<TestHost['call']>[2] = {}) {
  const { body: upload } = await host.call('POST', '/api/cloud/uploads', {
    body: Buffer.from(content),
    headers: { 'content-type': 'application/octet-stream' },
  });
  const body = { hash: upload.hash, fileName: 'plant.csv', ...more };
  return host.call('POST', '/api/cloud/structure', { body, ...call });
}

const plant = [
  heading,
  'Bulk,Asia/Shanghai,Hall,Line 1,Press > Motor,meters,file,m1,"Motor, active",kW.h,counter,end,900,electricity,energy,,,,,yes',
  'Bulk,Asia/Shanghai,Hall,,,meters,file,m2,Gas,m3,delta,start,3600,natural-gas,volume,0,500,,365,no',
  'Bulk,Asia/Shanghai,Yard,,,,,,,,,,,,,,,,,',
  'Bulk,Asia/Shanghai,,,,pushed,rest-push,t,Outside,Cel,gauge,end,,,temperature,-40,60,,,',
].join('\n');

describe('the structure as a table', () => {
  it('makes a plant of it, gives the same table back, and finds nothing to do the second time', async () => {
    const first = await bring(plant);
    expect(first.body).toEqual({ rows: 4, created: 4, updated: 0, unchanged: 0, rejects: [], applied: true });
    const table = await exported();
    expect(table.split('\r\n').slice(1, -1).sort()).toEqual(
      [...plant.split('\n').slice(1, 4), `${plant.split('\n')[4]}no`].sort(),
    );
    const again = await bring(table);
    expect(again.body).toEqual({ rows: 4, created: 0, updated: 0, unchanged: 4, rejects: [], applied: true });
    const xlsx = await host.call('GET', '/api/cloud/structure', { query: { format: 'xlsx', encoding: 'base64' } });
    const asBook = await bring(Buffer.from(xlsx.body.content, 'base64'), { fileName: 'plant.xlsx' });
    expect(asBook.body).toMatchObject({ unchanged: 4, applied: true });
  });

  it('changes the facts and the place of points by source and key, and keeps their ids', async () => {
    const before = (await host.call('GET', '/api/cloud/points', { query: { search: 'm2' } })).body.items[0];
    const changed = await bring('Site;Area;Source;Point_Key;Name;Carrier\nbulk;Yard;METERS;m2;Gas main;\n');
    expect(changed.body).toMatchObject({ updated: 1, created: 0 });
    const after = (await host.call('GET', `/api/cloud/points/${before.id}`)).body;
    // Columns the file lacks stay; an empty cell clears.
    expect(after).toMatchObject({ name: 'Gas main', unit: 'm3', intervalSeconds: 3600, carrier: null, maximum: 500 });
    expect(after.nodeId).not.toBe(before.nodeId);
  });

  it('keeps nothing of a dry run', async () => {
    const table = await exported();
    const dry = await bring(`site,timezone,area\nDry,UTC,Hall\nBulk,,New hall`, { dryRun: true });
    expect(dry.body).toMatchObject({ created: 2, rejects: [], applied: false });
    expect(await exported()).toBe(table);
  });

  it('keeps nothing when one row is wrong, and gives the reason of every wrong row', async () => {
    const table = await exported();
    const rows = [
      'site,timezone,area,line,asset path,source,source kind,point key,name,unit,kind,interval seconds,main meter',
      'Bulk,,Good hall,,,meters,file,new,New,kW,gauge,,',
      ',,,,,,,,,,,,',
      'Bulk,,,,,meters,file,u,U,furlong/kWh,gauge,,',
      'Bulk,,,,,meters,file,k,K,kW,dial,,',
      'Bulk,,,,,meters,,k,K,kW,gauge,-5,',
      'Bulk,,,,,meters,,k,K,kW,gauge,,perhaps',
      'Bulk,,,,,meters,modbus,k,K,kW,gauge,,',
      'Bulk,,,,,plc,modbus,k,K,kW,gauge,,',
      'Bulk,,,,,plc,abacus,k,K,kW,gauge,,',
      'Bulk,,,,,meters,,m1,Once,,,,',
      'Bulk,,,,,meters,,m1,Twice,,,,',
      'Bulk,Europe/Berlin,,,,,,,,,,,',
      'Other,,,,,,,,,,,,',
      'Other,Mars/Base,,,,,,,,,,,',
      'Bulk,,,Hall,,,,,,,,,',
      'Bulk,,,,,meters,,,no key,kW,gauge,,',
      'Bulk,,,,,meters,,bare,,,,,',
    ].join('\n');
    const { body, status } = await bring(rows);
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 17, created: 1, updated: 1, applied: false });
    const wanted = [
      ...['site is missing', 'furlong', 'dial is none of', '-5 is not above 0', 'neither yes nor no'],
      ...['of kind file, not modbus', 'needs settings', 'abacus', 'row 10 describes', 'stands in Asia/Shanghai'],
      ...['needs a timezone', 'Mars/Base', 'as area and not as line', 'both a source and a point key', 'needs a unit'],
    ];
    expect(body.rejects).toHaveLength(wanted.length);
    for (const [at, words] of wanted.entries()) expect(body.rejects[at].reason).toContain(words);
    expect(body.rejects.map(({ row }: { row: number }) => row).slice(0, 3)).toEqual([2, 3, 4]);
    expect(await exported()).toBe(table);
  });

  it('reads GB18030 as well, and says what is wrong with a file that is no such table', async () => {
    // 站 = D5 BE, 点 = B5 E3, 名称 = C3 FB B3 C6 in GB18030.
    const gb = Buffer.concat([
      Buffer.from('site,timezone\n'),
      Buffer.from('d5beb5e3c3fbb3c6', 'hex'),
      Buffer.from(',UTC\n'),
    ]);
    expect((await bring(gb, { dryRun: true })).body).toMatchObject({ created: 1, rejects: [] });
    for (const wrong of ['a,b\n1,2\n', 'site\n"open']) {
      const answer = await bring(wrong);
      expect([answer.status, answer.body.error.code]).toEqual([422, 'STRUCTURE_FILE_INVALID']);
    }
    const unknown = { body: { hash: '0'.repeat(64), fileName: 'x.csv' } };
    expect((await host.call('POST', '/api/cloud/structure', unknown)).body.error.code).toBe('UPLOAD_UNKNOWN');
  });

  it('shows and takes only the sites of whoever asks', async () => {
    await bring('site,timezone\nElsewhere,UTC\n');
    const tree = (await host.call('GET', '/api/cloud/tree')).body.items;
    const site = tree.find(({ name }: { name: string }) => name === 'Elsewhere');
    const as = { role: 'engineer' as const, siteIds: [site.id] };
    expect(await exported({ as })).not.toContain('Bulk');
    for (const rows of ['Bulk,UTC,Hall 9', 'Brand new,UTC,Hall']) {
      const answer = await bring(`site,timezone,area\n${rows}\n`, {}, { as });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'ACCESS_SITE_DENIED']);
    }
    expect((await bring('site,timezone,area\nElsewhere,UTC,Hall\n', {}, { as })).body.applied).toBe(true);
    expect((await bring('site\nElsewhere\n', {}, { as: 'viewer' })).status).toBe(403);
    expect((await host.call('GET', '/api/cloud/structure', { as: 'nobody' })).status).toBe(401);
  });

  it('says in the ledger who brought which file', async () => {
    const { body } = await host.call('GET', '/api/ledger/entries', { query: { type: 'cloud.structure-import' } });
    expect(body.items.at(-1).content).toMatchObject({ fileName: 'plant.csv' });
  });

  it('keeps odd names and keys through both forms', async () => {
    const names = ['A > B', 'C'];
    expect(splitPath(joinPath(names))).toEqual(names);
    const row = { site: '=SUM(A1)', 'point key': '0012', name: ' "x";\n' };
    const [read] = await readStructure(await writeStructureWorkbook([row]), 'odd.xlsx');
    expect(read).toMatchObject({ site: '=SUM(A1)', 'point key': '0012', name: '"x";' });
  });
});
