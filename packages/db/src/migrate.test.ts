import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@millwright/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MigrationSet, migrate } from './index.ts';

describe('migrations', () => {
  let test: TestDatabase;
  let folder: string;
  let set: MigrationSet;
  beforeEach(async () => {
    test = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'millwright-migrations-'));
    set = { module: 'plant', folder: pathToFileURL(`${folder}/`) };
    write('0001_site.sql', `create table site (id integer primary key);\ninsert into site values (1);`);
  });
  afterEach(async () => {
    await test.cleanup();
    rmSync(folder, { recursive: true });
  });

  const write = (file: string, script: string) => writeFileSync(join(folder, file), script);
  const tables = async () =>
    (
      await test.db.query<{ name: string }>(
        `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_migration' order by 1`,
      )
    ).rows.map(({ name }) => name);

  it('are applied in the order of their names, each once', async () => {
    write('0002_line.sql', 'alter table site add column line text;');
    expect(await migrate(test.db, [set])).toEqual(['plant/0001_site.sql', 'plant/0002_line.sql']);
    expect(await migrate(test.db, [set])).toEqual([]);
    write('0003_area.sql', 'create table area (id integer);');
    expect(await migrate(test.db, [set])).toEqual(['plant/0003_area.sql']);
    expect(await tables()).toEqual(['area', 'site']);
  });

  it('refuse a file that was applied with other content', async () => {
    await migrate(test.db, [set]);
    write('0001_site.sql', 'create table site (id bigint primary key);');
    await expect(migrate(test.db, [set])).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      details: { module: 'plant', file: '0001_site.sql' },
    });
  });

  it('keep nothing of a file that fails in its middle, and what came before', async () => {
    write('0002_bad.sql', 'create table area (id integer);\ninsert into area values (1);\nselect nothing;');
    await expect(migrate(test.db, [set])).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      message: expect.stringContaining('column "nothing" does not exist'),
    });
    expect(await tables()).toEqual(['site']);
    write('0002_bad.sql', 'create table area (id integer);');
    expect(await migrate(test.db, [set])).toEqual(['plant/0002_bad.sql']);
  });

  it('refuse a database that a newer version has used', async () => {
    write('0002_line.sql', 'alter table site add column line text;');
    await migrate(test.db, [set]);
    rmSync(join(folder, '0002_line.sql'));
    await expect(migrate(test.db, [set])).rejects.toMatchObject({
      code: 'MIGRATION_FROM_FUTURE',
      details: { module: 'plant', file: '0002_line.sql' },
    });
  });

  it('leave the tables of a module alone that is not there any more', async () => {
    await migrate(test.db, [set]);
    expect(await migrate(test.db, [])).toEqual([]);
    expect(await tables()).toEqual(['site']);
  });

  it('may end in a comment and hold texts with quotes and semicolons', async () => {
    write('0002_text.sql', `insert into site values (2); comment on table site is 'it''s; a site'; -- the end`);
    expect(await migrate(test.db, [set])).toHaveLength(2);
  });

  it('run the lines for TimescaleDB only where it is', async () => {
    write('0002_hypertable.sql', `-- if timescale: select create_hypertable('nothing', 'at');\nselect 1;`);
    expect(test.db.capabilities.timescale).toBe(false);
    expect(await migrate(test.db, [set])).toHaveLength(2);
  });
});
