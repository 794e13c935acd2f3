import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface StoredBirth {
  readonly topic: string;
  readonly receivedAt: number;
  readonly payload: Uint8Array;
}

/**
 * The last birth of every node and device, one small file each. Data messages name metrics by alias only, so a server
 * that restarts in the middle of a stream could not tell what they mean until the nodes give birth again; with the
 * births at hand nothing that arrives in between has to be turned away.
 */
export class BirthStore {
  #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'births');
  }

  async save(birth: StoredBirth): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const file = join(this.#folder, `${createHash('sha256').update(birth.topic).digest('hex')}.json`);
    const payload = Buffer.from(birth.payload).toString('base64');
    const temporary = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
    await writeFile(temporary, JSON.stringify({ topic: birth.topic, receivedAt: birth.receivedAt, payload }));
    await rename(temporary, file);
  }

  /** All births in order of arrival. A file that cannot be read is passed over: the node will be asked for a new birth. */
  async load(): Promise<StoredBirth[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const births: StoredBirth[] = [];
    for (const name of names.filter((file) => file.endsWith('.json'))) {
      try {
        const { topic, receivedAt, payload } = JSON.parse(await readFile(join(this.#folder, name), 'utf8'));
        births.push({ topic, receivedAt, payload: Buffer.from(payload, 'base64') });
      } catch {
        // Cut off by a crash of an older version or damaged on disk; see above.
      }
    }
    return births.sort((a, b) => a.receivedAt - b.receivedAt);
  }
}
