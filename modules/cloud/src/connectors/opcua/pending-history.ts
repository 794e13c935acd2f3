import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * From when on the history of each key has still to be fetched, kept on disk until it is: live values that are stored
 * while a long history is being read make the newest stored time worthless as a starting point, and a link (or the
 * whole server) may be lost again in the middle of it.
 */
export class PendingHistory {
  #file: string;
  #after: Map<string, number> | undefined;

  constructor(folder: string) {
    this.#file = join(folder, 'pending-history.json');
  }

  /** Adds where each key stands, keeping what is pending from further back, and returns the start per key. */
  async begin(newest: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    const after = this.#after ?? (await this.#load());
    this.#after = after;
    for (const [key, time] of newest) after.set(key, Math.min(after.get(key) ?? time, time));
    await this.#save();
    return after;
  }

  /** Everything pending was fetched, or is known not to exist. */
  async finish(): Promise<void> {
    this.#after = new Map();
    await this.#save();
  }

  async #load(): Promise<Map<string, number>> {
    try {
      const entries = Object.entries(JSON.parse(await readFile(this.#file, 'utf8')) as Record<string, unknown>);
      return new Map(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
    } catch {
      // Absent on the first start. A damaged file costs at most the history of one lost link.
      return new Map();
    }
  }

  async #save(): Promise<void> {
    const temporary = `${this.#file}.new`;
    await writeFile(temporary, JSON.stringify(Object.fromEntries(this.#after ?? [])));
    await rename(temporary, this.#file);
  }
}
