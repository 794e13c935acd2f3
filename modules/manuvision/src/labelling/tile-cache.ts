import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { Reading } from '../model-file/model-file.ts';
import { localBlob } from '../work/local-blob.ts';
import { shownPicture } from './shown-picture.ts';

/** Pixels. */
export const tileSide = 512;
/** Pictures whose tiles are kept; those that were looked at least recently go first. */
const mostKept = 200;

export interface TilePlace {
  /** 0: full size. */
  readonly level: number;
  readonly column: number;
  readonly row: number;
}

/** Levels of a picture: each half as large as the one before, until one tile holds all of it. */
export const tileLevels = (width: number, height: number): number =>
  1 + Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / tileSide)));

/**
 * Tiles of pictures as JPEG, so that a browser can show 50 megapixels. All tiles of a picture are cut in one pass when the first is asked
 * for; the picture streams through, so memory does not grow with it. One picture is cut at a time.
 */
export class TileCache {
  readonly #blobs: Blobs;
  readonly #folder: string;
  readonly #cutting = new Map<string, Promise<void>>();
  #queue: Promise<unknown> = Promise.resolve();

  /** @param folder may be deleted at any time: everything in it can be made again */
  constructor(blobs: Blobs, folder: string) {
    this.#blobs = blobs;
    this.#folder = folder;
  }

  /** Undefined where the picture has no such tile. Throws BLOB_MISSING. */
  async tile(
    picture: { readonly hash: string; readonly width: number; readonly height: number },
    place: TilePlace,
    reading?: Reading,
  ): Promise<Uint8Array | undefined> {
    const levels = tileLevels(picture.width, picture.height);
    if (place.level >= levels) return undefined;
    const own = join(this.#folder, [picture.hash, reading?.bayer].filter(Boolean).join('-'));
    await this.#cut(picture.hash, own, reading);
    // Deep zoom counts its levels from the smallest.
    const name = `${place.column}_${place.row}.jpeg`;
    const path = join(own, 'tiles_files', String(levels - 1 - place.level), name);
    return readFile(path).catch(() => undefined);
  }

  async #cut(hash: string, own: string, reading: Reading | undefined): Promise<void> {
    if (await stat(own).catch(() => undefined)) return utimes(own, new Date(), new Date()).catch(() => undefined);
    const cutting = this.#cutting.get(own) ?? this.#begin(hash, own, reading);
    this.#cutting.set(own, cutting);
    await cutting;
  }

  #begin(hash: string, own: string, reading: Reading | undefined): Promise<void> {
    const done = this.#queue.then(async () => {
      const draft = join(this.#folder, `${randomUUID()}.draft`);
      try {
        await mkdir(draft, { recursive: true });
        const shown = await shownPicture(await localBlob(this.#blobs, hash, draft), reading);
        const tiles = { size: tileSide, overlap: 0, layout: 'dz', depth: 'onetile' } as const;
        await shown.jpeg({ quality: 90 }).tile(tiles).toFile(join(draft, 'tiles'));
        await rm(join(draft, hash), { force: true });
        await rename(draft, own);
        await this.#forget();
      } finally {
        this.#cutting.delete(own);
        await rm(draft, { recursive: true, force: true });
      }
    });
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #forget(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= mostKept) return;
    const used = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(this.#folder, name))).mtimeMs })),
    );
    used.sort((a, b) => a.at - b.at);
    for (const { name } of used.slice(0, names.length - mostKept))
      await rm(join(this.#folder, name), { recursive: true, force: true });
  }
}
