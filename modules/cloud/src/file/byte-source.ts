import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isMillwrightError } from '@millwright/kernel';
import { fileErrors } from './errors.ts';

/** A path, the bytes themselves, or a stream of bytes (a Node stream is one). */
export type FileInput = string | Uint8Array | AsyncIterable<Uint8Array>;

/** 256 KiB: large enough that the work per chunk vanishes, small enough that chunks in flight cost nothing. */
const CHUNK = 256 * 1024;

/** The name to show to a person. */
export function nameOf(input: FileInput, fileName?: string): string {
  return fileName ?? (typeof input === 'string' ? basename(input) : 'the file');
}

/** The bytes of the input, unpacked when it is a gzip file. */
export async function* openBytes(input: FileInput, fileName: string): AsyncGenerator<Buffer> {
  try {
    yield* unpacked(rawBytes(input));
  } catch (cause) {
    if (isMillwrightError(cause)) throw cause;
    throw fileErrors.FILE_UNREADABLE(
      { fileName, cause: cause instanceof Error ? cause.message : String(cause) },
      cause,
    );
  }
}

/**
 * The beginning of the input: `limit(head)` bytes, where `head` is what came first (at least four bytes, if there are
 * as many); `whole` says whether that was all.
 */
export async function readHead(
  input: FileInput,
  fileName: string,
  limit: (head: Buffer) => number,
): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  let most: number | undefined;
  for await (const chunk of openBytes(input, fileName)) {
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (most === undefined && size >= 4) most = limit(Buffer.concat(chunks));
    if (most !== undefined && size > most) return { bytes: Buffer.concat(chunks).subarray(0, most), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}

async function* rawBytes(input: FileInput): AsyncGenerator<Buffer> {
  if (input instanceof Uint8Array) {
    const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
    for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
    return;
  }
  const stream = typeof input === 'string' ? createReadStream(input, { highWaterMark: CHUNK }) : input;
  for await (const chunk of stream) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

async function* unpacked(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  // A stream may hand out its first byte alone, so the two bytes of the mark are gathered first.
  let first: Buffer = Buffer.alloc(0);
  while (first.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
  }
  if (first.length === 0) return;
  const all = prepend(first, chunks);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* all;
    return;
  }
  const source = Readable.from(all, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of source.pipe(gunzip)) yield chunk as Buffer;
  } finally {
    source.destroy();
  }
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
