import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobs } from './open-blobs.ts';

describe('folder store', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-folder-'));
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('lays files out by the first four digits of the hash and tells the path', async () => {
    const blobs = await openBlobs({ folder });
    const { hash } = await blobs.put(Buffer.from('millwright'));
    expect(blobs.localPath?.(hash)).toBe(join(folder, hash.slice(0, 2), hash.slice(2, 4), hash));
    expect((await stat(blobs.localPath!(hash))).size).toBe(10);
  });

  it('replaces a file that was cut off', async () => {
    const blobs = await openBlobs({ folder });
    const { hash } = await blobs.put(Buffer.from('millwright'));
    await writeFile(blobs.localPath!(hash), 'mill');
    await blobs.put(Buffer.from('millwright'));
    expect(await blobs.verify(hash)).toEqual({ hash, size: 10 });
  });

  it('removes what a killed process left behind, once nobody can still be writing it', async () => {
    const incoming = join(folder, 'incoming');
    await mkdir(incoming);
    await writeFile(join(incoming, 'old'), 'half');
    await writeFile(join(incoming, 'new'), 'half');
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes(join(incoming, 'old'), yesterday, yesterday);
    await openBlobs({ folder });
    expect(await readdir(incoming)).toEqual(['new']);
  });
});

/** A disk of one MiB; false where this account may not mount one. */
function mountSmallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('full disk', () => {
  it('says so, and leaves nothing half-written', async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'millwright-full-'));
    const mounted = mountSmallDisk(folder);
    try {
      if (!mounted) skip('only root may mount the small disk that this needs');
      const blobs = await openBlobs({ folder });
      const small = await blobs.put(Buffer.from('fits'));
      const tooMuch = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(65_536, 1)));
      await expect(blobs.put(tooMuch)).rejects.toMatchObject({
        code: 'BLOB_DISK_FULL',
        status: 507,
        message: expect.stringContaining('Free some space'),
      });
      expect(await readdir(join(folder, 'incoming'))).toEqual([]);
      expect(await blobs.verify(small.hash)).toEqual(small);
      await blobs.put(Buffer.alloc(100_000, 2));
    } finally {
      if (mounted) execFileSync('umount', [folder]);
      await rm(folder, { recursive: true });
    }
  });
});
