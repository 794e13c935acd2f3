import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { canonicalJson } from '@millwright/ledger';
import type { Kept } from '../kinds/inspection.ts';
import { isFullDisk } from '../model-file/write-model-file.ts';
import type { Training } from './train-inspection.ts';

/** One training keeps no more than this; what is beyond it would be made again. */
const mostOfOne = 1024 ** 3;
/** All that were cut keep no more than this, and none for longer. */
const mostOfAll = 2 * 1024 ** 3;
const longestMs = 7 * 24 * 3600_000;

/**
 * Runs a training that keeps what it has described under `cache`, so that one that was cut goes on where it stood, with the same
 * bytes in the end: everything is named after the content it was made of, and looked at only by the same training. It is taken
 * away when the training is done; what cut ones left is bounded in size and age.
 */
export async function resumably<T>(
  cache: string,
  { kind, settings, seed, parts }: Pick<Training, 'kind' | 'settings' | 'seed' | 'parts'>,
  train: (kept: Kept) => Promise<T>,
): Promise<T> {
  const names = [...parts.good, ...parts.defects].map(({ name }) => name);
  const own = createHash('sha256')
    .update(canonicalJson([kind.name, settings ?? {}, seed, names]))
    .digest('hex');
  const all = join(cache, 'training');
  await tidy(all, own);
  const folder = join(all, own);
  const trained = await train(new KeptFolder(folder));
  await rm(folder, { recursive: true, force: true });
  return trained;
}

/** Each in a file with its length and sum before it, so that what was cut while it was written is made again. */
class KeptFolder implements Kept {
  readonly #folder: string;
  #bytes: number | undefined;
  #isFull = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const bytes = await readFile(join(this.#folder, key)).catch(missing);
    if (!bytes || bytes.length < head) return undefined;
    const content = bytes.subarray(head);
    const isWhole = bytes.readDoubleLE(0) === content.length && bytes.readUInt32LE(8) === crc32(content);
    return isWhole ? content : undefined;
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    if (this.#isFull) return;
    this.#bytes ??= await sizeOf(this.#folder);
    if (this.#bytes + content.length > mostOfOne) return;
    const start = Buffer.alloc(head);
    start.writeDoubleLE(content.length, 0);
    start.writeUInt32LE(crc32(content), 8);
    const file = join(this.#folder, key);
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(`${file}.part`, [start, content]);
      await rename(`${file}.part`, file);
      this.#bytes += content.length;
    } catch (error) {
      if (!isFullDisk(error)) throw error;
      // The room is the model's: better to begin again one day than to fail now.
      this.#isFull = true;
      await rm(this.#folder, { recursive: true, force: true });
    }
  }
}

const head = 12;

/** Takes away what trainings left that were cut long ago, or that take too much together, the oldest first. */
async function tidy(all: string, own: string): Promise<void> {
  const names = (await readdir(all).catch(missing)) ?? [];
  const others = await Promise.all(
    names
      .filter((name) => name !== own)
      .map(async (name) => {
        const place = join(all, name);
        return { place, at: (await stat(place).catch(missing))?.mtimeMs ?? 0, bytes: await sizeOf(place) };
      }),
  );
  others.sort((a, b) => b.at - a.at);
  let together = 0;
  for (const { place, at, bytes } of others) {
    together += bytes;
    if (together > mostOfAll || Date.now() - at > longestMs) await rm(place, { recursive: true, force: true });
  }
}

async function sizeOf(folder: string): Promise<number> {
  const names = (await readdir(folder).catch(missing)) ?? [];
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(missing))?.size ?? 0),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
