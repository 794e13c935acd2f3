import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { hashOf, hashPath, hashStream, requireHash, requireSame, resolveRange } from './blob-hash.ts';
import type { BlobContent, BlobEntry, BlobRange, BlobStat, Blobs } from './blobs.ts';
import { blobErrors } from './errors.ts';
import { removeAbandoned, spool, translateFileError } from './spool.ts';

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A rename is on disk only when its folder is; Windows cannot open a folder and needs not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the folder, and makes sure that its own entry survives a power cut. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; ; made = dirname(made)) {
    await syncFolder(dirname(made));
    if (resolve(made) === resolve(first)) return;
  }
}

/** `ab/cd/abcd…` holds the content, `abcd….type` beside it the media type if one was given, `incoming/` what is being written. */
class FolderBlobs implements Blobs {
  #folder: string;
  #incoming: string;

  constructor(folder: string) {
    this.#folder = resolve(folder);
    this.#incoming = join(this.#folder, 'incoming');
  }

  async put(content: BlobContent, options: { mediaType?: string } = {}): Promise<BlobEntry> {
    const { hash, size, path } = await spool(content, this.#incoming);
    const target = this.localPath(hash);
    try {
      const present = await stat(target).catch(() => undefined);
      // A file of another size was cut off or altered: the true content takes its place.
      if (present?.size === size) return { hash, size };
      await makeFolder(dirname(target));
      if (options.mediaType !== undefined) await this.#writeType(target, options.mediaType);
      await rename(path, target);
      await syncFolder(dirname(target));
      return { hash, size };
    } catch (error) {
      throw translateFileError(error, this.#folder);
    } finally {
      await rm(path, { force: true });
    }
  }

  async get(hash: string, range?: BlobRange): Promise<Readable> {
    const path = this.localPath(hash);
    const file = await open(path).catch((error: unknown) => this.#fail(hash, error));
    try {
      const part = resolveRange(hash, (await file.stat()).size, range);
      return file.createReadStream(part);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async read(hash: string): Promise<Buffer> {
    const bytes = await readFile(this.localPath(hash)).catch((error: unknown) => this.#fail(hash, error));
    requireSame(hash, { hash: hashOf(bytes), size: bytes.length });
    return bytes;
  }

  async stat(hash: string): Promise<BlobStat> {
    const path = this.localPath(hash);
    const facts = await stat(path).catch((error: unknown) => this.#fail(hash, error));
    const mediaType = await readFile(`${path}.type`, 'utf8').catch(() => undefined);
    return { hash, size: facts.size, mediaType, storedAt: facts.mtime };
  }

  async has(hash: string): Promise<boolean> {
    return stat(this.localPath(hash)).then(
      (facts) => facts.isFile(),
      (error: unknown) => {
        if (isMissing(error)) return false;
        return this.#fail(hash, error);
      },
    );
  }

  async *list(): AsyncIterable<BlobEntry> {
    for (const first of await this.#names('.', /^[0-9a-f]{2}$/))
      for (const second of await this.#names(first, /^[0-9a-f]{2}$/))
        for (const hash of await this.#names(join(first, second), /^[0-9a-f]{64}$/)) {
          const facts = await stat(this.localPath(hash)).catch(() => undefined);
          if (facts) yield { hash, size: facts.size };
        }
  }

  async delete(hash: string): Promise<boolean> {
    const path = this.localPath(hash);
    await rm(`${path}.type`, { force: true });
    return rm(path).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        return this.#fail(hash, error);
      },
    );
  }

  async verify(hash: string): Promise<BlobEntry> {
    const source = createReadStream(this.localPath(hash));
    const found = await hashStream(source).catch((error: unknown) => this.#fail(hash, error));
    return requireSame(hash, found);
  }

  localPath(hash: string): string {
    return join(this.#folder, hashPath(requireHash(hash)));
  }

  async close(): Promise<void> {
    // Nothing is held open between calls.
  }

  async prepare(): Promise<this> {
    await removeAbandoned(this.#incoming).catch((error: unknown) => {
      throw translateFileError(error, this.#folder);
    });
    return this;
  }

  async #writeType(target: string, mediaType: string): Promise<void> {
    await writeFile(`${target}.type`, mediaType, { flush: true });
  }

  async #names(folder: string, pattern: RegExp): Promise<string[]> {
    const names = await readdir(join(this.#folder, folder)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw translateFileError(error, this.#folder);
    });
    return names.filter((name) => pattern.test(name));
  }

  #fail(hash: string, error: unknown): never {
    if (isMissing(error)) throw blobErrors.BLOB_MISSING({ hash }, error);
    throw translateFileError(error, this.#folder);
  }
}

export async function openFolderBlobs(folder: string): Promise<Blobs> {
  return new FolderBlobs(folder).prepare();
}
