/** A box of an MP4 (ISO/IEC 14496-12, 4.2): its name and where its content lies. */
export interface Box {
  readonly name: string;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** The boxes between two places, in order; stops before one that is cut off. */
export function* boxesIn(data: Buffer, start = 0, end = data.length): Generator<Box> {
  for (let at = start; at + 8 <= end; ) {
    let size = data.readUInt32BE(at);
    let content = at + 8;
    if (size === 1 && at + 16 <= end) {
      size = Number(data.readBigUInt64BE(at + 8));
      content = at + 16;
    }
    if (size < content - at || at + size > end) return;
    yield { name: data.toString('latin1', at + 4, at + 8), start: at, content, end: at + size };
    at += size;
  }
}

/** The first box under `path`, e.g. moof, traf, tfdt. */
export function findBox(data: Buffer, path: readonly string[], start = 0, end = data.length): Box | undefined {
  const [name, ...rest] = path;
  for (const box of boxesIn(data, start, end)) {
    if (box.name !== name) continue;
    if (rest.length === 0) return box;
    const inner = findBox(data, rest, box.content, box.end);
    if (inner) return inner;
  }
  return undefined;
}

/** When a fragment's first picture is decoded, in ticks of its track (8.8.12, track fragment decode time). */
export function decodeTimeOf(fragment: Buffer): bigint {
  const box = findBox(fragment, ['moof', 'traf', 'tfdt']);
  if (!box) return 0n;
  return fragment[box.content] === 1
    ? fragment.readBigUInt64BE(box.content + 4)
    : BigInt(fragment.readUInt32BE(box.content + 4));
}

/** A copy of a fragment that is decoded at another time. */
export function withDecodeTime(fragment: Buffer, time: bigint): Buffer {
  const copy = Buffer.from(fragment);
  const box = findBox(copy, ['moof', 'traf', 'tfdt']);
  if (!box) return copy;
  if (copy[box.content] === 1) copy.writeBigUInt64BE(time, box.content + 4);
  else copy.writeUInt32BE(Number(time), box.content + 4);
  return copy;
}

const sampleDurationPresent = 0x100;
const sampleSizePresent = 0x200;
const sampleFlagsPresent = 0x400;
const sampleOffsetPresent = 0x800;

/** How long a fragment plays, in ticks of its track: the durations of its samples added up (8.8.8, track fragment run). */
export function durationOf(fragment: Buffer): number {
  const traf = findBox(fragment, ['moof', 'traf']);
  if (!traf) return 0;
  const header = findBox(fragment, ['tfhd'], traf.content, traf.end);
  const byDefault = header ? defaultDuration(fragment, header) : 0;
  let total = 0;
  for (const box of boxesIn(fragment, traf.content, traf.end))
    if (box.name === 'trun') total += runDuration(fragment, box, byDefault);
  return total;
}

function defaultDuration(data: Buffer, header: Box): number {
  const flags = data.readUInt32BE(header.content) & 0xffffff;
  if ((flags & 0x8) === 0) return 0;
  const at = header.content + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  return data.readUInt32BE(at);
}

function runDuration(data: Buffer, run: Box, byDefault: number): number {
  const flags = data.readUInt32BE(run.content) & 0xffffff;
  const count = data.readUInt32BE(run.content + 4);
  if ((flags & sampleDurationPresent) === 0) return count * byDefault;
  const fields = [sampleDurationPresent, sampleSizePresent, sampleFlagsPresent, sampleOffsetPresent];
  const stride = 4 * fields.filter((field) => flags & field).length;
  let at = run.content + 8 + (flags & 0x1 ? 4 : 0) + (flags & 0x4 ? 4 : 0);
  let total = 0;
  for (let index = 0; index < count && at + 4 <= run.end; index++, at += stride) total += data.readUInt32BE(at);
  return total;
}
