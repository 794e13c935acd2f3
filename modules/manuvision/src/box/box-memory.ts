import { join } from 'node:path';
import type { WatchedFileRow } from '../schema.ts';
import type { WatchMemory } from '../stations/folder-watch.ts';
import { LineFile } from './line-file.ts';

/** Which files of its folders a box has judged, in a file a station. */
export class BoxMemory implements WatchMemory {
  readonly #folder: string;
  readonly #files = new Map<string, LineFile<WatchedFileRow>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async watched(stationId: string): Promise<WatchedFileRow[]> {
    return [...(await this.#file(stationId).rows())];
  }

  async insertWatched(row: WatchedFileRow): Promise<void> {
    await this.#file(row.station_id).add(row);
  }

  async deleteWatched(stationId: string, names: readonly string[]): Promise<void> {
    const gone = new Set(names);
    await this.#file(stationId).keep(({ name }) => !gone.has(name));
  }

  #file(stationId: string): LineFile<WatchedFileRow> {
    const file = this.#files.get(stationId) ?? new LineFile(join(this.#folder, `${stationId}.jsonl`));
    this.#files.set(stationId, file);
    return file;
  }
}
