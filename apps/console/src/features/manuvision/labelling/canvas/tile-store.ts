import { toApiError } from '../../../../api/api-error.ts';
import { type Tile, tileKey } from '../geometry/tiles.ts';

/** At the same time; the server cuts a picture when its first tile is asked for. */
const lanes = 6;
/** A tile is a megabyte of memory. */
const mostKept = 160;

/**
 * Tiles of one picture. Only what is wanted now is fetched; what is wanted no more is given up. The ones last looked at
 * are kept.
 */
export class TileStore {
  readonly #urlOf: (tile: Tile) => string;
  readonly #kept = new Map<string, ImageBitmap>();
  readonly #running = new Map<string, AbortController>();
  readonly #listeners = new Set<() => void>();
  #wanted: readonly Tile[] = [];
  #isClosed = false;
  /** Why the last tile could not be had. */
  problem: unknown;

  constructor(urlOf: (tile: Tile) => string) {
    this.#urlOf = urlOf;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly currentProblem = (): unknown => this.problem;

  get(tile: Tile): ImageBitmap | undefined {
    const key = tileKey(tile);
    const found = this.#kept.get(key);
    if (found) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  /** What is on the screen now, the most important first. */
  want(tiles: readonly Tile[]): void {
    this.#wanted = tiles;
    const keys = new Set(tiles.map(tileKey));
    for (const [key, stop] of this.#running) if (!keys.has(key)) stop.abort();
    this.#next();
  }

  /** Asks again for what could not be had. */
  retry(): void {
    this.problem = undefined;
    this.#next();
    this.#tell();
  }

  /** Tiles that are needed whether they are on the screen or not. Throws an ApiError. */
  async load(tiles: readonly Tile[]): Promise<ImageBitmap[]> {
    return Promise.all(
      tiles.map(async (tile) => {
        const found = this.get(tile);
        if (found) return found;
        const image = await this.#fetch(tile, new AbortController().signal);
        this.#keep(tile, image);
        return image;
      }),
    );
  }

  close(): void {
    this.#isClosed = true;
    for (const stop of this.#running.values()) stop.abort();
    for (const image of this.#kept.values()) image.close();
    this.#kept.clear();
    this.#listeners.clear();
  }

  #next(): void {
    if (this.#isClosed || this.problem) return;
    for (const tile of this.#wanted) {
      if (this.#running.size >= lanes) return;
      const key = tileKey(tile);
      if (this.#kept.has(key) || this.#running.has(key)) continue;
      const stop = new AbortController();
      this.#running.set(key, stop);
      void this.#run(tile, key, stop);
    }
  }

  async #run(tile: Tile, key: string, { signal }: AbortController): Promise<void> {
    try {
      this.#keep(tile, await this.#fetch(tile, signal));
    } catch (error) {
      if (!signal.aborted) this.problem = error;
    } finally {
      this.#running.delete(key);
      this.#tell();
      this.#next();
    }
  }

  async #fetch(tile: Tile, signal: AbortSignal): Promise<ImageBitmap> {
    const response = await fetch(this.#urlOf(tile), { signal });
    if (!response.ok) throw await toApiError(response);
    return createImageBitmap(await response.blob());
  }

  #keep(tile: Tile, image: ImageBitmap): void {
    if (this.#isClosed) {
      image.close();
      return;
    }
    this.#kept.set(tileKey(tile), image);
    const wanted = new Set(this.#wanted.map(tileKey));
    for (const [key, old] of this.#kept) {
      if (this.#kept.size <= mostKept) break;
      if (wanted.has(key)) continue;
      old.close();
      this.#kept.delete(key);
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
