import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EdgeBlob } from '@millwright/cloud';
import { edgeErrors } from '@millwright/cloud/edge';
import { isMillwrightError, type MillwrightError } from '@millwright/kernel';
import { hashFile, removeFile, syncFolder } from './files.ts';
import type { ServerApi } from './link/server-api.ts';

/** Errors that say something of one file, not of the link. */
const ofTheFile: ReadonlySet<string> = new Set(['EDGE_BLOB_WRONG', 'BLOB_MISSING', 'BLOB_CORRUPT']);

/** Models and other files of the desired state, by hash. A file under its name is whole; `.part` is being fetched. */
export class BoxFiles {
  #folder: string;
  /** Those whose content was checked since the start: a disk may change what was right once. */
  #checked = new Set<string>();
  /** Why those are not here that the server could not give. */
  #failed = new Map<string, MillwrightError>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws EDGE_BLOB_ABSENT, or why the server could not give it. */
  async path(sha256: string): Promise<string> {
    if (!(await this.has(sha256))) throw this.#failed.get(sha256) ?? edgeErrors.EDGE_BLOB_ABSENT({ sha256 });
    return join(this.#folder, sha256);
  }

  async has(sha256: string): Promise<boolean> {
    if (this.#checked.has(sha256)) return true;
    const path = join(this.#folder, sha256);
    const there = await stat(path).catch(() => undefined);
    if (!there?.isFile()) return false;
    if ((await hashFile(path)) !== sha256) {
      await removeFile(path);
      return false;
    }
    this.#checked.add(sha256);
    return true;
  }

  /** Fetches what is not there, from where the last try ended. Throws EDGE_BLOB_WRONG, and what the link throws. */
  async fetch(api: ServerApi, { sha256 }: EdgeBlob): Promise<void> {
    if (await this.has(sha256)) return;
    await mkdir(this.#folder, { recursive: true });
    const part = join(this.#folder, `${sha256}.part`);
    const offset = await stat(part).then(
      ({ size }) => size,
      () => 0,
    );
    await pipeline(await api.file(sha256, offset), createWriteStream(part, { flags: 'a', flush: true }));
    const actual = await hashFile(part);
    if (actual !== sha256) {
      await removeFile(part);
      throw edgeErrors.EDGE_BLOB_WRONG({ sha256, actual });
    }
    await rename(part, join(this.#folder, sha256));
    await syncFolder(this.#folder);
    this.#checked.add(sha256);
  }

  /**
   * Fetches all that are not there, and resolves to those that the server has damaged or not at all: nothing else has to wait
   * for them. Throws what the link throws.
   */
  async fetchAll(api: ServerApi, blobs: readonly EdgeBlob[]): Promise<EdgeBlob[]> {
    const failed: EdgeBlob[] = [];
    for (const blob of blobs) {
      try {
        await this.fetch(api, blob);
        this.#failed.delete(blob.sha256);
      } catch (error) {
        if (!isMillwrightError(error) || !ofTheFile.has(error.code)) throw error;
        this.#failed.set(blob.sha256, error);
        failed.push(blob);
      }
    }
    return failed;
  }

  /** Why a file is not here that the server could not give. */
  problemOf(sha256: string): string | null {
    return this.#failed.get(sha256)?.message ?? null;
  }

  /** Bytes of a file that are there, whole or not. */
  async bytesOf(sha256: string): Promise<number> {
    const path = join(this.#folder, sha256);
    const there = await stat(path).catch(() => stat(`${path}.part`).catch(() => undefined));
    return there?.size ?? 0;
  }

  /** Removes what nothing names any more. */
  async keepOnly(wanted: ReadonlySet<string>): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => []))
      if (!wanted.has(name.replace(/\.part$/, ''))) {
        this.#checked.delete(name);
        await removeFile(join(this.#folder, name));
      }
  }
}

/** Key order makes no other hash. */
export function documentHash(document: unknown): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, member]) => [key, sorted(member)]),
    );
  };
  return createHash('sha256')
    .update(JSON.stringify(sorted(document)))
    .digest('hex');
}
