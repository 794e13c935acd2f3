import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { durationOf } from '../mp4/boxes.ts';
import { type Segment, segmentName } from './segment-name.ts';

const ticksPerMs = 90;
/** Ample for the header of a box. */
const headBytes = 16;

/**
 * Finishes a segment that a killed process left behind: cuts off a fragment that was not written whole, and gives the
 * file the name that says what it holds. Undefined when there was no whole fragment; the file is then removed.
 */
export async function repairSegment(path: string, from: number): Promise<Segment | undefined> {
  const { bytes, ticks } = await measure(path);
  if (ticks === 0) {
    await rm(path, { force: true });
    return undefined;
  }
  const facts = { from, to: from + Math.round(ticks / ticksPerMs), bytes };
  const finished = join(dirname(path), segmentName(facts));
  await rename(path, finished);
  return { ...facts, path: finished };
}

/** Cuts the file after its last whole fragment, and says how long and large it is. */
async function measure(path: string): Promise<{ bytes: number; ticks: number }> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    let at = 0;
    let whole = 0;
    let ticks = 0;
    let pending = 0;
    while (at + 8 <= size) {
      const head = Buffer.alloc(headBytes);
      await file.read(head, 0, headBytes, at);
      const length = head.readUInt32BE(0) === 1 ? Number(head.readBigUInt64BE(8)) : head.readUInt32BE(0);
      const name = head.toString('latin1', 4, 8);
      if (length < 8 || at + length > size) break;
      if (name === 'moof') {
        const moof = Buffer.alloc(length);
        await file.read(moof, 0, length, at);
        pending = durationOf(moof);
      }
      at += length;
      // A fragment is whole with its pictures.
      if (name === 'moof') continue;
      ticks += pending;
      pending = 0;
      whole = at;
    }
    if (whole < size) await file.truncate(whole);
    await file.datasync();
    return { bytes: whole, ticks };
  } finally {
    await file.close();
  }
}
