import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { isMillwrightError, type Logger } from '@millwright/kernel';
import { isPictureName } from '../datasets/picture-names.ts';
import type { WatchedFileRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { allowedFolder, reasonOf } from './allowed-folder.ts';
import type { Picture } from './picture-source.ts';

/** A file as it lies in the folder. */
type FolderFile = Omit<WatchedFileRow, 'station_id'>;

export interface WatchedStation {
  readonly id: string;
  readonly name: string;
  /** Null: it watches none. */
  readonly folder: string | null;
}

/** Which files were judged, from start to start. */
export interface WatchMemory {
  watched(stationId: string): Promise<WatchedFileRow[]>;
  insertWatched(row: WatchedFileRow): Promise<void>;
  deleteWatched(stationId: string, names: readonly string[]): Promise<void>;
}

interface WatchParts<Station> {
  stations(): Promise<readonly Station[]>;
  readonly memory: WatchMemory;
  /** Folders that may be watched. */
  readonly allowed: readonly string[];
  readonly logger: Logger;
  judge(station: Station, picture: Picture): Promise<void>;
}

const everyMs = 1_000;
const keyOf = ({ name, changed_at, bytes }: FolderFile) => `${changed_at} ${bytes} ${name}`;

/**
 * Looks every second into the folders of stations for new pictures: by listing, since network shares report no changes. A
 * file is taken once it was found unchanged twice, each once, in the order of their last change.
 */
export class FolderWatch<Station extends WatchedStation> {
  readonly #parts: WatchParts<Station>;
  readonly #stop = new AbortController();
  /** By station: what was judged, and what was found at the last look. */
  readonly #judged = new Map<string, Set<string>>();
  readonly #found = new Map<string, Set<string>>();
  readonly #problems = new Map<string, string>();
  #running: Promise<void> | undefined;

  constructor(parts: WatchParts<Station>) {
    this.#parts = parts;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Code of why the folder of a station could not be read at the last look. */
  problem(stationId: string): string | null {
    return this.#problems.get(stationId) ?? null;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        for (const station of await this.#parts.stations()) if (station.folder !== null) await this.#look(station);
      } catch (error) {
        if (!signal.aborted)
          this.#parts.logger.error({ err: error }, 'the folders of stations could not be looked into');
      }
      await setTimeout(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #look(station: Station): Promise<void> {
    const { id, folder } = station;
    try {
      const place = await allowedFolder(folder!, this.#parts.allowed);
      const files = await filesOf(place);
      const judged = await this.#known(id, files);
      const before = this.#found.get(id);
      this.#found.set(id, new Set(files.map(keyOf)));
      for (const file of files) {
        if (judged.has(keyOf(file)) || !before?.has(keyOf(file))) continue;
        this.#stop.signal.throwIfAborted();
        await this.#parts.judge(station, await this.#picture(id, place, file));
        judged.add(keyOf(file));
      }
      this.#problems.delete(id);
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      const code = isMillwrightError(error) ? error.code : 'MANUVISION_WORK_FAILED';
      if (this.#problems.get(id) !== code)
        this.#parts.logger.error({ err: error, station: station.name }, 'the folder of a station cannot be watched');
      this.#problems.set(id, code);
    }
  }

  async #picture(id: string, place: string, file: FolderFile): Promise<Picture> {
    const { name } = file;
    const remember = () => this.#parts.memory.insertWatched({ station_id: id, ...file });
    return { name, key: keyOf(file), content: await readFile(join(place, name)), remember };
  }

  /** What was judged of the files that are still there; what is gone need not be remembered. */
  async #known(id: string, files: readonly FolderFile[]): Promise<Set<string>> {
    const { memory } = this.#parts;
    const there = new Set(files.map(({ name }) => name));
    const known = this.#judged.get(id);
    if (!known) {
      const rows = await memory.watched(id);
      const gone = rows.filter(({ name }) => !there.has(name)).map(({ name }) => name);
      if (gone.length > 0) await memory.deleteWatched(id, gone);
      const loaded = new Set(rows.filter(({ name }) => there.has(name)).map(keyOf));
      this.#judged.set(id, loaded);
      return loaded;
    }
    const nameOf = (key: string) => key.split(' ').slice(2).join(' ');
    const gone = [...known].filter((key) => !there.has(nameOf(key)));
    if (gone.length > 0) await memory.deleteWatched(id, gone.map(nameOf));
    for (const key of gone) known.delete(key);
    return known;
  }
}

async function filesOf(folder: string): Promise<FolderFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw manuvisionServiceErrors.MANUVISION_FOLDER_UNREADABLE({ folder, reason: reasonOf(error) }, error);
  });
  const named = entries.filter((entry) => entry.isFile() && isPictureName(entry.name));
  const facts = await Promise.all(
    // One that was taken away meanwhile is none.
    named.map(async ({ name }) => ({ name, facts: await stat(join(folder, name)).catch(() => undefined) })),
  );
  return facts
    .flatMap(({ name, facts: one }) => (one ? [{ name, changed_at: one.mtimeMs, bytes: one.size }] : []))
    .sort((one, other) => one.changed_at - other.changed_at || (one.name < other.name ? -1 : 1));
}
