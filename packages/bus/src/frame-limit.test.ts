import { describe, expect, it } from 'vitest';
import { FrameLimit } from './frame-limit.ts';

/** A packet with a body of so many bytes, the length written as MQTT does: seven bits a byte, the lowest first. */
function packet(length: number): Buffer {
  const header = [0x30];
  for (let rest = length; ; rest >>= 7) {
    header.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  // A body of 0xff looks like a header that never ends to anyone who loses count.
  return Buffer.concat([Buffer.from(header), Buffer.alloc(length, 0xff)]);
}

describe('FrameLimit', () => {
  const packets = Buffer.concat([0, 1, 127, 128, 0, 16_383, 16_384, 20_000].map(packet));

  it('lets packets up to the limit through, however they are cut', () => {
    for (const size of [1, 2, 3, 1_000, packets.length]) {
      const limit = new FrameLimit(20_000);
      for (let start = 0; start < packets.length; start += size)
        expect(limit.accepts(packets.subarray(start, start + size))).toBe(true);
    }
  });

  it('refuses a packet over the limit as soon as its length is known', () => {
    const limit = new FrameLimit(19_999);
    expect(limit.accepts(packets.subarray(0, packets.length - 20_000 - 1))).toBe(true);
    expect(limit.accepts(packets.subarray(packets.length - 20_000 - 1))).toBe(false);
  });

  it('refuses a length of more than four bytes', () => {
    expect(new FrameLimit(2 ** 40).accepts(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0x01]))).toBe(false);
  });
});
