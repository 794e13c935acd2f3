import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Clock } from '@millwright/kernel';
import { and, eq } from 'drizzle-orm';
import { cloudEdgeBlob } from '../schema.ts';
import { edgeErrors } from './errors.ts';

/** A clip of an hour in full HD has 2 to 4 GB; what is more is no clip. */
export const mostBlobBytes = 8 * 1024 ** 3;
/** What was begun and not gone on with for a week will not be. */
const abandonedAfterMs = 7 * 86_400_000;

export interface BlobState {
  /** Bytes that are safely here. */
  readonly have: number;
  /** All of it is here, its hash is right, and messages may name it. */
  readonly complete: boolean;
}

/** Takes files of boxes in pieces, over links that break in the middle. */
export class BlobIntake {
  #db: Database;
  #blobs: Blobs;
  #clock: Clock;
  #folder: string;
  #turns = new Map<string, Promise<unknown>>();

  constructor(parts: { db: Database; blobs: Blobs; clock: Clock; folder: string }) {
    this.#db = parts.db;
    this.#blobs = parts.blobs;
    this.#clock = parts.clock;
    this.#folder = join(parts.folder, 'edge', 'incoming');
  }

  async state(boxId: string, sha256: string): Promise<BlobState> {
    const one = and(eq(cloudEdgeBlob.box_id, boxId), eq(cloudEdgeBlob.sha256, sha256));
    const [row] = await this.#db.orm.select().from(cloudEdgeBlob).where(one);
    if (row && (await this.#blobs.has(sha256))) return { have: row.bytes, complete: true };
    return { have: await sizeOf(this.#path(boxId, sha256)), complete: false };
  }

  /**
   * Goes on with a file at `offset`, which must be what is here. What arrives before the link breaks counts (and
   * EDGE_UPLOAD_CUT is thrown, to nobody). With the
   * last byte the hash is checked, and the file is in the store. Throws EDGE_BLOB_OFFSET_WRONG, EDGE_BLOB_HASH_WRONG (and
   * forgets what came), EDGE_BLOB_TOO_LARGE.
   */
  async append(
    boxId: string,
    sha256: string,
    piece: { offset: number; size: number; content: Readable },
  ): Promise<BlobState> {
    const key = `${boxId}/${sha256}`;
    const before = this.#turns.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined); // Its caller was told.
      return this.#append(boxId, sha256, piece);
    })();
    this.#turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(key) === mine) this.#turns.delete(key);
    }
  }

  async #append(
    boxId: string,
    sha256: string,
    { offset, size, content }: { offset: number; size: number; content: Readable },
  ): Promise<BlobState> {
    if (size > mostBlobBytes) throw edgeErrors.EDGE_BLOB_TOO_LARGE({ bytes: size, most: mostBlobBytes });
    const state = await this.state(boxId, sha256);
    if (state.complete) return state;
    if (offset !== state.have) throw edgeErrors.EDGE_BLOB_OFFSET_WRONG({ offset, have: state.have });
    const path = this.#path(boxId, sha256);
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'a');
    let have = offset;
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        have += chunk.length;
        if (have > size) throw edgeErrors.EDGE_BLOB_TOO_LARGE({ bytes: have, most: size });
        await file.appendFile(chunk);
      }
      await file.sync();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
        throw edgeErrors.EDGE_UPLOAD_CUT({ have, size }, error);
      throw error;
    } finally {
      await file.close();
    }
    if (have < size) return { have, complete: false };
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash);
    const actual = hash.digest('hex');
    if (actual !== sha256) {
      await rm(path, { force: true });
      throw edgeErrors.EDGE_BLOB_HASH_WRONG({ sha256, actual });
    }
    await this.#blobs.put(path);
    const row = { box_id: boxId, sha256, bytes: size, at: this.#clock.now() };
    await this.#db.orm.insert(cloudEdgeBlob).values(row).onConflictDoNothing();
    await rm(path, { force: true });
    return { have: size, complete: true };
  }

  async removeAbandoned(): Promise<void> {
    const names = await readdir(this.#folder, { recursive: true }).catch(() => []);
    for (const name of names) {
      const path = join(this.#folder, name);
      const facts = await stat(path).catch(() => undefined);
      if (facts?.isFile() && this.#clock.now().getTime() - facts.mtimeMs > abandonedAfterMs)
        await rm(path, { force: true });
    }
  }

  #path(boxId: string, sha256: string): string {
    return join(this.#folder, boxId, sha256);
  }
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
