import { defineErrors, errorKind } from '@millwright/kernel';

export const blobErrors = defineErrors('blobs', {
  BLOB_HASH_INVALID: errorKind<{ hash: string }>({
    status: 400,
    message: ({ hash }) => `"${hash.slice(0, 80)}" is not the name of a stored file.`,
    remedy: 'A name is the SHA-256 of the content: 64 hexadecimal digits in lower case.',
  }),
  BLOB_MISSING: errorKind<{ hash: string }>({
    status: 404,
    message: ({ hash }) => `No file with the hash ${hash} is stored.`,
    remedy: 'Store it again, or restore it from a backup.',
  }),
  BLOB_CORRUPT: errorKind<{ hash: string; actual: string; size: number }>({
    status: 500,
    message: ({ hash, actual }) => `The stored file ${hash} has been altered: its content now hashes to ${actual}.`,
    remedy: 'Restore it from a backup, and check the disk and who may write to the store.',
  }),
  BLOB_RANGE_INVALID: errorKind<{ hash: string; start: number; end: number; size: number }>({
    status: 416,
    message: ({ start, end, size }) => `Bytes ${start} to ${end} were asked for, but the file has ${size}.`,
    remedy: 'Ask for bytes between 0 and the size less one, the first not after the last.',
  }),
  BLOB_SOURCE_MISSING: errorKind<{ path: string; reason: string }>({
    status: 400,
    message: ({ path, reason }) => `The file ${path} cannot be read (${reason}).`,
    remedy: 'Check the path and the rights on it.',
  }),
  BLOB_DISK_FULL: errorKind<{ place: string }>({
    status: 507,
    message: ({ place }) => `There is no room left in ${place}; the file was not stored.`,
    remedy: 'Free some space or give the store a bigger disk, then do it again; nothing half-written was left behind.',
  }),
  BLOB_URL_INVALID: errorKind<{ url: string; reason: string }>({
    status: 400,
    message: ({ url, reason }) => `The object store address ${url} is not usable: ${reason}.`,
    remedy: 'Write it as s3://bucket/prefix?endpoint=http://host:port&region=name&forcePathStyle=true.',
  }),
  BLOB_BUCKET_MISSING: errorKind<{ bucket: string; place: string }>({
    status: 503,
    message: ({ bucket, place }) => `The object store at ${place} has no bucket ${bucket}.`,
    remedy: 'Create the bucket, or correct MILLWRIGHT_BLOB_URL.',
  }),
  BLOB_STORE_REFUSED: errorKind<{ place: string; reason: string }>({
    status: 503,
    message: ({ place, reason }) => `The object store at ${place} refused the request (${reason}).`,
    remedy: 'Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY and what that account may do with the bucket.',
  }),
  BLOB_STORE_FAILED: errorKind<{ place: string; reason: string }>({
    status: 503,
    message: ({ place, reason }) => `The file store ${place} failed (${reason}).`,
    remedy: 'Check that it runs and can be reached and written to, then do it again.',
  }),
});
