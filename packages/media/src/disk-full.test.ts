import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CameraStream } from './camera/camera-stream.ts';
import { openVideo } from './open-video.ts';
import { Recorder } from './process/recorder.ts';
import { RecordingStore } from './recording/recording-store.ts';
import type { Segment } from './recording/segment-name.ts';
import { renderVideo } from './support/render-video.ts';

const disk = mkdtempSync(join(tmpdir(), 'millwright-small-disk-'));
// A disk of its own is needed; only root may mount one, and not in every container.
const mounted =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]).status === 0;
const ballast = join(disk, 'ballast');

/** Leaves so many bytes on the disk; whoever writes meanwhile may take the last of them first. */
function fill(left: number): void {
  const { bavail, bsize } = statfsSync(disk);
  const file = openSync(ballast, 'a');
  try {
    for (let rest = bavail * bsize - left; rest > 0; rest -= 4096) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(file);
  }
}

describe.skipIf(!mounted)(
  `a recording on a full disk${mounted ? '' : ' (skipped: no disk can be mounted here)'}`,
  () => {
    let folder: string;
    let file: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'millwright-full-'));
      file = await renderVideo({ path: join(folder, 'camera.mp4'), frames: 100 });
    });
    afterAll(() => {
      spawnSync('umount', ['-l', disk]);
      for (const each of [disk, folder]) rmSync(each, { recursive: true, force: true, maxRetries: 3 });
    });

    const store = () => RecordingStore.open(join(disk, 'recordings'));
    const span = () => ({ from: Date.now() - 600_000, to: Date.now() });

    it('stops whole, says what is lost and why, goes on when there is room, and removes nothing', async () => {
      const recording = await (await store()).camera('yard');
      const stream = new CameraStream({
        ...{ url: file, loop: true },
        recording: {
          recording,
          mode: 'continuous',
          segmentMs: 1000,
          reserveBytes: 0,
          retention: { days: 14, bytes: 1e9 },
        },
      });
      const stops: (string | undefined)[] = [];
      stream.on('recording', (state) => state.state === 'stopped' && stops.push(state.error?.code));
      await stream.start();
      for (let count = 0; count < 2; count++) await once(stream, 'segment');
      const [evidence] = recording.segments();
      await recording.lock({ id: 'event', from: evidence!.from, to: evidence!.to });
      fill(24 << 10);
      while (stops.length === 0) await setTimeout(20);
      expect(stops[0]).toBe('MEDIA_DISK_FULL');
      const before = recording.segments();
      // Not a byte more: what is small must not take what the others have lost.
      fill(0);
      for await (const { index } of stream.frames()) if (index > 0 && Date.now() - before.at(-1)!.to > 7000) break;
      expect(recording.locks.map(({ id }) => id)).toEqual(['event']);
      expect(recording.segments()).toEqual(before);

      rmSync(ballast);
      await once(stream, 'segment');
      await stream.close();
      // As another process finds it.
      const again = await (await store()).camera('yard');
      expect(again.segments()).toEqual(recording.segments());
      expect(again.segments().slice(0, before.length)).toEqual(before);
      expect(again.locks).toHaveLength(1);
      for (const { path, from, to } of again.segments()) {
        const frames = await Array.fromAsync((await openVideo({ url: path })).frames());
        expect(Math.abs(frames.length * 40 - (to - from))).toBeLessThan(300);
      }
      for (const ledger of [recording, again]) {
        const said = await ledger.hours(span());
        const seconds = (of: 'expected' | 'recorded' | 'lost') => said.reduce((sum, hour) => sum + hour[of], 0);
        expect(seconds('recorded') + seconds('lost')).toBeCloseTo(seconds('expected'), 3);
        const inFiles = again.segments().reduce((sum, { from, to }) => sum + (to - from) / 1000, 0);
        expect(Math.abs(seconds('recorded') - inFiles)).toBeLessThan(1);
        const lost = said.flatMap(({ losses }) => losses);
        const full = lost.filter(({ reason }) => reason === 'MEDIA_DISK_FULL');
        expect(full.reduce((sum, { from, to }) => sum + to - from, 0)).toBeGreaterThan(5000);
        // Before the first picture the camera was being connected to.
        const others = lost.filter(({ reason, from }) => reason !== 'MEDIA_DISK_FULL' && from >= evidence!.from);
        expect(
          others.reduce((sum, { from, to }) => sum + to - from, 0),
          JSON.stringify(lost),
        ).toBeLessThan(1500);
      }
      const names = (await readdir(recording.folder, { recursive: true })).filter((name) => /\.(part|new)/.test(name));
      expect(names).toEqual([]);
    }, 180_000);

    it('gives back what an event wanted and the disk did not take, and only that', async () => {
      const recording = await (await store()).camera('door');
      const stream = new CameraStream({
        ...{ url: file, loop: true },
        recording: { recording, mode: 'event', preRollMs: 500, postRollMs: 2000, reserveBytes: 0 },
      });
      await stream.start();
      for await (const { index } of stream.frames()) if (index > 30) break;
      fill(0);
      const stops: (string | undefined)[] = [];
      stream.on('recording', (state) => state.state === 'stopped' && stops.push(state.error?.code));
      stream.keep();
      // It is tried again while it is wanted, and then no longer.
      while (stops.length === 0 || stops.at(-1) !== undefined) await setTimeout(20);
      expect(new Set(stops)).toEqual(new Set(['MEDIA_DISK_FULL', undefined]));
      rmSync(ballast);
      await stream.close();
      const [hour] = await recording.hours({ from: Date.now() - 60_000, to: Date.now() });
      expect(hour).toMatchObject({ recorded: 0 });
      expect(hour!.lost).toBeGreaterThan(0.5);
      expect(hour!.lost).toBeLessThan(10);
      expect(new Set(hour!.losses.map(({ reason }) => reason))).toEqual(new Set(['MEDIA_DISK_FULL']));
    }, 180_000);

    it('leaves no file without a picture where the disk took its beginning and nothing more', async () => {
      const place = join(disk, 'tight');
      mkdirSync(place);
      // One page of the disk: the beginning of the file fits, the first picture does not.
      fill(4096);
      const segments: Segment[] = [];
      const stops: (string | undefined)[] = [];
      const recorder = new Recorder({
        started: () => undefined,
        segment: (segment) => segments.push(segment),
        stopped: (_, failure) => stops.push(failure?.failure.code),
      });
      recorder.settings = { mode: 'continuous', folder: place, segmentMs: 1000, preRollMs: 0, reserveBytes: 0 };
      const first = {
        data: Buffer.alloc(40_000),
        key: true,
        time: Date.parse('2026-03-01T10:00:00Z'),
        durationMs: 250,
      };
      recorder.take(first, Buffer.alloc(700));
      await recorder.close();
      rmSync(ballast);
      expect(stops).toEqual(['MEDIA_DISK_FULL']);
      expect(segments).toEqual([]);
      expect((await readdir(place, { recursive: true })).filter((name) => name.endsWith('.mp4'))).toEqual([]);
    });
  },
);
