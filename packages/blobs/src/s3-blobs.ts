import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { isMillwrightError } from '@millwright/kernel';
import { hashOf, hashPath, hashStream, requireHash, requireSame, resolveRange } from './blob-hash.ts';
import type { BlobContent, BlobEntry, BlobRange, BlobStat, Blobs } from './blobs.ts';
import { blobErrors } from './errors.ts';
import { parseS3Url, type S3Place } from './s3-url.ts';
import { removeAbandoned, spool } from './spool.ts';

type Sdk = typeof import('@aws-sdk/client-s3');
type StorageSdk = typeof import('@aws-sdk/lib-storage');

/** Parts of a multipart upload: four of 8 MiB under way keep a fast line busy with 32 MiB of memory. */
const partBytes = 8 * 1024 * 1024;

const nothing = 'application/octet-stream';

interface StoreAnswer {
  readonly name: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const isAnswer = (error: unknown): error is Error & StoreAnswer => error instanceof Error;

class S3Blobs implements Blobs {
  #place: S3Place;
  #sdk: Sdk;
  #storage: StorageSdk;
  #client: S3Client;
  #spoolFolder: string;

  constructor(place: S3Place, sdk: Sdk, storage: StorageSdk, spoolFolder: string) {
    this.#place = place;
    this.#sdk = sdk;
    this.#storage = storage;
    this.#spoolFolder = spoolFolder;
    this.#client = new sdk.S3Client({
      region: place.region,
      forcePathStyle: place.forcePathStyle,
      ...(place.endpoint === undefined ? {} : { endpoint: place.endpoint }),
      // Checksums in trailers are AWS's own; other stores stumble over them, and the name of a blob is its checksum.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  /**
   * The key is the hash, which is known only at the end of a stream. So streams and files are first written to a local
   * temporary file: an upload under a temporary key and a copy would move content that is already there, cannot copy
   * more than 5 GB in one request, and leaves rubbish in the bucket when the process dies.
   */
  async put(content: BlobContent, options: { mediaType?: string } = {}): Promise<BlobEntry> {
    if (content instanceof Uint8Array) {
      const entry = { hash: hashOf(content), size: content.length };
      await this.#upload(entry, () => content, options.mediaType);
      return entry;
    }
    const { hash, size, path } = await spool(content, this.#spoolFolder);
    try {
      await this.#upload({ hash, size }, () => createReadStream(path), options.mediaType);
      return { hash, size };
    } finally {
      await rm(path, { force: true });
    }
  }

  async get(hash: string, range?: BlobRange): Promise<Readable> {
    requireHash(hash);
    const wanted = range?.start !== undefined || range?.end !== undefined;
    const part = wanted ? resolveRange(hash, (await this.stat(hash)).size, range) : undefined;
    return this.#open(hash, part ? `bytes=${part.start}-${part.end}` : undefined);
  }

  async read(hash: string): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.#open(requireHash(hash))) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    requireSame(hash, { hash: hashOf(bytes), size: bytes.length });
    return bytes;
  }

  async stat(hash: string): Promise<BlobStat> {
    const found = await this.#head(hash);
    if (!found) throw blobErrors.BLOB_MISSING({ hash });
    return found;
  }

  async has(hash: string): Promise<boolean> {
    return (await this.#head(hash)) !== undefined;
  }

  async *list(): AsyncIterable<BlobEntry> {
    const pages = this.#sdk.paginateListObjectsV2(
      { client: this.#client },
      { Bucket: this.#place.bucket, Prefix: this.#place.prefix && `${this.#place.prefix}/` },
    );
    try {
      for await (const page of pages)
        for (const object of page.Contents ?? []) {
          const hash = object.Key?.split('/').at(-1) ?? '';
          if (object.Key === this.#key(hash)) yield { hash, size: object.Size ?? 0 };
        }
    } catch (error) {
      throw this.#translate(error);
    }
  }

  async delete(hash: string): Promise<boolean> {
    if (!(await this.has(hash))) return false;
    await this.#ask(this.#client.send(new this.#sdk.DeleteObjectCommand(this.#object(hash))));
    return true;
  }

  async verify(hash: string): Promise<BlobEntry> {
    return requireSame(hash, await hashStream(await this.#open(requireHash(hash))));
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  /** Asks for the bucket, so that a wrong address or password shows at the start and not at the first file. */
  async prepare(): Promise<this> {
    await removeAbandoned(this.#spoolFolder);
    await this.#ask(this.#client.send(new this.#sdk.HeadBucketCommand({ Bucket: this.#place.bucket })), () =>
      blobErrors.BLOB_BUCKET_MISSING({ bucket: this.#place.bucket, place: this.#where() }),
    );
    return this;
  }

  async #upload(entry: BlobEntry, open: () => Readable | Uint8Array, mediaType: string | undefined): Promise<void> {
    const present = await this.#head(entry.hash);
    if (present?.size === entry.size) return;
    const upload = new this.#storage.Upload({
      client: this.#client,
      params: { ...this.#object(entry.hash), Body: open(), ContentType: mediaType ?? nothing },
      partSize: partBytes,
      queueSize: 4,
    });
    await this.#ask(upload.done());
  }

  async #open(hash: string, range?: string): Promise<Readable> {
    const answer = await this.#ask(
      this.#client.send(new this.#sdk.GetObjectCommand({ ...this.#object(hash), Range: range })),
      () => blobErrors.BLOB_MISSING({ hash }),
    );
    if (!(answer.Body instanceof Readable)) throw this.#translate(new Error('the answer has no content'));
    return answer.Body;
  }

  async #head(hash: string): Promise<BlobStat | undefined> {
    requireHash(hash);
    try {
      const answer = await this.#client.send(new this.#sdk.HeadObjectCommand(this.#object(hash)));
      const mediaType = answer.ContentType === nothing ? undefined : answer.ContentType;
      return { hash, size: answer.ContentLength ?? 0, mediaType, storedAt: answer.LastModified ?? new Date(0) };
    } catch (error) {
      if (isAnswer(error) && error.$metadata?.httpStatusCode === 404) return undefined;
      throw this.#translate(error);
    }
  }

  #key(hash: string): string {
    return this.#place.prefix ? `${this.#place.prefix}/${hashPath(hash)}` : hashPath(hash);
  }

  #object(hash: string) {
    return { Bucket: this.#place.bucket, Key: this.#key(hash) };
  }

  #where(): string {
    return this.#place.endpoint ?? `s3.${this.#place.region}.amazonaws.com`;
  }

  async #ask<T>(answer: Promise<T>, missing?: () => Error): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (missing && isAnswer(error) && error.$metadata?.httpStatusCode === 404) throw missing();
      throw this.#translate(error);
    }
  }

  #translate(error: unknown): unknown {
    if (isMillwrightError(error) || !isAnswer(error)) return error;
    const place = this.#where();
    const reason = error.message || error.name;
    const status = error.$metadata?.httpStatusCode;
    if (status === 507 || /StorageFull|QuotaExceeded/.test(error.name))
      return blobErrors.BLOB_DISK_FULL({ place }, error);
    if (status === 401 || status === 403 || error.name === 'CredentialsProviderError')
      return blobErrors.BLOB_STORE_REFUSED({ place, reason }, error);
    return blobErrors.BLOB_STORE_FAILED({ place, reason }, error);
  }
}

/** Throws BLOB_URL_INVALID, BLOB_BUCKET_MISSING, BLOB_STORE_REFUSED, BLOB_STORE_FAILED. */
export async function openS3Blobs(url: string, spoolFolder = join(tmpdir(), 'millwright-incoming')): Promise<Blobs> {
  const place = parseS3Url(url);
  // Only here, because loading the SDK costs time and memory that a server with a folder need not spend.
  const [sdk, storage] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  const blobs = new S3Blobs(place, sdk, storage, spoolFolder);
  try {
    return await blobs.prepare();
  } catch (error) {
    await blobs.close();
    throw error;
  }
}
