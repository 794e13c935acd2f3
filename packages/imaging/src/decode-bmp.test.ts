import { describe, expect, it } from 'vitest';
import { readPicture } from './read-picture.ts';

/** A bitmap of 2 x 2: red, green / blue, white. */
function bitmap({ bits = 24, topDown = false, compression = 0 } = {}): Uint8Array {
  const rows = {
    24: [
      [0, 0, 255, 0, 255, 0, 0, 0],
      [255, 0, 0, 255, 255, 255, 0, 0],
    ],
    1: [] as number[][],
    8: [
      [0, 1, 0, 0],
      [2, 3, 0, 0],
    ],
  };
  const palette = bits === 8 ? [0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0] : [];
  const pixels = rows[bits as 24 | 8];
  const body = (topDown ? pixels : [...pixels].reverse()).flat();
  const bytes = new Uint8Array(54 + palette.length + body.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, 54 + palette.length, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, 2, true);
  view.setInt32(22, topDown ? -2 : 2, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  view.setUint32(46, palette.length / 4, true);
  bytes.set(palette, 54);
  bytes.set(body, 54 + palette.length);
  return bytes;
}
const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255];

describe('a Windows bitmap', () => {
  it('comes back as it was drawn, from either end and with a palette', async () => {
    for (const form of [{}, { topDown: true }, { bits: 8 }]) {
      const picture = await readPicture(bitmap(form));
      expect(picture).toMatchObject({ width: 2, height: 2, channels: 3, depth: 8 });
      expect([...picture.data]).toEqual(colours);
    }
  });

  it('is refused when it is cut off, compressed, too large or names colours that it lacks', async () => {
    const unreadable = { code: 'IMAGING_PICTURE_UNREADABLE' };
    await expect(readPicture(bitmap().subarray(0, 60))).rejects.toMatchObject(unreadable);
    await expect(readPicture(bitmap({ compression: 1 }))).rejects.toMatchObject(unreadable);
    await expect(readPicture(bitmap(), { maxPixels: 3 })).rejects.toMatchObject({ code: 'IMAGING_PICTURE_TOO_LARGE' });
    const bytes = bitmap({ bits: 8 });
    bytes[bytes.length - 4] = 200;
    await expect(readPicture(bytes)).rejects.toMatchObject(unreadable);
  });
});
