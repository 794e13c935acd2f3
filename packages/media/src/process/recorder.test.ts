import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Segment } from '../recording/segment-name.ts';
import type { Fragment } from './fragmenter.ts';
import { Recorder } from './recorder.ts';

let folder: string;
let segments: Segment[];
let stops: (string | undefined)[];
let recorder: Recorder;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-recorder-'));
  segments = [];
  stops = [];
  recorder = new Recorder({
    started: () => undefined,
    segment: (segment) => segments.push(segment),
    stopped: (_, failure) => stops.push(failure?.failure.code),
  });
});
afterEach(async () => {
  await recorder.close();
  await rm(folder, { recursive: true, force: true });
});

const start = Date.parse('2026-10-25T00:30:00Z');
const init = Buffer.from('init');
const fragment = (time: number, key: boolean, bytes = 100): Fragment => ({
  ...{ data: Buffer.alloc(bytes), key, time, durationMs: 250 },
});
const record = (mode: 'continuous' | 'event' | 'off', preRollMs = 0) => {
  recorder.settings = { mode, folder, segmentMs: 10_000, preRollMs, reserveBytes: 0 };
};

describe('Recorder', () => {
  it('should end a file when the clock is set back, and go on in another', async () => {
    record('continuous');
    for (let at = 0; at < 5_000; at += 250) recorder.take(fragment(start + at, at % 1000 === 0), init);
    // An hour back, as at the end of a summer on a machine whose clock is the wall's.
    for (let at = 0; at < 5_000; at += 250) recorder.take(fragment(start - 3_600_000 + at, at % 1000 === 0), init);
    await recorder.close();
    expect(segments.map(({ from, to }) => [from - start, to - from])).toEqual([
      [0, 5_000],
      [-3_600_000, 5_000],
    ]);
  });

  it('should hold no more for a pre-roll than fits, and begin with what it has', async () => {
    record('event', 60_000);
    const large = 4 << 20;
    for (let at = 0; at < 60_000; at += 250) {
      recorder.take(fragment(start + at, at % 2000 === 0, large), init);
      await new Promise((resolve) => setImmediate(resolve));
    }
    recorder.keepUntil(start + 61_000);
    recorder.take(fragment(start + 60_000, false), init);
    await recorder.close();
    expect(segments).toHaveLength(1);
    expect(segments[0]!.bytes).toBeLessThan(80 << 20);
    expect(start + 60_000 - segments[0]!.from).toBeGreaterThanOrEqual(2_000);
  });

  it('should not gather the pictures of a camera that sends no second key frame', () => {
    record('event', 1_000);
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 60_000; at += 250) recorder.take(fragment(start + at, at === 0, 2 << 20), init);
    expect(recorder.sinceKey()).toEqual([]);
    global.gc?.();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(600 << 20);
  });

  it('should let pictures go, and say so, when the disk does not keep up', async () => {
    record('continuous');
    recorder.take(fragment(start, true), init);
    await new Promise((resolve) => setImmediate(resolve));
    // Within one turn of the event loop nothing is written yet: a disk that hangs.
    for (let at = 250; at < 25_000; at += 250) recorder.take(fragment(start + at, false, 1 << 20), init);
    await new Promise<void>((resolve) => {
      const look = () => {
        recorder.take(fragment(start + 26_000, false), init);
        if (stops.length > 0) resolve();
        else setTimeout(look, 20);
      };
      look();
    });
    expect(stops).toEqual(['MEDIA_WRITE_FAILED']);
    expect(segments).toHaveLength(1);
    expect(segments[0]!.bytes).toBeLessThan(80 << 20);
  });
});
