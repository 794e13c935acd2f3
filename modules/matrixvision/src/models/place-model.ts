import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readCard } from '@millwright/inference';
import type { ModelCard } from '@millwright/inference/card';

const ownFolder = (models: string) => join(models, 'own');

/** Where the card of a user's model lies, once it has been placed. */
export const cardPathOf = (models: string, sha256: string): string => join(ownFolder(models), sha256, 'card.json');

/**
 * Puts card and network of a user's model beside each other in the folder of networks, whole or not at all, and resolves to the
 * path of the card. `read` gives a file by its hash. Throws what reading the card throws: among it that the network is not the
 * one whose hash the card names.
 */
export async function placeModel(
  models: string,
  sha256: string,
  card: Uint8Array,
  read: (hash: string) => Promise<Readable>,
): Promise<string> {
  const path = cardPathOf(models, sha256);
  if (await stat(path).catch(() => undefined)) return path;
  const draft = join(ownFolder(models), `${sha256}.${randomUUID()}.tmp`);
  await mkdir(draft, { recursive: true });
  try {
    const { file, sha256: network } = JSON.parse(Buffer.from(card).toString('utf8')) as ModelCard;
    await writeFile(join(draft, 'card.json'), card);
    await pipeline(await read(network ?? ''), createWriteStream(join(draft, file)));
    await readCard(join(draft, 'card.json'));
    await rename(draft, join(ownFolder(models), sha256));
  } catch (error) {
    // Somebody else placed the same meanwhile.
    if (await stat(path).catch(() => undefined)) return path;
    throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return path;
}

/** Removes placed models but these; what nobody uses would stay for ever. */
export async function keepOnlyModels(models: string, wanted: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(ownFolder(models)).catch(() => []))
    if (!wanted.has(name)) await rm(join(ownFolder(models), name), { recursive: true, force: true });
}
