import { createHash } from 'node:crypto';
import {
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Database, lockFolder, openDatabase } from '@millwright/db';
import { operatorActor } from '@millwright/kernel';
import { createTestDatabase, createTestHost, onServer, type TestHost, testConfig } from '@millwright/testkit';
import { extract, pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreBackup } from './restore-backup.ts';
import { listTables, quoted } from './tables.ts';
import { prepareBackup } from './write-backup.ts';

/** Everything PostgreSQL could write in more than one way, or JSON in none. */
const scratch = `
  create table scratch (
    id integer generated always as identity primary key, parent integer references scratch (id),
    number double precision, small real, exact numeric, moment timestamptz, local timestamp, span interval, day date,
    bytes bytea, words text[], matrix integer[][], ids uuid[], plain json, tree jsonb, line text, fixed char(4), big bigint,
    doubled double precision generated always as (number * 2) stored, "odd ""name" text);
  insert into scratch (parent, number, small, exact, moment, local, span, day, bytes, words, matrix, ids, plain, tree, line, fixed, big, "odd ""name")
  values
    (2, 0.1::float8 + 0.2, 0.1, 1.10, '2026-11-23 04:05:06.123457+08', '2026-01-01 00:00:00.000001', '1 mon -3 days 04:05:06.7', '0044-03-15 BC',
     '\\x00ff0a22', array['a,b', null, '', 'NULL', '"', E'\\\\', E'line\\nbreak'], array[[1,2],[3,4]], '{}', E'{"a" :\\n 1, "a": 2}', '{"b": [1, null, 1e400]}', E'tab\\t\\u2028 "q" \\\\ ü 漢 😀', 'ab', 9223372036854775807, 'x'),
    (null, 'NaN', 'Infinity', 'NaN', 'infinity', '-infinity', '0', 'infinity', '', '{}', '[0:1]={5,6}', null, 'null', 'null', '', '', -9223372036854775808, null),
    (1, 5e-324, 3.4e38, 12345678901234567890.000000000000001, '1969-12-31 23:59:59.999999Z', null, null, null, null, null, null, null, null, null, null, null, null, null),
    (3, -0.0, 1e-45, 0.00, null, null, null, null, null, null, null, null, null, '"text"', E'\\r\\n', null, 0, null);
  delete from scratch where id = 4;
  create function scratch_refuse() returns trigger language plpgsql as $$ begin raise exception 'never'; end $$;
  create trigger scratch_fixed before insert or update on scratch for each row execute function scratch_refuse();
  create trigger scratch_whole before truncate on scratch for each statement execute function scratch_refuse()`;

async function contents(db: Database): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name } of await listTables(db)) {
    const { rows } = await db.query<{ line: string }>(
      `select t::text as line from public.${quoted(name)} t order by t::text collate "C"`,
    );
    found[name] = rows.map(({ line }) => line);
  }
  return found;
}

const module = {
  name: 'scratch',
  needs: [],
  migrations: undefined as URL | undefined,
  start: async () => ({ services: {} }),
};

describe('backup and restore', () => {
  const work = mkdtempSync(join(tmpdir(), 'millwright-backup-'));
  const archive = join(work, 'full.tar');
  let source: TestHost;
  let before: Record<string, string[]>;
  let head: unknown;
  let blob: string;
  let cleanups: (() => Promise<void>)[] = [];

  /** A configuration to restore to: an own folder, and on a server an own empty database. */
  async function target(name: string) {
    const folder = join(work, name);
    if (!onServer) return testConfig(folder);
    const database = await createTestDatabase();
    await database.db.execute('drop table schema_migration');
    await database.db.close();
    cleanups.push(() => database.cleanup());
    return testConfig(folder, { databaseUrl: database.url });
  }
  const restore = async (name: string, file = archive, force = false) =>
    restoreBackup({ config: await target(name), modules: [module], file, force, note: () => undefined });
  const urlOf = (config: { databaseUrl: string; data: string }) =>
    config.databaseUrl || `pglite://${join(config.data, 'database')}`;

  beforeAll(async () => {
    const migrations = join(work, 'migrations');
    mkdirSync(migrations);
    writeFileSync(join(migrations, '0001_scratch.sql'), scratch);
    module.migrations = new URL(`file://${migrations}/`);
    source = await createTestHost({ modules: [module] });
    const { host } = source;
    await host.access.ensureAdministrator(operatorActor);
    await source.token('viewer', { scopes: ['a,b', 'c"d'] });
    await host.db.query(
      `insert into job (id, type, actor, payload, state, created_at)
       select gen_random_uuid(), 'bulk', 'null', jsonb_build_object('n', n, 'text', repeat('x', 300)), 'done', now() - n * interval '1.000001 s'
       from generate_series(1, 6000) n`,
    );
    for (let count = 0; count < 50; count += 1)
      await host.ledger.record(operatorActor, { type: 'test.done', content: { count, text: '\u2028漢\n' } });
    blob = (await host.blobs.put(Buffer.from('a blob'), { mediaType: 'text/plain' })).hash;
    await host.blobs.put(Buffer.alloc(300_000, 7));
    mkdirSync(join(source.folder, 'cloud', 'sources'), { recursive: true });
    writeFileSync(join(source.folder, 'cloud', 'sources', `${'long-name-'.repeat(12)}漢.pem`), 'key');
    const prepared = await prepareBackup({
      ...{ db: host.db, blobs: host.blobs, folder: source.folder, version: '9.9.9', created: new Date() },
    });
    await pipeline(prepared.stream(), createWriteStream(archive));
    before = await contents(host.db);
    head = await host.ledger.head(operatorActor);
  }, 180_000);
  afterAll(async () => {
    await source?.cleanup();
    for (const cleanup of cleanups) await cleanup();
    cleanups = [];
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
  });

  it('brings every table, sequence, blob and file back as it was', async () => {
    const config = await target('round');
    writeFileSync(join(mkdirSync(config.data, { recursive: true }) ?? config.data, 'millwright.json'), '{}');
    const notes: string[] = [];
    const result = await restoreBackup({
      ...{ config, modules: [module], file: archive, force: false, note: (text) => notes.push(text) },
    });
    expect(result).toMatchObject({ movedTo: null, version: '9.9.9', blobs: 2, files: 1 });
    expect(result.ledger).toEqual({ status: 'proved', checked: expect.any(Number), head });
    expect(notes.join('\n')).toContain('job: 6000 rows');
    const db = await openDatabase({ url: urlOf(config) });
    try {
      expect(await contents(db)).toEqual(before);
      expect(before.scratch).toHaveLength(3);
      const next = await db.query<{ next: number }>(`select nextval('scratch_id_seq') as next`);
      expect(next.rows[0]!.next).toBe(5);
      await expect(db.query('update scratch set line = null')).rejects.toThrow('never');
      const keys = await db.query(`select from pg_constraint where conname = 'scratch_parent_fkey' and convalidated`);
      expect(keys.rowCount).toBe(1);
    } finally {
      await db.close();
    }
    expect(readFileSync(join(config.data, 'blobs', blob.slice(0, 2), blob.slice(2, 4), blob), 'utf8')).toBe('a blob');
    expect(readFileSync(join(config.data, 'blobs', blob.slice(0, 2), blob.slice(2, 4), `${blob}.type`), 'utf8')).toBe(
      'text/plain',
    );
    expect(readdirSync(join(config.data, 'cloud', 'sources'))[0]).toMatch(/漢\.pem$/);
    expect(readdirSync(config.data).sort()).toEqual(
      onServer ? ['blobs', 'cloud', 'millwright.json'] : ['blobs', 'cloud', 'database', 'millwright.json'],
    );
  }, 180_000);

  it('refuses a folder that holds data, and moves it aside when told to', async () => {
    const folder = join(work, 'occupied');
    mkdirSync(folder);
    writeFileSync(join(folder, 'precious'), 'kept');
    await expect(restore('occupied')).rejects.toMatchObject({ code: 'RESTORE_FOLDER_NOT_EMPTY' });
    expect(readdirSync(folder)).toEqual(['precious']);
    const { movedTo } = await restore('occupied', archive, true);
    expect(readFileSync(join(movedTo!, 'precious'), 'utf8')).toBe('kept');
    expect(readdirSync(folder)).not.toContain('precious');
  }, 180_000);

  it('refuses while a server holds the folder', async () => {
    const lock = lockFolder(join(work, 'held'));
    await expect(restore('held')).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    lock.release();
  });

  it.skipIf(!onServer)('refuses a database that holds tables', async () => {
    const config = testConfig(join(work, 'full-database'), { databaseUrl: source.database.url });
    await expect(
      restoreBackup({ config, modules: [module], file: archive, force: true, note: () => undefined }),
    ).rejects.toMatchObject({ code: 'RESTORE_DATABASE_NOT_EMPTY' });
  });

  async function expectCorrupt(change: (bytes: Buffer) => Buffer | undefined, member: RegExp) {
    const file = join(work, 'damaged.tar');
    const bytes = Buffer.from(readFileSync(archive));
    writeFileSync(file, change(bytes) ?? bytes);
    const folder = join(work, 'untouched');
    const attempt = restore('untouched', file);
    await expect(attempt).rejects.toMatchObject({
      code: 'RESTORE_CORRUPT',
      details: { member: expect.stringMatching(member) },
    });
    expect(readdirSync(folder)).toEqual([]);
  }

  it('names the member that was altered', async () => {
    const flip = (mark: string) => (bytes: Buffer) => {
      const at = bytes.indexOf(mark);
      expect(at).toBeGreaterThan(0);
      bytes[at + mark.length - 1]! ^= 1;
      return bytes;
    };
    await expectCorrupt(flip('a blob'), new RegExp(`^blobs/${blob}$`));
    await expectCorrupt(flip('test.done'), /^tables\/ledger_entry\.ndjson$/);
    await expectCorrupt(flip('"version": "9.9.9'), /^manifest\.json$/);
    await expectCorrupt(flip('tables/job.ndjson'), /tables\/job/);
  });

  it('names the member where a file was cut off', async () => {
    for (const part of [0.2, 0.5, 0.9]) {
      await expectCorrupt((bytes) => bytes.subarray(0, Math.floor(bytes.length * part)), /^(tables|blobs)\//);
    }
    await expectCorrupt((bytes) => bytes.subarray(0, 300), /^manifest\.json$/);
    await expectCorrupt(() => Buffer.alloc(0), /^manifest\.json$/);
    await expectCorrupt(() => Buffer.from('no archive at all '.repeat(100)), /^manifest\.json$/);
    truncateSync(join(work, 'damaged.tar'), 0);
    await expect(restore('untouched', join(work, 'none.tar'))).rejects.toMatchObject({ code: 'RESTORE_FILE_MISSING' });
  });

  /** The archive with another manifest, its checksum right. */
  async function withManifest(change: (manifest: Record<string, unknown>) => void): Promise<string> {
    const file = join(work, 'changed.tar');
    const to = pack();
    const written = pipeline(to, createWriteStream(file));
    const from = extract();
    from.end(readFileSync(archive));
    let text = '';
    for await (const entry of from) {
      const chunks: Buffer[] = [];
      for await (const chunk of entry) chunks.push(chunk as Buffer);
      let bytes = Buffer.concat(chunks);
      if (entry.header.name === 'manifest.json') {
        const manifest = JSON.parse(bytes.toString()) as Record<string, unknown>;
        change(manifest);
        text = JSON.stringify(manifest);
        bytes = Buffer.from(text);
      } else if (entry.header.name === 'manifest.sha256')
        bytes = Buffer.from(createHash('sha256').update(text).digest('hex'));
      to.entry({ name: entry.header.name }, bytes);
    }
    to.finalize();
    await written;
    return file;
  }

  it('refuses what a newer version wrote', async () => {
    const format = await withManifest((manifest) => {
      manifest.formatVersion = 2;
      manifest.tables = 'something new';
    });
    await expect(restore('untouched', format)).rejects.toMatchObject({
      ...{ code: 'RESTORE_FROM_NEWER', message: expect.stringContaining('format 2') },
    });
    const schema = await withManifest((manifest) => {
      (manifest.migrations as object[]).push({ module: 'scratch', file: '0002_later.sql', sha256: '0'.repeat(64) });
    });
    await expect(restore('untouched', schema)).rejects.toMatchObject({
      ...{ code: 'RESTORE_FROM_NEWER', message: expect.stringContaining('scratch/0002_later.sql') },
    });
    const outside = await withManifest((manifest) => {
      (manifest.files as { path: string }[])[0]!.path = '../outside';
    });
    await expect(restore('untouched', outside)).rejects.toMatchObject({ code: 'RESTORE_CORRUPT' });
    expect(readdirSync(join(work, 'untouched'))).toEqual([]);
  });

  it('leaves nothing of a restore that fails after the rows are in, so that it can be tried again', async () => {
    const config = await target('failing');
    const folder = join(work, 'failing-migrations');
    mkdirSync(folder);
    writeFileSync(join(folder, '0001_scratch.sql'), scratch);
    writeFileSync(join(folder, '0002_later.sql'), 'insert into scratch (plain) values (null); select nothing');
    const failing = { ...module, migrations: new URL(`file://${folder}/`) };
    const attempt = (modules: (typeof module)[]) =>
      restoreBackup({ config, modules, file: archive, force: false, note: () => undefined });
    await expect(attempt([failing])).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(readdirSync(config.data)).toEqual([]);
    if (onServer) {
      const db = await openDatabase({ url: config.databaseUrl });
      expect(await listTables(db)).toEqual([]);
      await db.close();
    }
    expect((await attempt([module])).ledger.status).toBe('proved');
  }, 180_000);

  const prepare = (more: Partial<Parameters<typeof prepareBackup>[0]>) => {
    const { db, blobs } = source.host;
    return prepareBackup({ ...{ db, blobs, folder: source.folder, version: '1', created: new Date() }, ...more });
  };

  // A server answers other connections in any case, and has 6,000 rows read before it has written one.
  it.skipIf(onServer)(
    'lets others query and write meanwhile, and holds nothing that they wrote',
    async () => {
      const { db } = source.host;
      const happened: string[] = [];
      let wrote: Promise<void> | undefined;
      const prepared = await prepare({
        progress: (_fraction, at) => {
          if (!at.startsWith('job: ')) return;
          wrote ??= db
            .query(`update job set message = 'meanwhile' where type = 'bulk'`)
            .then(() => void happened.push('written'));
        },
      });
      happened.push('prepared');
      await wrote;
      expect(happened).toEqual(['written', 'prepared']);
      const file = join(work, 'meanwhile.tar');
      await pipeline(prepared.stream(), createWriteStream(file));
      expect(readFileSync(file).includes('meanwhile')).toBe(false);
      await db.query(`update job set message = '' where type = 'bulk'`);
    },
    60_000,
  );

  it('says how far it is, and leaves nothing when it is cancelled', async () => {
    const abort = new AbortController();
    const said: [number, string][] = [];
    const cancelled = prepare({
      signal: abort.signal,
      progress: (fraction, at) => {
        said.push([fraction, at]);
        if (at === 'job: 100 rows') abort.abort(new Error('enough'));
      },
    });
    await expect(cancelled).rejects.toThrow('enough');
    expect(said.at(-1)![1]).toBe('job: 100 rows');
    const fractions = said.map(([fraction]) => fraction);
    expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
    expect(Math.max(...fractions)).toBeLessThanOrEqual(1);
    expect(readdirSync(source.folder)).not.toContain('backup-spool');
  });

  const started = async () => {
    const { status, body } = await source.call('POST', '/api/system/backups');
    if (status !== 202) return { status, body };
    await expect
      .poll(async () => (await source.host.jobs.get(operatorActor, body.id)).state, { timeout: 30_000 })
      .toMatch(/done|failed/);
    return { status, body: await source.host.jobs.get(operatorActor, body.id) };
  };

  it('is taken through the API by administrators only, fetched once, and says so in the ledger', async () => {
    expect((await source.call('POST', '/api/system/backups', { as: 'engineer' })).status).toBe(403);
    const [first, second] = await Promise.all([
      source.call('POST', '/api/system/backups', { as: 'administrator' }),
      source.call('POST', '/api/system/backups', { as: 'administrator' }),
    ]);
    const ends = await Promise.all(
      [first, second].map(async ({ status, body }) => {
        if (status === 409) return body.error.code;
        await expect
          .poll(async () => (await source.host.jobs.get(operatorActor, body.id)).state, { timeout: 30_000 })
          .toMatch(/done|failed/);
        const job = await source.host.jobs.get(operatorActor, body.id);
        return job.error?.code ?? job.state;
      }),
    );
    expect(ends.sort()).toEqual(['BACKUP_RUNNING', 'done']);
    const { id, result } = (await source.host.jobs.list(operatorActor, { type: 'system.backup', state: 'done' }))[0]!;
    expect(result).toMatchObject({ blobs: 2 });
    expect((await source.call('GET', `/api/system/backups/${id}`, { as: 'engineer' })).status).toBe(403);
    const good = await source.call('GET', `/api/system/backups/${id}`, { as: 'administrator' });
    expect([good.status, good.headers['content-type']]).toEqual([200, 'application/x-tar']);
    expect(readdirSync(source.folder)).not.toContain('backup-spool');
    expect((await source.call('GET', `/api/system/backups/${id}`)).body.error.code).toBe('BACKUP_UNKNOWN');
    expect(await source.host.ledger.list(operatorActor, { type: 'system.backup' })).toHaveLength(1);
  });

  it('says that a blob is damaged instead of backing it up', async () => {
    const hash = (await source.host.blobs.put(Buffer.from('sound'))).hash;
    writeFileSync(source.host.blobs.localPath!(hash), 'ruins');
    expect((await started()).body).toMatchObject({ state: 'failed', error: { code: 'BLOB_CORRUPT' } });
    expect(readdirSync(source.folder)).not.toContain('backup-spool');
    await source.host.blobs.delete(hash);
    expect((await started()).body).toMatchObject({ state: 'done' });
  });
});
