import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { type Blobs, openBlobs } from '@millwright/blobs';
import { type Database, lockFolder, type MigrationSet, migrate, openDatabase, type Queryable } from '@millwright/db';
import { type Config, type Module, operatorActor, systemClock } from '@millwright/kernel';
import { Ledger, type VerifyResult } from '@millwright/ledger';
import { migrationSets } from '../migration-sets.ts';
import { checkBackup, readMembers } from './check-backup.ts';
import { backupErrors } from './errors.ts';
import { type Manifest, tableMember } from './manifest.ts';
import { backupJobType } from './service.ts';
import { fixTextForms, listTables, quoted, type Table } from './tables.ts';
import { settingsName } from './write-backup.ts';

const pageBytes = 2 * 1024 * 1024;
const pageRows = 5000;

export interface RestoreOptions {
  readonly config: Config;
  readonly modules: readonly Module[];
  readonly file: string;
  /** Moves what is in the data folder to `<folder>.before-restore-<time>`. */
  readonly force: boolean;
  /** A line for a person on how far it is. */
  readonly note: (text: string) => void;
}

export interface RestoreResult {
  readonly folder: string;
  /** Where what was in the folder before is now. */
  readonly movedTo: string | null;
  readonly created: string;
  readonly version: string;
  readonly tables: number;
  readonly rows: number;
  readonly blobs: number;
  readonly files: number;
  /** Of the ledger's chain, as it is in the restored database. */
  readonly ledger: { status: VerifyResult['status']; checked: number; head: VerifyResult['head'] };
}

/**
 * Puts a backup into the data folder (and the database) that the configuration names. Everything is checked before
 * anything is changed, and built aside before it takes its place. Throws DATA_FOLDER_IN_USE while a server runs,
 * RESTORE_… for what speaks against it.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreResult> {
  const { config, file, note } = options;
  const folder = resolve(config.data);
  const lock = lockFolder(folder);
  try {
    note('Checking every checksum …');
    const manifest = await checkBackup(file);
    const older = await olderMigrations(manifest, migrationSets(options.modules));
    try {
      const occupied = (await readdir(folder)).filter((name) => !/^(lock\.json.*|millwright\.json)$/.test(name));
      if (occupied.length > 0 && !options.force) throw backupErrors.RESTORE_FOLDER_NOT_EMPTY({ folder });
      const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
      const staging = join(folder, `restoring-${stamp}`);
      let movedTo: string | null = null;
      const place = async () => {
        movedTo = await takePlace(folder, staging, occupied, `${folder}.before-restore-${stamp}`);
      };
      try {
        await mkdir(staging);
        const ledger = await build(options, manifest, older.sets, staging, place);
        return {
          ...{ folder, movedTo, created: manifest.created, version: manifest.version, ledger },
          tables: manifest.tables.length,
          rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
          blobs: manifest.blobs.length,
          files: manifest.files.length,
        };
      } finally {
        await rm(staging, { recursive: true, force: true, maxRetries: 3 });
      }
    } finally {
      await older.remove();
    }
  } finally {
    lock.release();
  }
}

/**
 * The migrations that the backup's database had, and no later ones: rows are loaded into the tables they came from, and
 * later migrations then change them as they would have changed the original.
 */
async function olderMigrations(manifest: Manifest, sets: readonly MigrationSet[]) {
  const root = await mkdtemp(join(tmpdir(), 'millwright-restore-'));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    for (const { module } of sets) await mkdir(join(root, module));
    for (const { module, file, sha256 } of manifest.migrations) {
      const set = sets.find((candidate) => candidate.module === module);
      const script = set && (await readFile(new URL(file, set.folder)).catch(() => undefined));
      if (!script || createHash('sha256').update(script).digest('hex') !== sha256)
        throw backupErrors.RESTORE_FROM_NEWER({
          version: manifest.version,
          reason: `its database has the migration ${module}/${file}, which is not known here`,
        });
      await writeFile(join(root, module, file), script);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { sets: sets.map(({ module }) => ({ module, folder: pathToFileURL(`${join(root, module)}/`) })), remove };
}

/**
 * Fills database, files and blobs; the embedded database and the files in `staging`, which `place` puts where they belong.
 * A server's database is filled in one transaction that ends with that: whatever fails, or is killed, leaves it empty.
 */
async function build(
  { config, file, modules, note }: RestoreOptions,
  manifest: Manifest,
  older: readonly MigrationSet[],
  staging: string,
  place: () => Promise<void>,
): Promise<RestoreResult['ledger']> {
  const db = await openDatabase({ url: config.databaseUrl || `pglite://${join(staging, 'database')}` });
  const blobs = await openBlobs(config.blobUrl ? { url: config.blobUrl } : { folder: join(staging, 'blobs') });
  let ledger: RestoreResult['ledger'];
  try {
    ledger = await db.transaction(async (transaction) => {
      const present = await listTables(transaction);
      if (present.length > 0) throw backupErrors.RESTORE_DATABASE_NOT_EMPTY({ tables: present.length });
      await migrate(db, older);
      await load(transaction, { db, blobs, file, manifest, staging, note });
      await migrate(db, migrationSets(modules));
      // The one that made this backup; whoever asked for it has it.
      await transaction.query(`delete from job where type = $1 and state in ('queued', 'running')`, [backupJobType]);
      await db.execute('analyze');
      note('Checking the ledger …');
      const { status, checked, head } = await new Ledger(db, systemClock).verifyChain(operatorActor);
      if (db.kind === 'server') await place();
      return { status, checked, head };
    });
  } finally {
    await blobs.close();
    await db.close();
  }
  // Only a closed cluster may be moved.
  if (!config.databaseUrl) await place();
  return ledger;
}

interface LoadParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly file: string;
  readonly manifest: Manifest;
  readonly staging: string;
  readonly note: (text: string) => void;
}

async function load(transaction: Queryable, { blobs, file, manifest, staging, note }: LoadParts): Promise<void> {
  await fixTextForms(transaction);
  const tables = new Map((await listTables(transaction)).map((table) => [tableMember(table.name), table]));
  const rowsOf = new Map(manifest.tables.map(({ name, rows }) => [tableMember(name), rows]));
  const mediaTypes = new Map(manifest.blobs.map(({ sha256, mediaType }) => [sha256, mediaType]));
  const rules = await liftRules(transaction);
  for (const { name } of tables.values()) await transaction.query(`truncate public.${quoted(name)} cascade`);
  for await (const { name, content } of readMembers(file)) {
    const table = tables.get(name);
    if (table) {
      const columns = manifest.tables.find((candidate) => tableMember(candidate.name) === name)!.columns;
      if (rowsOf.get(name)) note(`${table.name}: ${rowsOf.get(name)} rows`);
      await loadTable(
        transaction,
        { ...table, columns: table.columns.filter((at) => columns.includes(at.name)) },
        content,
      );
    } else if (name.startsWith('blobs/')) {
      await blobs.put(content, { mediaType: mediaTypes.get(name.slice('blobs/'.length)) });
    } else if (name.startsWith('files/')) {
      const target = join(staging, name.slice('files/'.length));
      await mkdir(dirname(target), { recursive: true });
      await pipeline(content, createWriteStream(target, { mode: 0o600 }));
    } else content.resume();
  }
  for (const { name, lastValue, isCalled } of manifest.sequences)
    await transaction.query('select setval($1::regclass, $2::bigint, $3)', [
      `public.${quoted(name)}`,
      lastValue,
      isCalled,
    ]);
  await rules.putBack();
}

/**
 * Takes away, until the rows are in, what would refuse them on the way: foreign keys, for a row may come before the one
 * it names, and triggers that keep rows from being changed. All of it needs the owner of the tables only.
 */
async function liftRules(transaction: Queryable): Promise<{ putBack(): Promise<void> }> {
  const { rows: keys } = await transaction.query<{ table: string; name: string; definition: string }>(
    `select c.relname as table, k.conname as name, pg_get_constraintdef(k.oid) as definition
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and k.conparentid = 0 and n.nspname = 'public'`,
  );
  const { rows: triggers } = await transaction.query<{ table: string; name: string }>(
    `select c.relname as table, t.tgname as name from pg_trigger t
     join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgname <> 'ts_insert_blocker' and n.nspname = 'public'`,
  );
  for (const { table, name } of keys)
    await transaction.query(`alter table public.${quoted(table)} drop constraint ${quoted(name)}`);
  for (const { table, name } of triggers)
    await transaction.query(`alter table public.${quoted(table)} disable trigger ${quoted(name)}`);
  return {
    async putBack() {
      for (const { table, name, definition } of keys)
        await transaction.query(`alter table public.${quoted(table)} add constraint ${quoted(name)} ${definition}`);
      for (const { table, name } of triggers)
        await transaction.query(`alter table public.${quoted(table)} enable trigger ${quoted(name)}`);
    },
  };
}

/** Not readline, which also ends a line at U+2028, and that may stand in a text as it is. */
async function* linesOf(content: Readable): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8');
      [rest, from] = [[], end + 1];
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
}

async function loadTable(transaction: Queryable, { name, columns }: Table, content: Readable): Promise<void> {
  const names = columns.map((column) => quoted(column.name));
  const statement = `insert into public.${quoted(name)} (${names.join(', ')}) overriding system value
    select ${columns.map((column) => `${quoted(column.name)}::${column.type}`).join(', ')}
    from json_to_recordset($1::json) as r (${names.map((column) => `${column} text`).join(', ')})`;
  let [lines, bytes]: [string[], number] = [[], 0];
  const flush = async () => {
    if (lines.length > 0) await transaction.query(statement, [`[${lines.join(',')}]`]);
    [lines, bytes] = [[], 0];
  };
  for await (const line of linesOf(content)) {
    lines.push(line);
    bytes += line.length;
    if (lines.length >= pageRows || bytes >= pageBytes) await flush();
  }
  await flush();
}

/** Moves what is there aside and what was built into its place; nothing is removed, so nothing is lost half-way. */
async function takePlace(
  folder: string,
  staging: string,
  occupied: readonly string[],
  aside: string,
): Promise<string | null> {
  if (occupied.length > 0) {
    await mkdir(aside);
    for (const [index, name] of occupied.entries()) {
      try {
        await rename(join(folder, name), join(aside, name));
      } catch (error) {
        for (const moved of occupied.slice(0, index)) await rename(join(aside, moved), join(folder, moved));
        await rmdir(aside);
        throw backupErrors.RESTORE_FOLDER_FIXED({ folder, aside, reason: (error as Error).message }, error);
      }
    }
    // The settings stay, as those of this machine; the copy makes the old folder whole.
    await copyFile(join(folder, settingsName), join(aside, settingsName)).catch(() => undefined);
  }
  for (const name of await readdir(staging)) await rename(join(staging, name), join(folder, name));
  return occupied.length > 0 ? aside : null;
}
