import type { Readable } from 'node:stream';

/** Bytes in memory, a stream of bytes, or the path of a file (a string is always a path). */
export type BlobContent = Uint8Array | Readable | string;

export interface BlobEntry {
  /** SHA-256 of the content, 64 hexadecimal digits in lower case. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

export interface BlobStat extends BlobEntry {
  /** As given by the first `put` of this content. */
  readonly mediaType: string | undefined;
  readonly storedAt: Date;
}

/** Positions of the first and the last byte, both included, as in an HTTP range; left out: from the start, to the end. */
export interface BlobRange {
  readonly start?: number;
  readonly end?: number;
}

/**
 * Files by their content: the name of a blob is the SHA-256 of what is in it, so the same content is kept once, and
 * whoever has the name can prove the content. Every method with a hash throws BLOB_HASH_INVALID for one that is none.
 */
export interface Blobs {
  /**
   * Stores the content, whole or not at all: it is on disk (or in the object store) when this resolves. Storing what
   * is already there changes nothing. Throws BLOB_DISK_FULL, BLOB_SOURCE_MISSING; the error of a stream as it is.
   */
  put(content: BlobContent, options?: { mediaType?: string }): Promise<BlobEntry>;
  /** Streams the content, or a part of it. Not checked on the way: `read` and `verify` are. Throws BLOB_MISSING, BLOB_RANGE_INVALID. */
  get(hash: string, range?: BlobRange): Promise<Readable>;
  /** The whole content in memory, checked. Throws BLOB_MISSING, BLOB_CORRUPT. */
  read(hash: string): Promise<Buffer>;
  /** Throws BLOB_MISSING. */
  stat(hash: string): Promise<BlobStat>;
  has(hash: string): Promise<boolean>;
  /** Every blob, in no particular order. What comes or goes meanwhile may be in it or not. */
  list(): AsyncIterable<BlobEntry>;
  /** False when there was none. Who still refers to it is the caller's business. */
  delete(hash: string): Promise<boolean>;
  /** Reads the content and hashes it again. Throws BLOB_MISSING, BLOB_CORRUPT. */
  verify(hash: string): Promise<BlobEntry>;
  /** Where the file lies, for tools that want a path; only a folder has it. Read only: changing it breaks the name. */
  localPath?(hash: string): string;
  /** Lets go of connections. */
  close(): Promise<void>;
}
