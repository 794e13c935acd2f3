import { execFileSync, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import S3rver from 's3rver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBlobs } from './open-blobs.ts';
import { parseS3Url } from './s3-url.ts';

describe('S3 store', () => {
  let folder: string;
  let server: S3rver;
  let endpoint: string;
  const open = (bucket: string, at = endpoint) =>
    openBlobs({ url: `s3://${bucket}?endpoint=${at}&forcePathStyle=true`, spoolFolder: join(folder, 'spool') });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millwright-s3-'));
    process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
    process.env.AWS_SECRET_ACCESS_KEY = 'S3RVER';
    const configureBuckets = [{ name: 'plant' }];
    server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: folder, configureBuckets });
    endpoint = `http://127.0.0.1:${(await server.run()).port}`;
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('keeps two prefixes of a bucket apart', async () => {
    const url = (prefix: string) => `s3://plant/${prefix}?endpoint=${endpoint}&forcePathStyle=true`;
    const one = await openBlobs({ url: url('one') });
    const two = await openBlobs({ url: url('one-more/') });
    const { hash } = await one.put(Buffer.from('millwright'));
    expect([await one.has(hash), await two.has(hash)]).toEqual([true, false]);
    expect(await Array.fromAsync(two.list())).toEqual([]);
    await one.close();
    await two.close();
  });

  it('lists more than one page', { timeout: 60_000 }, async () => {
    // Paging in s3rver needs the Blowfish cipher, which OpenSSL 3 has only with this flag.
    const program = createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js');
    const flags = ['-a', '127.0.0.1', '-p', '0', '-d', join(folder, 'paging'), '--configure-bucket', 'plant'];
    await mkdir(join(folder, 'paging'));
    const paging = spawn(process.execPath, ['--openssl-legacy-provider', program, ...flags]);
    try {
      const at = await new Promise<string>((resolve, reject) => {
        let said = '';
        paging.stdout.on('data', (chunk) => {
          said += chunk;
          const port = /listening on \S+?:(\d+)/.exec(said)?.[1];
          if (port) resolve(`http://127.0.0.1:${port}`);
        });
        paging.once('exit', () => reject(new Error(said)));
      });
      const blobs = await open('plant', at);
      const count = 1_010;
      for (let start = 0; start < count; start += 101)
        await Promise.all(Array.from({ length: 101 }, (_, index) => blobs.put(Buffer.from(`file ${start + index}`))));
      const listed = await Array.fromAsync(blobs.list());
      expect(new Set(listed.map((entry) => entry.hash)).size).toBe(count);
      await blobs.close();
    } finally {
      paging.kill();
    }
  });

  it('says at the start that the bucket is missing', async () => {
    await expect(open('nowhere')).rejects.toMatchObject({ code: 'BLOB_BUCKET_MISSING' });
  });

  it('says at the start that the account is refused', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'nobody';
    await expect(open('plant')).rejects.toMatchObject({ code: 'BLOB_STORE_REFUSED' });
    process.env.AWS_ACCESS_KEY_ID = 'S3RVER';
  });

  it('says that nobody answers', async () => {
    await expect(open('plant', 'http://127.0.0.1:9')).rejects.toMatchObject({ code: 'BLOB_STORE_FAILED', status: 503 });
  });

  it('says that the store has no room left', async () => {
    // s3rver cannot run full, so this answers as MinIO does when its disks are.
    const full = createServer((request, response) => {
      request.resume();
      const found = /^\/plant\/?$/.test(request.url ?? '');
      response.statusCode = request.method === 'HEAD' ? (found ? 200 : 404) : 507;
      response.end(request.method === 'HEAD' ? '' : '<Error><Code>XMinioStorageFull</Code></Error>');
    });
    await new Promise<void>((resolve) => full.listen(0, '127.0.0.1', resolve));
    const blobs = await open('plant', `http://127.0.0.1:${(full.address() as AddressInfo).port}`);
    await expect(blobs.put(Buffer.from('millwright'))).rejects.toMatchObject({ code: 'BLOB_DISK_FULL' });
    await blobs.close();
    full.closeAllConnections();
    await new Promise((resolve) => full.close(resolve));
  });

  it('loads the SDK only for an s3:// address', () => {
    const index = fileURLToPath(new URL('index.ts', import.meta.url));
    const script = `
      const { openBlobs } = await import(${JSON.stringify(index)});
      await openBlobs({ folder: ${JSON.stringify(join(folder, 'local'))} });
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(${JSON.stringify(index)}).cache);
      console.log(loaded.filter((path) => path.includes('@aws-sdk') || path.includes('@smithy')).length);`;
    const answer = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(answer.trim()).toBe('0');
  });
});

describe('parseS3Url', () => {
  it('reads bucket, prefix and parameters', () => {
    expect(parseS3Url('s3://plant/a%20b/c/?endpoint=http://minio:9000&region=cn-north-1&forcePathStyle=true')).toEqual({
      bucket: 'plant',
      prefix: 'a b/c',
      endpoint: 'http://minio:9000',
      region: 'cn-north-1',
      forcePathStyle: true,
    });
    expect(parseS3Url('s3://plant')).toMatchObject({ bucket: 'plant', prefix: '', forcePathStyle: false });
  });

  it.each([
    'plant',
    'http://plant/x',
    's3://',
    's3://key:secret@plant',
    's3://plant?endpoint=minio:9000',
    's3://plant?forcePathStyle=yes',
    's3://plant?regoin=x',
  ])('refuses %s', (url) => {
    expect(() => parseS3Url(url)).toThrow(expect.objectContaining({ code: 'BLOB_URL_INVALID' }));
  });
});
