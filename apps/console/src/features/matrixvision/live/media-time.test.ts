import { describe, expect, it } from 'vitest';
import { decodeTimeOf, timescaleOf } from './media-time.ts';

function box(type: string, ...content: readonly (number | Uint8Array)[]): Uint8Array {
  const bytes = content.flatMap((part) => (typeof part === 'number' ? [part] : [...part]));
  const all = new Uint8Array(8 + bytes.length);
  new DataView(all.buffer).setUint32(0, all.length);
  all.set(
    [...type].map((letter) => letter.charCodeAt(0)),
    4,
  );
  all.set(bytes, 8);
  return all;
}
const numbers = (...values: number[]) => {
  const bytes = new Uint8Array(values.length * 4);
  for (const [index, value] of values.entries()) new DataView(bytes.buffer).setUint32(index * 4, value);
  return bytes;
};
const file = (...boxes: Uint8Array[]): ArrayBuffer => Uint8Array.from(boxes.flatMap((each) => [...each])).buffer;

describe('the times of fragmented video', () => {
  it('are in the ticks that the first track says', () => {
    const mdhd = box('mdhd', numbers(0, 7, 7, 90_000, 0, 0));
    const init = file(
      box('ftyp', numbers(1)),
      box('moov', box('mvhd', numbers(0, 1, 1, 1_000)), box('trak', box('mdia', mdhd))),
    );
    expect(timescaleOf(init)).toBe(90_000);
    const long = box('mdhd', numbers(0x01_00_00_00, 0, 7, 0, 7, 12_800, 0, 0));
    expect(timescaleOf(file(box('moov', box('trak', box('mdia', long)))))).toBe(12_800);
  });

  it('are read from a fragment in either of their lengths', () => {
    const fragment = (tfdt: Uint8Array) =>
      file(
        box('moof', box('mfhd', numbers(0, 1)), box('traf', box('tfhd', numbers(0, 1)), tfdt)),
        box('mdat', 1, 2, 3),
      );
    expect(decodeTimeOf(fragment(box('tfdt', numbers(0, 450_000))))).toBe(450_000);
    expect(decodeTimeOf(fragment(box('tfdt', numbers(0x01_00_00_00, 2, 5))))).toBe(2 * 2 ** 32 + 5);
  });

  it('are not made up where there is none', () => {
    expect(timescaleOf(file(box('ftyp', numbers(1))))).toBeUndefined();
    expect(decodeTimeOf(file(box('mdat', 1, 2)))).toBeUndefined();
    expect(decodeTimeOf(new ArrayBuffer(3))).toBeUndefined();
  });
});
