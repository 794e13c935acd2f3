import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NewRecord, Outbox, type OutboxOptions } from './outbox.ts';

let folder: string;
let outbox: Outbox;
const logger = pino({ level: 'silent' });
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-outbox-'));
  outbox = await open();
});
afterEach(async () => {
  await outbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (more: Partial<OutboxOptions> = {}) =>
  Outbox.open({ ...{ folder, logger, budgetBytes: 1e9, minimumFreeBytes: 0 }, ...more });
const reopen = async (more: Partial<OutboxOptions> = {}) => {
  await outbox.close();
  outbox = await open(more);
};
const record = (payload: unknown, more: Partial<NewRecord> = {}): NewRecord => ({
  ...{ id: '01900000-0000-7000-8000-000000000000', part: 'toy', kind: 'event', time: 1, boot: 'b', uptimeMs: 1 },
  ...{ offsetMs: null, priority: 'event', payload, files: [], ...more },
});
const file = (name: string, bytes: number) => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.alloc(bytes, name));
  return { path, name };
};
const payloads = async () => (await outbox.read(1000, 1e9)).map(({ payload }) => payload);
const segments = () => readdirSync(folder).filter((name) => name.endsWith('.log'));

describe('the outbox', () => {
  it('gives back what it was given, in order, also after a start', async () => {
    const sequences = await Promise.all(['a', 'b', 'c'].map((payload) => outbox.append(record(payload))));
    expect(sequences).toEqual([1, 2, 3]);
    expect(await payloads()).toEqual(['a', 'b', 'c']);
    await reopen();
    expect(await payloads()).toEqual(['a', 'b', 'c']);
    expect(await outbox.append(record('d'))).toBe(4);
  });

  it('forgets what the server has, and goes on counting', async () => {
    for (const payload of ['a', 'b', 'c']) await outbox.append(record(payload));
    await outbox.acknowledge(outbox.stream, 2);
    expect([await payloads(), outbox.first]).toEqual([['c'], 3]);
    await reopen();
    expect(await payloads()).toEqual(['c']);
    await outbox.acknowledge(outbox.stream, 3);
    expect([segments(), outbox.first]).toEqual([[], 4]);
    await reopen();
    expect(await outbox.append(record('d'))).toBe(4);
    // Of another stream, or of what is gone already: nothing to do.
    await outbox.acknowledge('other', 4);
    await outbox.acknowledge(outbox.stream, 1);
    expect(await payloads()).toEqual(['d']);
  });

  it('spans segments, and reads no more than is asked for', async () => {
    await reopen({ segmentBytes: 300 });
    for (let n = 1; n <= 20; n += 1) await outbox.append(record(n));
    expect(segments().length).toBeGreaterThan(5);
    expect((await outbox.read(7, 1e9)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await outbox.read(1000, 1)).toHaveLength(1);
    await outbox.acknowledge(outbox.stream, 13);
    await reopen({ segmentBytes: 300 });
    expect(await payloads()).toEqual([14, 15, 16, 17, 18, 19, 20]);
  });

  it('cuts off a line that was being written, which nobody was told is safe', async () => {
    await outbox.append(record('a'));
    const path = join(folder, segments()[0]!);
    const whole = statSync(path).size;
    await outbox.append(record('b'));
    await outbox.close();
    truncateSync(path, whole + 30);
    outbox = await open();
    expect(await payloads()).toEqual(['a']);
    expect(statSync(path).size).toBe(whole);
    expect(await outbox.append(record('c'))).toBe(2);
    expect(await payloads()).toEqual(['a', 'c']);
  });

  it('says of a line that the disk has damaged that it is lost, and loses no other', async () => {
    for (const payload of ['a', 'b', 'c']) await outbox.append(record(payload));
    await outbox.close();
    const path = join(folder, segments()[0]!);
    const bytes = readFileSync(path);
    bytes[bytes.indexOf('"payload":"b"') + 11] = 0x58;
    writeFileSync(path, bytes);
    outbox = await open();
    const read = await outbox.read(1000, 1e9);
    expect(read.map(({ sequence, payload, lost }) => ({ sequence, payload, lost }))).toEqual([
      { sequence: 1, payload: 'a', lost: undefined },
      { sequence: 2, payload: null, lost: 'damaged' },
      { sequence: 3, payload: 'c', lost: undefined },
    ]);
    expect(outbox.figures().damaged).toBe(1);
  });

  it('keeps files until their message is acknowledged, one that two name until both are', async () => {
    const clip = file('clip', 1000);
    await outbox.append(record('a', { files: [clip] }));
    await outbox.append(record('b', { files: [{ ...clip, name: 'again' }] }));
    rmSync(clip.path);
    const [first] = await outbox.read(1, 1e9);
    const { sha256, bytes, name } = first!.files[0]!;
    expect([bytes, name]).toEqual([1000, 'clip']);
    await outbox.acknowledge(outbox.stream, 1);
    expect(readFileSync(outbox.filePath(sha256)!)).toHaveLength(1000);
    await reopen();
    expect(outbox.filePath(sha256)).toBeDefined();
    await outbox.acknowledge(outbox.stream, 2);
    expect([outbox.filePath(sha256), readdirSync(join(folder, 'files'))]).toEqual([undefined, []]);
    const absent = outbox.append(record('c', { files: [{ path: join(folder, 'absent'), name: 'x' }] }));
    await expect(absent).rejects.toMatchObject({ code: 'EDGE_FILE_UNREADABLE' });
  });

  it('removes files whose message was never written', async () => {
    writeFileSync(join(folder, 'files', 'ab'.repeat(32)), 'left behind');
    await reopen();
    expect(readdirSync(join(folder, 'files'))).toEqual([]);
  });

  it('begins a new stream when the server has more than it ever sent: the folder is a copy of an earlier one', async () => {
    for (const payload of ['a', 'b']) await outbox.append(record(payload));
    await outbox.acknowledge(outbox.stream, 1);
    const before = outbox.stream;
    await outbox.acknowledge(before, 7);
    expect(outbox.stream).not.toBe(before);
    expect((await outbox.read(9, 1e9)).map(({ sequence, payload }) => [sequence, payload])).toEqual([[1, 'b']]);
    await reopen();
    expect([await outbox.append(record('c')), outbox.first]).toEqual([2, 1]);
  });
});

describe('a full disk budget', () => {
  it('takes files of bulk first, then files of events, then bulk, then events; the oldest first, all of it counted', async () => {
    await reopen({ segmentBytes: 600, budgetBytes: 1e9 });
    for (let n = 1; n <= 4; n += 1) {
      const text = `${n} `.repeat(200);
      await outbox.append(record(`bulk ${text}`, { priority: 'bulk', files: [file(`bulk-${n}`, 5000)] }));
      await outbox.append(record(`event ${text}`, { files: [file(`event-${n}`, 5000)] }));
    }
    /** What is left of each message: `p` of payload, `f` of its file. */
    const left = async () =>
      (await outbox.read(1000, 1e9))
        .filter(({ part }) => part === 'toy')
        .map(({ payload, lost, files }) =>
          lost
            ? lost
            : `${String(payload).slice(0, 7)}${files.some(({ sha256 }) => outbox.filePath(sha256)) ? ' +' : ''}`,
        )
        .slice(0, 8);
    const full = outbox.figures().bytes;
    const shrinkTo = async (budgetBytes: number) => {
      await reopen({ segmentBytes: 600, budgetBytes });
      await outbox.append(record('x', { part: 'probe', priority: 'event' }));
      return left();
    };
    const events = (plus: string[]) => [1, 2, 3, 4].map((n) => `event ${n}${plus.includes(String(n)) ? ' +' : ''}`);
    const mixed = (bulk: string[], event: string[]) => bulk.flatMap((one, at) => [one, event[at]!]);
    expect(await shrinkTo(full - 6000)).toEqual(
      mixed(['bulk 1 ', 'bulk 2 ', 'bulk 3  +', 'bulk 4  +'], events(['1', '2', '3', '4'])),
    );
    expect(outbox.figures()).toMatchObject({ droppedFiles: 2, droppedMessages: 0, droppedBytes: 10_000 });
    const bare = ['bulk 1 ', 'bulk 2 ', 'bulk 3 ', 'bulk 4 '];
    expect(await shrinkTo(full - 20_000)).toEqual(mixed(bare, events(['2', '3', '4'])));
    expect(await shrinkTo(full - 40_000)).toEqual(mixed(['disk-budget', ...bare.slice(1)], events([])));
    expect(await shrinkTo(3800)).toContain('event 4');
    const counted = outbox.figures();
    expect(counted).toMatchObject({ droppedFiles: 8 });
    expect(counted.droppedMessages).toBeGreaterThanOrEqual(5);
    // The sequence has no hole: the server is told of every one that will not come.
    expect((await outbox.read(1000, 1e9)).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: counted.waiting }, (_, at) => at + 1),
    );
  });
});
