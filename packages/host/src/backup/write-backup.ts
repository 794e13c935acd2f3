import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Blobs } from '@millwright/blobs';
import { type Database, openDatabase, type Queryable } from '@millwright/db';
import { type Pack, pack } from 'tar-stream';
import { formatVersion, type Manifest, manifestHashName, manifestName, membersOf, tableMember } from './manifest.ts';
import { fixTextForms, listSequences, listTables, quoted, type Table } from './tables.ts';

export const spoolName = 'backup-spool';
export const settingsName = 'millwright.json';
/** In the data folder, but kept in another way, or of this machine only. */
export const notCarried = /^(database|blobs|backup-spool|millwright\.json|lock\.json.*|restoring-.*)$/;

/** About this much of a table is in memory at once; parsing more would hold up the event loop for longer than 50 ms. */
const pageBytes = 1024 * 1024;

export interface BackupSource {
  readonly db: Database;
  readonly blobs: Blobs;
  /** The data folder. */
  readonly folder: string;
  readonly version: string;
  readonly created: Date;
  readonly signal?: AbortSignal;
  /** How far it is, 0 to 1, and at what. */
  readonly progress?: (fraction: number, at: string) => void;
}

export interface PreparedBackup {
  readonly manifest: Manifest;
  /** The archive; once only. What was spooled is removed before it ends, or when it is closed early. */
  stream(): Readable;
}

/**
 * Takes the snapshot: the tables are written aside, because tar wants sizes first and the snapshot is not to be held as
 * long as a slow network takes. Every file is read once, so that what is damaged is said now and not in the middle of
 * the answer. `onDone` is called once all that was spooled is gone. Throws BLOB_CORRUPT, and what an aborted signal does.
 */
export async function prepareBackup(source: BackupSource, onDone?: () => void): Promise<PreparedBackup> {
  const spool = join(source.folder, spoolName);
  const discard = async () => {
    await rm(spool, { recursive: true, force: true, maxRetries: 3 }).finally(onDone);
  };
  try {
    await rm(spool, { recursive: true, force: true, maxRetries: 3 }); // Left by a killed server.
    await mkdir(join(spool, 'tables'), { recursive: true });
    await mkdir(join(spool, 'files'), { recursive: true });
    const manifest: Manifest = {
      formatVersion,
      version: source.version,
      created: source.created.toISOString(),
      ...(await spoolSnapshot(source, spool)),
      files: await spoolFiles(source, spool),
      blobs: await checkBlobs(source),
    };
    return { manifest, stream: () => streamArchive(manifest, source.blobs, spool, discard) };
  } catch (error) {
    await discard();
    throw error;
  }
}

/**
 * A server answers others beside a long transaction. The embedded database has one connection, so its files are copied,
 * which takes a moment, and the copy is read at leisure.
 */
async function spoolSnapshot(source: BackupSource, spool: string) {
  const { db } = source;
  if (!db.copyTo) return spoolDatabase(source, db, spool);
  const copied = join(spool, 'database');
  await db.copyTo(copied);
  const copy = await openDatabase({ url: `pglite://${copied}`, durability: 'process' });
  try {
    return await spoolDatabase(source, copy, spool);
  } finally {
    await copy.close();
    await rm(copied, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function spoolDatabase({ signal, progress }: BackupSource, db: Database, spool: string) {
  return db.transaction(async (transaction) => {
    await transaction.query('set transaction isolation level repeatable read, read only');
    await fixTextForms(transaction);
    const { rows: migrations } = await transaction.query<Manifest['migrations'][number]>(
      'select module, file, sha256 from schema_migration order by applied_at, module, file',
    );
    const found = await listTables(transaction);
    const { rows: sizes } = await transaction.query<{ bytes: number }>(
      'select pg_table_size(to_regclass(name))::float8 as bytes from unnest($1::text[]) with ordinality t(name, n) order by n',
      [found.map(({ name }) => `public.${quoted(name)}`)],
    );
    const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    let before = 0;
    const tables: Manifest['tables'] = [];
    for (const [index, table] of found.entries()) {
      const size = sizes[index]!.bytes;
      tables.push(
        await spoolTable(transaction, table, spool, (rows) => {
          signal?.throwIfAborted();
          // How many rows a table has is not known before they are counted; most take about 60 bytes.
          progress?.((before + Math.min(size, rows * 60)) / all, `${table.name}: ${rows} rows`);
        }),
      );
      before += size;
    }
    const sequences = await listSequences(transaction);
    return { database: { kind: db.kind, version: db.capabilities.version }, migrations, tables, sequences };
  });
}

async function spoolTable(
  transaction: Queryable,
  table: Table,
  spool: string,
  step: (rows: number) => void,
): Promise<Manifest['tables'][number]> {
  const columns = table.columns.map(({ name }) => name);
  const texts = columns.map((name) => `${quoted(name)}::text as ${quoted(name)}`).join(', ');
  await transaction.query(
    `declare backup_rows no scroll cursor for
     select row_to_json(r)::text as line from (select ${texts} from public.${quoted(table.name)}) r`,
  );
  const hash = createHash('sha256');
  let [rows, bytes, page] = [0, 0, 100];
  const file = await open(join(spool, tableMember(table.name)), 'wx', 0o600);
  try {
    for (;;) {
      step(rows);
      const { rows: lines } = await transaction.query<{ line: string }>(`fetch ${page} from backup_rows`);
      if (lines.length === 0) break;
      const chunk = Buffer.from(`${lines.map(({ line }) => line).join('\n')}\n`);
      hash.update(chunk);
      await file.writeFile(chunk);
      rows += lines.length;
      bytes += chunk.length;
      page = Math.max(10, Math.min(10_000, page * 4, Math.floor((pageBytes * lines.length) / chunk.length)));
    }
  } finally {
    await file.close();
  }
  await transaction.query('close backup_rows');
  return { name: table.name, columns, rows, bytes, sha256: hash.digest('hex') };
}

/** What modules keep in the data folder themselves (certificates, keys). Copied, because it may change while it is sent. */
async function spoolFiles({ folder, signal }: BackupSource, spool: string): Promise<Manifest['files']> {
  const files: Manifest['files'] = [];
  const walk = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      signal?.throwIfAborted();
      if (path === '' && notCarried.test(entry.name)) continue;
      const below = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) await walk(below);
      else if (entry.isFile()) {
        const copied = await copyHashed(join(folder, below), join(spool, 'files', String(files.length)));
        if (copied) files.push({ path: below, ...copied });
      }
    }
  };
  await walk('');
  return files;
}

async function copyHashed(from: string, to: string): Promise<{ sha256: string; bytes: number } | undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  const target = await open(to, 'wx', 0o600);
  try {
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      await target.writeFile(chunk);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await rm(to, { force: true });
    return undefined; // Removed since the folder was listed.
  } finally {
    await target.close();
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Listed after the snapshot: whatever it refers to was stored before. */
async function checkBlobs({ blobs, signal }: BackupSource): Promise<Manifest['blobs']> {
  const found: Manifest['blobs'] = [];
  for await (const { hash } of blobs.list()) {
    signal?.throwIfAborted();
    const { size } = await blobs.verify(hash);
    const { mediaType } = await blobs.stat(hash);
    found.push({ sha256: hash, bytes: size, ...(mediaType !== undefined && { mediaType }) });
  }
  return found.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

function streamArchive(manifest: Manifest, blobs: Blobs, spool: string, discard: () => Promise<void>): Readable {
  const archive = pack();
  const text = JSON.stringify(manifest, null, 1);
  const files = new Map(
    manifest.files.map(({ path }, index) => [`files/${path}`, join(spool, 'files', String(index))]),
  );
  const mtime = new Date(manifest.created);
  const fill = async () => {
    await addText(archive, manifestName, text, mtime);
    const hash = createHash('sha256').update(text).digest('hex');
    await addText(archive, manifestHashName, `${hash}\n`, mtime);
    for (const { name, bytes } of membersOf(manifest)) {
      const content = name.startsWith('blobs/')
        ? await blobs.get(name.slice('blobs/'.length))
        : createReadStream(files.get(name) ?? join(spool, name));
      await pipeline(content, archive.entry({ name, size: bytes, mtime, mode: 0o600 }));
    }
    archive.finalize();
  };
  let discarded: Promise<void> | undefined;
  const finish = () => {
    archive.destroy();
    discarded ??= discard();
    return discarded;
  };
  async function* content() {
    try {
      yield* archive as AsyncIterable<Buffer>;
    } finally {
      await finish();
    }
  }
  const stream = Readable.from(content(), { objectMode: false });
  fill().catch((error: Error) => archive.destroy(error));
  stream.once('close', () => void finish()); // Also when nobody read a byte, and the generator never ran.
  return stream;
}

function addText(archive: Pack, name: string, text: string, mtime: Date): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name, mtime, mode: 0o600 }, text, (error) => (error ? reject(error) : resolve()));
  });
}
