import type { Picture } from './picture.ts';

/** Size and form of a Windows bitmap, from its header; undefined where the bytes are none. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly start: number;
  readonly compression: number;
  readonly palette: number;
  readonly colours: number;
}

export function bmpHeader(bytes: Uint8Array): BmpHeader | undefined {
  if (bytes.length < 54 || bytes[0] !== 0x42 || bytes[1] !== 0x4d) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(14, true);
  // 40: BITMAPINFOHEADER; 52, 56, 108 and 124 are its later forms. Older ones are of OS/2.
  if (size < 40) return undefined;
  const height = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  return {
    ...{ width: view.getInt32(18, true), height: Math.abs(height), topDown: height < 0, bits },
    ...{ start: view.getUint32(10, true), compression: view.getUint32(30, true), palette: 14 + size },
    colours: view.getUint32(46, true) || (bits <= 8 ? 2 ** bits : 0),
  };
}

/**
 * Decodes an uncompressed Windows bitmap of 1, 4, 8, 24 or 32 bits (Microsoft, BITMAPINFOHEADER), as many cameras write it;
 * the library for all other formats knows none. A string says why it cannot.
 */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Picture | string {
  const { width, height, bits, start, palette, colours, topDown, compression } = header;
  // 3: bit fields, which 32 bit files of today name even where they are the usual ones
  if (compression !== 0 && !(compression === 3 && bits === 32)) return 'it is a compressed bitmap';
  if (![1, 4, 8, 24, 32].includes(bits)) return `it is a bitmap of ${bits} bits`;
  if (width < 1 || height < 1) return 'it has no pixels';
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start + stride * height > bytes.length) return 'it ends too early';
  if (bits <= 8 && palette + colours * 4 > start) return 'its palette is too long';
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = start + (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      let from = row + (x * bits) / 8;
      if (bits <= 8) {
        const at = (x * bits) % 8;
        const index = (bytes[Math.floor(from)]! >> (8 - bits - at)) & (2 ** bits - 1);
        if (index >= colours) return 'it names a colour that its palette lacks';
        from = palette + index * 4;
      }
      const to = (y * width + x) * 3;
      data[to] = bytes[from + 2]!;
      data[to + 1] = bytes[from + 1]!;
      data[to + 2] = bytes[from]!;
    }
  }
  return { width, height, channels: 3, depth: 8, data };
}
