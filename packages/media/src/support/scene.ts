/** Pictures that tests are made of: a slope of grey, a bright square that moves, and the number of the frame in blocks. */
export interface Scene {
  readonly width: number;
  readonly height: number;
}

/** Bits of the frame number, each a block of black or white along the bottom. */
const bits = 12;

const blockSize = (width: number): number => Math.floor(width / bits);

/** Grey values of frame `number`, rows packed. */
export function drawScene({ width, height }: Scene, number: number): Uint8Array {
  const data = new Uint8Array(width * height);
  const side = Math.max(8, Math.round(height / 6));
  const left = (number * 4) % Math.max(1, width - side);
  const top = Math.round(height / 4);
  const block = blockSize(width);
  const blockTop = height - block;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inSquare = x >= left && x < left + side && y >= top && y < top + side;
      data[y * width + x] = inSquare ? 230 : 60 + Math.round((80 * x) / width) + (((x >> 4) + (y >> 4)) % 2) * 12;
    }
  }
  for (let bit = 0; bit < bits; bit++) {
    const value = (number >> bit) & 1 ? 235 : 16;
    for (let y = blockTop; y < height; y++) data.fill(value, y * width + bit * block, y * width + (bit + 1) * block);
  }
  return data;
}

/** Reads the number of the frame out of a grey or RGB picture of it, at any size. */
export function readFrameNumber(picture: {
  readonly width: number;
  readonly height: number;
  readonly format: 'rgb24' | 'gray8';
  readonly data: Uint8Array;
}): number {
  const bytes = picture.format === 'rgb24' ? 3 : 1;
  const block = picture.width / bits;
  const y = Math.floor(picture.height - block / 2);
  let number = 0;
  for (let bit = 0; bit < bits; bit++) {
    const x = Math.floor((bit + 0.5) * block);
    if (picture.data[(y * picture.width + x) * bytes]! > 125) number |= 1 << bit;
  }
  return number;
}
