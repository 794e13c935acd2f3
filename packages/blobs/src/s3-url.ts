import { blobErrors } from './errors.ts';

export interface S3Place {
  readonly bucket: string;
  /** Without slashes at its ends; empty for the bucket's root. */
  readonly prefix: string;
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly forcePathStyle: boolean;
}

const parameters = new Set(['endpoint', 'region', 'forcePathStyle']);

/** Reads `s3://bucket/prefix?endpoint=…&region=…&forcePathStyle=true`. Throws BLOB_URL_INVALID. */
export function parseS3Url(url: string): S3Place {
  const fail = (reason: string) => blobErrors.BLOB_URL_INVALID({ url, reason });
  if (!URL.canParse(url)) throw fail('it is no URL');
  const parsed = new URL(url);
  if (parsed.protocol !== 's3:') throw fail('it does not start with s3://');
  if (parsed.hostname === '') throw fail('it names no bucket');
  if (parsed.username || parsed.password)
    throw fail('credentials do not belong in it, use AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  for (const name of parsed.searchParams.keys()) if (!parameters.has(name)) throw fail(`it has an unknown ${name}`);
  const endpoint = parsed.searchParams.get('endpoint') ?? undefined;
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:/.test(endpoint)))
    throw fail('its endpoint is no http or https address');
  const forcePathStyle = parsed.searchParams.get('forcePathStyle') ?? 'false';
  if (forcePathStyle !== 'true' && forcePathStyle !== 'false') throw fail('forcePathStyle is neither true nor false');
  return {
    bucket: parsed.hostname,
    prefix: decodeURIComponent(parsed.pathname).replace(/^\/+|\/+$/g, ''),
    endpoint,
    region: parsed.searchParams.get('region') ?? process.env.AWS_REGION ?? 'us-east-1',
    forcePathStyle: forcePathStyle === 'true',
  };
}
