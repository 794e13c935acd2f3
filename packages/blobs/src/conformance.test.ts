import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import S3rver from 's3rver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BlobEntry, Blobs } from './blobs.ts';
import { openBlobs } from './open-blobs.ts';

/** `printf 'millwright' | sha256sum` */
const text = Buffer.from('millwright');
const textHash = '8e837226cb7e3f2231e928816b323f0ea872ee5b1db0fdd81cea579a54e0109c';
const absent = '0'.repeat(64);

interface Kind {
  readonly name: string;
  start?(): Promise<void>;
  stop?(): Promise<void>;
  open(folder: string): Promise<Blobs>;
  /** Changes stored content behind the store's back. */
  alter(folder: string, hash: string): Promise<void>;
  /** Folder in which nothing may be left after a put. */
  incoming(folder: string): string;
}

const folderKind: Kind = {
  name: 'folder',
  open: (folder) => openBlobs({ folder: join(folder, 'blobs') }),
  alter: async (folder, hash) =>
    writeFile(join(folder, 'blobs', hash.slice(0, 2), hash.slice(2, 4), hash), 'something else'),
  incoming: (folder) => join(folder, 'blobs', 'incoming'),
};

let server: S3rver;
let serverFolder: string;
let endpoint: string;
let prefixes = 0;
let prefix: string;

const s3Kind: Kind = {
  name: 's3',
  start: async () => {
    process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
    process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER';
    serverFolder = await mkdtemp(join(tmpdir(), 'millwright-s3-'));
    server = new S3rver({
      address: '127.0.0.1',
      port: 0,
      silent: true,
      directory: serverFolder,
      configureBuckets: [{ name: 'plant' }],
    });
    endpoint = `http://127.0.0.1:${(await server.run()).port}`;
  },
  stop: async () => {
    await server.close();
    await rm(serverFolder, { recursive: true });
  },
  open: async (folder) => {
    prefix = `files/${++prefixes}`;
    return openBlobs({
      url: `s3://plant/${prefix}?endpoint=${endpoint}&region=eu-central-1&forcePathStyle=true`,
      spoolFolder: join(folder, 'spool'),
    });
  },
  alter: async (_folder, hash) => {
    const names = await readdir(join(serverFolder, 'plant'), { recursive: true });
    const stored = names.find((name) => name.startsWith(prefix) && name.includes(hash) && name.endsWith('object'));
    await writeFile(join(serverFolder, 'plant', stored!), 'something else');
  },
  incoming: (folder) => join(folder, 'spool'),
};

describe.each([folderKind, s3Kind])('$name store', (kind) => {
  let folder: string;
  let blobs: Blobs;
  beforeAll(async () => kind.start?.());
  afterAll(async () => kind.stop?.());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-blobs-'));
    blobs = await kind.open(folder);
  });
  afterEach(async () => {
    await blobs.close();
    await rm(folder, { recursive: true });
  });

  const all = async () => {
    const entries: BlobEntry[] = [];
    for await (const entry of blobs.list()) entries.push(entry);
    return entries.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  };

  it('names content by its SHA-256', async () => {
    expect(await blobs.put(text)).toEqual({ hash: textHash, size: 10 });
    expect((await blobs.read(textHash)).toString()).toBe('millwright');
  });

  it('takes a buffer, a stream and a file alike, and keeps the content once', async () => {
    const path = join(folder, 'report.txt');
    await writeFile(path, text);
    const put = [await blobs.put(text), await blobs.put(Readable.from([text.subarray(0, 4), text.subarray(4)]))];
    put.push(await blobs.put(path));
    expect(new Set(put.map((entry) => entry.hash))).toEqual(new Set([textHash]));
    expect(await all()).toEqual([{ hash: textHash, size: 10 }]);
    expect((await readFile(path)).equals(text)).toBe(true);
    expect(await readdir(kind.incoming(folder))).toEqual([]);
  });

  it('stores the same content from many callers at once', async () => {
    const put = await Promise.all(Array.from({ length: 8 }, () => blobs.put(Readable.from([text]))));
    expect(new Set(put.map((entry) => entry.hash)).size).toBe(1);
    expect((await blobs.read(textHash)).equals(text)).toBe(true);
  });

  it('keeps an empty file', async () => {
    const { hash, size } = await blobs.put(Readable.from([]));
    expect(hash).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(size).toBe(0);
    expect((await blobs.read(hash)).length).toBe(0);
    expect(await buffer(await blobs.get(hash))).toHaveLength(0);
  });

  it('streams content of many parts in and out', async () => {
    const part = randomBytes(1024 * 1024);
    const { hash, size } = await blobs.put(
      Readable.from(
        (function* () {
          for (let index = 0; index < 21; index++) yield part;
        })(),
      ),
      { mediaType: 'video/mp4' },
    );
    expect(size).toBe(21 * 1024 * 1024);
    const back = await buffer(await blobs.get(hash));
    expect(back.length).toBe(size);
    expect(back.subarray(20 * 1024 * 1024).equals(part)).toBe(true);
    expect(await blobs.verify(hash)).toEqual({ hash, size });
  });

  it('reads a part', async () => {
    await blobs.put(text);
    const part = async (range: { start?: number; end?: number }) =>
      (await buffer(await blobs.get(textHash, range))).toString();
    expect(await part({ start: 4 })).toBe('wright');
    expect(await part({ end: 3 })).toBe('mill');
    expect(await part({ start: 4, end: 4 })).toBe('w');
    expect(await part({ start: 4, end: 400 })).toBe('wright');
    for (const range of [{ start: 10 }, { start: 5, end: 4 }, { start: -1 }, { start: 0.5 }])
      await expect(blobs.get(textHash, range)).rejects.toMatchObject({ code: 'BLOB_RANGE_INVALID' });
  });

  it('says size, media type and time of what it has', async () => {
    const before = Date.now() - 2_000;
    await blobs.put(text, { mediaType: 'text/plain' });
    await blobs.put(text, { mediaType: 'text/html' });
    const facts = await blobs.stat(textHash);
    expect(facts).toMatchObject({ hash: textHash, size: 10, mediaType: 'text/plain' });
    expect(facts.storedAt.getTime()).toBeGreaterThan(before);
    const plain = await blobs.put(Buffer.from('no type'));
    expect((await blobs.stat(plain.hash)).mediaType).toBeUndefined();
  });

  it('lists and deletes', async () => {
    const entries = await Promise.all(Array.from({ length: 5 }, (_, index) => blobs.put(Buffer.from(`file ${index}`))));
    expect(await all()).toEqual([...entries].sort((a, b) => (a.hash < b.hash ? -1 : 1)));
    const { hash } = entries[0]!;
    expect([await blobs.has(hash), await blobs.delete(hash), await blobs.has(hash)]).toEqual([true, true, false]);
    expect(await blobs.delete(hash)).toBe(false);
    expect(await all()).toHaveLength(4);
  });

  it('says that a blob is missing', async () => {
    expect(await blobs.has(absent)).toBe(false);
    const missing = { code: 'BLOB_MISSING', status: 404, details: { hash: absent } };
    await expect(blobs.get(absent)).rejects.toMatchObject(missing);
    await expect(blobs.get(absent, { start: 1 })).rejects.toMatchObject(missing);
    await expect(blobs.read(absent)).rejects.toMatchObject(missing);
    await expect(blobs.stat(absent)).rejects.toMatchObject(missing);
    await expect(blobs.verify(absent)).rejects.toMatchObject(missing);
  });

  it('finds altered content and takes the true one back', async () => {
    await blobs.put(text);
    await kind.alter(folder, textHash);
    await expect(blobs.verify(textHash)).rejects.toMatchObject({ code: 'BLOB_CORRUPT', details: { hash: textHash } });
    await expect(blobs.read(textHash)).rejects.toMatchObject({ code: 'BLOB_CORRUPT' });
    await blobs.delete(textHash);
    await blobs.put(text);
    expect(await blobs.verify(textHash)).toEqual({ hash: textHash, size: 10 });
  });

  it('refuses names that are no hashes', async () => {
    for (const name of ['', '../../etc/passwd', textHash.toUpperCase(), `${textHash}/x`]) {
      const invalid = { code: 'BLOB_HASH_INVALID', status: 400 };
      await expect(blobs.get(name)).rejects.toMatchObject(invalid);
      await expect(blobs.read(name)).rejects.toMatchObject(invalid);
      await expect(blobs.stat(name)).rejects.toMatchObject(invalid);
      await expect(blobs.has(name)).rejects.toMatchObject(invalid);
      await expect(blobs.delete(name)).rejects.toMatchObject(invalid);
      await expect(blobs.verify(name)).rejects.toMatchObject(invalid);
    }
  });

  it('keeps nothing of a stream that breaks', async () => {
    const broken = Readable.from(
      (async function* () {
        yield text;
        throw new Error('connection lost');
      })(),
    );
    await expect(blobs.put(broken)).rejects.toThrow('connection lost');
    expect(await readdir(kind.incoming(folder))).toEqual([]);
    expect(await all()).toEqual([]);
  });

  it('says that a file to store cannot be read', async () => {
    await expect(blobs.put(join(folder, 'none'))).rejects.toMatchObject({ code: 'BLOB_SOURCE_MISSING' });
    await mkdir(join(folder, 'sub'));
    await expect(blobs.put(join(folder, 'sub'))).rejects.toMatchObject({ code: 'BLOB_SOURCE_MISSING' });
  });
});
