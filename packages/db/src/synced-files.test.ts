import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './index.ts';
import { startParams } from './start-params.ts';
import { SyncedFiles } from './synced-files.ts';

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  return { ...real, fsyncSync: vi.fn(real.fsyncSync) };
});

describe('an embedded database whose commits survive the loss of power', () => {
  const flushed = vi.mocked(fs.fsyncSync);
  const folder = mkdtempSync(join(tmpdir(), 'millwright-synced-'));
  const failed = () => process.exit(1);
  let db: PGlite;
  beforeAll(async () => {
    const files = new SyncedFiles(join(folder, 'sound'), failed);
    db = await PGlite.create({ fs: files, startParams: startParams('disk') });
    await db.exec('create table note (id integer)');
  }, 60_000);
  beforeEach(() => void flushed.mockClear());
  afterAll(async () => {
    await db?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('flushes the log once for each commit, however many rows it holds', async () => {
    await db.exec('insert into note values (1)');
    expect(flushed).toHaveBeenCalledTimes(1);
    await db.exec('insert into note select generate_series(2, 1000)');
    expect(flushed).toHaveBeenCalledTimes(2);
    await db.query('select count(*) from note');
    expect(flushed).toHaveBeenCalledTimes(2);
  });

  it('flushes the tables’ files at a checkpoint', async () => {
    await db.exec('checkpoint');
    expect(flushed.mock.calls.length).toBeGreaterThan(1);
  });

  it('acknowledges nothing that could not be flushed, and has what it acknowledged at the next start', async () => {
    const data = join(folder, 'failing');
    const flag = join(folder, 'fails');
    const preload = new URL('./fixtures/failing-disk.mjs', import.meta.url).href;
    const writer = fileURLToPath(new URL('./fixtures/write-on-failing-disk.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', preload, writer, data], {
      env: { ...process.env, FAILING_DISK: flag },
    });
    expect(stdout.split('\n')).toEqual([
      ...['1 acknowledged', '2 acknowledged'],
      '3 refused: the disk did not take what was written: EIO: input/output error, fsync',
      expect.stringMatching(/^4 refused: The embedded database has stopped; what was sent is not stored/),
      '',
    ]);
    const again = await openDatabase({ url: `pglite://${data}` });
    const { rows } = await again.query<{ id: number }>('select id from note where id <= 2 order by id');
    expect(rows).toEqual([{ id: 1 }, { id: 2 }]);
    await again.close();
  }, 60_000);
});
