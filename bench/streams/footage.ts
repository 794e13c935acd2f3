import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RtspStream, writeAccessUnits } from '@millwright/media/test-support';
import type { BenchmarkContext } from '../lib/benchmark.ts';

export const streamSize = { width: 640, height: 360, frameRate: 25 } as const;

export interface Footage {
  readonly name: string;
  readonly file: string;
  readonly pictures: number;
  readonly kilobits: number;
}

/** Grey levels: of a small sensor by daylight. Repeated pictures of slower footage would else cost nothing to decode. */
const noise = 1.5;
const longestSeconds = 60;

/** What was encoded once stays for the next run. */
const kept = fileURLToPath(new URL('../../node_modules/.cache/millwright-bench/streams', import.meta.url));

/** Every video of a folder as a camera's sub-stream would send it. */
export async function encodeFootage(context: BenchmarkContext, videos: string): Promise<Footage[]> {
  const names = readdirSync(videos)
    .filter((name) => /\.(mp4|avi|mkv|gif|ts)$/.test(name))
    .sort();
  mkdirSync(kept, { recursive: true });
  const footage: Footage[] = [];
  for (const name of names) {
    const source = join(videos, name);
    const how = {
      ...{ ...streamSize, keepSpeed: true, noise, purpose: 'camera' as const },
      maxFrames: longestSeconds * streamSize.frameRate,
    };
    const key = createHash('sha256').update(readFileSync(source)).update(JSON.stringify(how)).digest('hex');
    const file = join(kept, `${key.slice(0, 16)}.units`);
    if (!existsSync(file)) {
      context.note(`encoding ${name}`);
      await writeAccessUnits({ ...how, source, out: `${file}.part` });
      renameSync(`${file}.part`, file);
    }
    const bytes = readFileSync(file);
    let pictures = 0;
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) pictures += 1;
    const seconds = pictures / streamSize.frameRate;
    footage.push({ name, file, pictures, kilobits: Math.round((8 * bytes.length) / 1000 / seconds) });
  }
  return footage;
}

/** Streams in turn from all footage, each beginning elsewhere in it, so that they are not busy at the same time. */
export function streamsOf(footage: readonly Footage[], count: number): (RtspStream & { readonly name: string })[] {
  return Array.from({ length: count }, (_, index) => {
    const { file, name, pictures } = footage[index % footage.length]!;
    // The golden section spreads any number of beginnings evenly.
    const startAt = Math.floor(pictures * ((index * 0.618) % 1));
    return { path: `/${index + 1}`, name: `${index + 1} ${name}`, file, frameRate: 25, live: true, startAt };
  });
}
