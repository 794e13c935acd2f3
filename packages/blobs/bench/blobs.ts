/**
 * How fast files go in and out of the folder store: `node packages/blobs/bench/blobs.ts [FOLDER]`; with an s3:// URL
 * of the object store. Content is random, every file is new.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openBlobs } from '../src/index.ts';

const place = process.argv[2] ?? tmpdir();
const folder = place.startsWith('s3://') ? undefined : await mkdtemp(join(place, 'millwright-bench-'));
const blobs = await openBlobs(folder ? { folder } : { url: place });
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${cpus().length} cores, Node ${process.version}, ${place}`);

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const smallCount = 500;
const small = Array.from({ length: smallCount }, () => randomBytes(50_000));
const smallSeconds = await time(async () => {
  for (let start = 0; start < smallCount; start += 8)
    await Promise.all(small.slice(start, start + 8).map((bytes) => blobs.put(bytes)));
});

const part = randomBytes(1024 * 1024);
const parts = 512;
let peak = 0;
let hash = '';
const largeSeconds = await time(async () => {
  const source = Readable.from(
    (function* () {
      for (let index = 0; index < parts; index++) {
        part.writeUInt32LE(index);
        peak = Math.max(peak, process.memoryUsage.rss());
        yield Buffer.from(part);
      }
    })(),
  );
  hash = (await blobs.put(source)).hash;
});
const verifySeconds = await time(async () => {
  await blobs.verify(hash);
});

console.log({
  smallFilesPerSecond: Math.round(smallCount / smallSeconds),
  largePutMBPerSecond: Math.round((parts * 1.048576) / largeSeconds),
  verifyMBPerSecond: Math.round((parts * 1.048576) / verifySeconds),
  peakResidentMB: Math.round(peak / 1e6),
});
await blobs.close();
if (folder) await rm(folder, { recursive: true });
