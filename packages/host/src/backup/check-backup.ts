import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isMillwrightError } from '@millwright/kernel';
import { extract } from 'tar-stream';
import { backupErrors } from './errors.ts';
import { formatVersion, type Manifest, manifestHashName, manifestName, manifestSchema, membersOf } from './manifest.ts';

export interface Member {
  readonly name: string;
  readonly content: Readable;
}

/** The members of an archive, one after the other; each has to be read to its end before the next. */
export async function* readMembers(path: string): AsyncGenerator<Member> {
  const members = extract();
  const file = createReadStream(path);
  file.once('error', (error) => members.destroy(error));
  file.pipe(members);
  try {
    for await (const entry of members) yield { name: entry.header.name, content: Readable.from(entry) };
  } finally {
    file.destroy();
    members.destroy();
  }
}

async function textOf({ content }: Member): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function hashOf({ content }: Member): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}

function parseManifest(text: string, stated: string): Manifest {
  const fail = (reason: string) => backupErrors.RESTORE_CORRUPT({ member: manifestName, reason });
  if (createHash('sha256').update(text).digest('hex') !== stated.trim())
    throw fail('it is not what was written; its checksum differs');
  const content = JSON.parse(text) as { formatVersion?: number; version?: string };
  if ((content.formatVersion ?? 0) > formatVersion)
    throw backupErrors.RESTORE_FROM_NEWER({
      version: String(content.version),
      reason: `its format ${content.formatVersion} is not known here (known: ${formatVersion})`,
    });
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw fail(parsed.error.issues[0]?.message ?? 'it is not a manifest');
  const outside = parsed.data.files.find(({ path }) => !isInside(path));
  if (outside) throw fail(`${outside.path} leads out of the data folder`);
  return parsed.data;
}

function isInside(path: string): boolean {
  return path !== '' && !/[\\:]/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part));
}

/** Reads the whole archive and compares every checksum. Throws RESTORE_FILE_MISSING, RESTORE_CORRUPT, RESTORE_FROM_NEWER. */
export async function checkBackup(path: string): Promise<Manifest> {
  const opened = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw backupErrors.RESTORE_FILE_MISSING({
      path,
      reason: error.code === 'ENOENT' ? 'it does not exist' : error.message,
    });
  });
  await opened.close();
  let at: string = manifestName;
  try {
    const members = readMembers(path);
    const next = async (name: string): Promise<Member> => {
      at = name;
      const { value, done } = await members.next();
      if (done) throw backupErrors.RESTORE_CORRUPT({ member: name, reason: 'the file ends before it' });
      if (value.name !== name)
        throw backupErrors.RESTORE_CORRUPT({ member: name, reason: `${value.name} is in its place` });
      return value;
    };
    const text = await textOf(await next(manifestName));
    const manifest = parseManifest(text, await textOf(await next(manifestHashName)));
    for (const { name, sha256, bytes } of membersOf(manifest)) {
      const found = await hashOf(await next(name));
      if (found.bytes !== bytes)
        throw backupErrors.RESTORE_CORRUPT({ member: name, reason: `it has ${found.bytes} of ${bytes} bytes` });
      if (found.sha256 !== sha256)
        throw backupErrors.RESTORE_CORRUPT({ member: name, reason: 'its content is not what was written' });
    }
    await members.return(undefined);
    return manifest;
  } catch (error) {
    if (isMillwrightError(error)) throw error;
    const reason = /unexpected end/i.test((error as Error).message)
      ? 'the file ends inside it'
      : (error as Error).message;
    throw backupErrors.RESTORE_CORRUPT({ member: at, reason }, error);
  }
}
