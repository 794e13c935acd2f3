import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CameraRecording } from './camera-recording.ts';
import { RecordingLedger } from './ledger.ts';
import { RecordingStore } from './recording-store.ts';
import { dayOf, parseSegmentName, type Segment, segmentName, unfinishedName } from './segment-name.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const start = Date.parse('2026-03-01T22:00:00Z');
const minute = 60_000;
const hour = 60 * minute;

/** A file as the camera's process leaves it; what is in it does not matter here. */
async function put(recording: CameraRecording, from: number, to: number, bytes = 1000): Promise<Segment> {
  const day = join(recording.folder, dayOf(from));
  await mkdir(day, { recursive: true });
  const path = join(day, segmentName({ from, to, bytes }));
  await writeFile(path, Buffer.alloc(bytes));
  const segment = { from, to, bytes, path };
  await recording.add(segment);
  return segment;
}

const reopen = async (camera: string) => (await RecordingStore.open(folder)).camera(camera);

describe('a name of a segment', () => {
  it('should say what it holds, and nothing else should pass for one', () => {
    const facts = { from: start + 123, to: start + 10_123, bytes: 4711 };
    expect(segmentName(facts)).toBe('20260301T220000.123Z_10000_4711.mp4');
    expect(parseSegmentName(segmentName(facts))).toEqual(facts);
    expect(parseSegmentName('20260301T220000.123Z.part.mp4')).toBeUndefined();
    expect(parseSegmentName('holiday.mp4')).toBeUndefined();
  });
});

describe('CameraRecording', () => {
  it('should find its segments again from their names alone', async () => {
    const recording = await reopen('gate');
    const segments = [];
    for (let at = start; at < start + 3 * hour; at += 30 * minute) segments.push(await put(recording, at, at + 10_000));
    const again = await reopen('gate');
    expect(again.segments()).toEqual(segments);
    expect(again.segments({ from: start + hour + 5000, to: start + 2 * hour })).toEqual(segments.slice(2, 4));
    expect(again.bytes).toBe(6000);
    expect(await (await RecordingStore.open(folder)).cameras()).toEqual(['gate']);
  });

  it('should refuse names that leave the folder', async () => {
    const store = await RecordingStore.open(folder);
    for (const id of ['../x', 'a/b', '', 'a b'])
      expect(() => store.camera(id)).toThrow(expect.objectContaining({ code: 'MEDIA_OPTION_INVALID' }));
  });

  it('should remove what is older than its days, but never what is locked', async () => {
    const recording = await reopen('gate');
    const day = 24 * hour;
    const old = await put(recording, start - 9 * day, start - 9 * day + 10_000);
    const evidence = await put(recording, start - 8 * day, start - 8 * day + 10_000);
    const recent = await put(recording, start - day, start - day + 10_000);
    await recording.lock({ id: 'event-1', from: evidence.to - 1, to: evidence.to + minute });
    expect(await recording.applyRetention({ days: 7 }, start)).toEqual([old]);
    const again = await reopen('gate');
    expect(again.segments()).toEqual([evidence, recent]);
    expect(again.locks).toHaveLength(1);
    expect(await again.applyRetention({ days: 7 }, start)).toEqual([]);
    await again.unlock('event-1');
    expect(await (await reopen('gate')).applyRetention({ days: 7 }, start)).toEqual([evidence]);
    expect(await readdir(recording.folder)).not.toContain(dayOf(old.from));
  });

  it('should remove the oldest beyond its bytes, of which what is locked is none', async () => {
    const recording = await reopen('gate');
    for (let at = 0; at < 6; at++) await put(recording, start + at * minute, start + at * minute + 10_000, 1000);
    await recording.lock({ id: 'a', from: start, to: start + 1 });
    const removed = await recording.applyRetention({ bytes: 3500 }, start + hour);
    expect(removed.map(({ from }) => from)).toEqual([start + minute, start + 2 * minute]);
    expect(recording.bytes).toBe(4000);
    // However much is locked, there is room for what is new.
    await recording.lock({ id: 'b', from: start, to: start + hour });
    const fresh = await put(recording, start + hour, start + hour + 10_000, 3000);
    expect(await recording.applyRetention({ bytes: 3500 }, start + hour)).toEqual([]);
    expect(recording.segments()).toContainEqual(fresh);
  });

  it('should not remove what somebody reads, and go on with the others', async () => {
    const recording = await reopen('gate');
    const put3 = [0, 1, 2].map((at) => put(recording, start + at * minute, start + at * minute + 10_000));
    const [first, second, third] = await Promise.all(put3);
    const letGo = recording.hold({ from: second!.from, to: second!.to });
    expect(await recording.applyRetention({ days: 1 }, start + 48 * hour)).toEqual([first, third]);
    letGo();
    expect(await recording.applyRetention({ days: 1 }, start + 48 * hour)).toEqual([second]);
  });

  it('should keep a clip that is being made from losing its files', async () => {
    const recording = await reopen('gate');
    const bad = await put(recording, start, start + 10_000);
    const making = recording.clip({ from: start, to: start + 10_000, out: join(folder, 'clip.mp4') });
    expect(await recording.applyRetention({ days: 1 }, start + 48 * hour)).toEqual([]);
    // What is in it is no video, which is found out because the file is still there.
    await expect(making).rejects.toMatchObject({ code: 'MEDIA_UNREADABLE' });
    expect(await recording.applyRetention({ days: 1 }, start + 48 * hour)).toEqual([bad]);
  });

  it('should say in the ledger what a killed process had finished and not said', async () => {
    const recording = await reopen('gate');
    await recording.ledger.expectFrom(start);
    await put(recording, start, start + 10_000);
    const name = segmentName({ from: start + 10_000, to: start + 20_000, bytes: 4 });
    await writeFile(join(recording.folder, dayOf(start), name), 'mdat');
    const again = await reopen('gate');
    const [only] = await again.hours({ from: start, to: start + 20_000 }, start + 20_000);
    expect(only).toMatchObject({ expected: 20, recorded: 20, lost: 0 });
  });

  it('should wait for a process that outlives its parent for a moment, instead of cutting its file', async () => {
    const recording = await reopen('gate');
    const day = join(recording.folder, dayOf(start));
    await mkdir(day, { recursive: true });
    const part = join(day, unfinishedName(start));
    await writeFile(part, 'not finished');
    const opening = reopen('gate');
    await setTimeout(300);
    const whole = join(day, segmentName({ from: start, to: start + 5_000, bytes: 12 }));
    await rename(part, whole);
    expect((await opening).segments().map(({ path }) => path)).toEqual([whole]);
  });

  it('should not mind a lock that was being written when the power went', async () => {
    const recording = await reopen('gate');
    await recording.lock({ id: 'a', from: 1, to: 2 });
    await appendFile(join(recording.folder, 'locks.jsonl'), '{"id":"b","from":1');
    expect((await reopen('gate')).locks).toEqual([{ id: 'a', from: 1, to: 2 }]);
  });
});

describe('RecordingLedger', () => {
  const open = () => RecordingLedger.open(join(folder, 'ledger'));

  it('should account for every second that was expected', async () => {
    const ledger = await open();
    await ledger.expectFrom(start);
    await ledger.recorded({ from: start + 1000, to: start + 600_000 });
    await ledger.lost({ from: start + 600_000, to: start + 700_000 }, 'MEDIA_TIMEOUT');
    await ledger.recorded({ from: start + 700_000, to: start + 1_800_000 });
    await ledger.lost({ from: start + 1_800_000, to: start + hour }, 'MEDIA_DISK_FULL');
    await ledger.expectUntil(start + hour);
    const [only, ...others] = await ledger.hours({ from: start, to: start + 5 * hour }, start + 5 * hour);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ hour: start, expected: 3600, recorded: 1699, lost: 1901 });
    expect(only!.losses.map(({ reason, from, to }) => [reason, (to - from) / 1000])).toEqual([
      ['not-running', 1],
      ['MEDIA_TIMEOUT', 100],
      ['MEDIA_DISK_FULL', 1800],
    ]);
  });

  it('should take what a killed process did not say for time in which nothing ran', async () => {
    const before = await open();
    await before.expectFrom(start);
    for (let at = start; at < start + 20 * minute; at += 10_000) await before.recorded({ from: at, to: at + 10_000 });
    // Killed here, and started again half an hour later.
    const after = await open();
    expect(after.expecting).toBe(true);
    await after.recorded({ from: start + 50 * minute, to: start + 60 * minute });
    const [hourOne] = await after.hours({ from: start, to: start + hour }, start + hour);
    expect(hourOne).toMatchObject({ expected: 3600, recorded: 1800, lost: 1800 });
    expect(hourOne!.losses).toEqual([{ from: start + 20 * minute, to: start + 50 * minute, reason: 'not-running' }]);
  });

  it('should go on over midnight, and write a day that is over together', async () => {
    const ledger = await open();
    await ledger.expectFrom(start);
    for (let at = start; at < start + 4 * hour; at += 10_000) await ledger.recorded({ from: at, to: at + 10_000 });
    const days = (await readdir(join(folder, 'ledger'))).sort();
    expect(days).toEqual(['2026-03-01.jsonl', '2026-03-02.jsonl']);
    const firstDay = await readFile(join(folder, 'ledger', days[0]!), 'utf8');
    expect(firstDay.trim().split('\n')).toHaveLength(2);
    const hours = await (await open()).hours({ from: start, to: start + 4 * hour }, start + 4 * hour);
    expect(hours.map(({ expected, recorded, lost }) => [expected, recorded, lost])).toEqual(
      Array(4).fill([3600, 3600, 0]),
    );
  });

  it('should expect nothing after it was told so', async () => {
    const ledger = await open();
    await ledger.expectFrom(start);
    await ledger.recorded({ from: start, to: start + 60_000 });
    await ledger.expectUntil(start + 60_000);
    const hours = await (await open()).hours({ from: start, to: start + 9 * hour }, start + 9 * hour);
    expect(hours).toHaveLength(1);
    expect(hours[0]).toMatchObject({ expected: 60, recorded: 60, lost: 0 });
  });

  it('should have every hour of a night in which clocks are changed once, whatever the wall says', async () => {
    // Europe/Berlin: 2:00 to 2:59 came twice, 25 hours in the day.
    const [from, to] = [Date.parse('2026-10-24T22:00:00Z'), Date.parse('2026-10-25T23:00:00Z')];
    const ledger = await open();
    await ledger.expectFrom(from);
    for (let at = from; at < to; at += minute)
      if (at % hour !== 30 * minute) await ledger.recorded({ from: at, to: at + minute });
    await ledger.expectUntil(to);
    const hours = await ledger.hours({ from, to }, to);
    expect(hours.map(({ hour: begin }) => begin)).toEqual(Array.from({ length: 25 }, (_, at) => from + at * hour));
    expect(hours.every(({ expected, recorded, lost }) => expected === 3600 && recorded === 3540 && lost === 60)).toBe(
      true,
    );
  });

  it('should add up when the clock was set back', async () => {
    const ledger = await open();
    const minutes = async (from: number, count: number) => {
      for (let at = from; at < from + count * minute; at += minute)
        await ledger.recorded({ from: at, to: at + minute });
    };
    await ledger.expectFrom(start);
    await minutes(start, 60);
    await ledger.expectUntil(start + hour);
    // Half an hour back: it is half past ten again, and ten minutes of it are lost.
    await ledger.expectFrom(start + 30 * minute);
    await minutes(start + 30 * minute, 30);
    await ledger.lost({ from: start + hour, to: start + hour + 10 * minute }, 'MEDIA_TIMEOUT');
    await minutes(start + hour + 10 * minute, 20);
    const hours = await ledger.hours({ from: start, to: start + 2 * hour }, start + hour + 30 * minute);
    expect(hours.map(({ expected, recorded, lost }) => [expected, recorded, lost])).toEqual([
      [3600, 3600, 0],
      [1800, 1200, 600],
    ]);
  });

  it('should keep what cannot be written, count it, and write it as soon as it can', async () => {
    const ledger = await open();
    await ledger.expectFrom(start);
    const path = join(folder, 'ledger', '2026-03-01.jsonl');
    const before = await readFile(path, 'utf8');
    await rm(path);
    await mkdir(path);
    for (let at = start; at < start + hour; at += 10_000)
      await ledger.lost({ from: at, to: at + 10_000 }, 'MEDIA_DISK_FULL');
    expect(ledger.failure).toMatchObject({ code: 'EISDIR' });
    await rm(path, { recursive: true });
    await writeFile(path, before);
    await ledger.recorded({ from: start + hour, to: start + hour + minute });
    expect(ledger.failure).toBeUndefined();
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(3);
    const [first, second] = await (await open()).hours({ from: start, to: start + 2 * hour }, start + hour + minute);
    expect(first).toMatchObject({ expected: 3600, recorded: 0, lost: 3600 });
    expect(first!.losses).toEqual([{ from: start, to: start + hour, reason: 'MEDIA_DISK_FULL' }]);
    expect(second).toMatchObject({ expected: 60, recorded: 60, lost: 0 });
  });

  it('should not walk through the years between when a clock was years off', async () => {
    const ledger = await open();
    await ledger.expectFrom(0);
    await ledger.expectUntil(minute);
    await ledger.expectFrom(start);
    expect(await ledger.hours({ from: 0, to: start + minute }, start + minute)).toHaveLength(2);
  });

  it('should not mind a line that was being written when the power went', async () => {
    const ledger = await open();
    await ledger.expectFrom(start);
    await ledger.recorded({ from: start, to: start + 60_000 });
    const file = join(folder, 'ledger', '2026-03-01.jsonl');
    await truncate(file, (await readFile(file)).length - 5);
    const again = await open();
    await again.recorded({ from: start + 30_000, to: start + 60_000 });
    const [hourOne] = await (await open()).hours({ from: start, to: start + hour }, start + 60_000);
    expect(hourOne).toMatchObject({ expected: 60, recorded: 30, lost: 30 });
  });
});
