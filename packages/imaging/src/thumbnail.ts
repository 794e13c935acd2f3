import type { Picture } from './picture.ts';

/**
 * The mean brightness of each cell of a grid of size x size over the picture, 0 to 1, without a copy of the picture. A picture
 * of fewer pixels than cells gives every cell the pixel that it lies in.
 */
export function thumbnail({ width, height, channels, depth, data }: Picture, size: number): Float32Array {
  const scale = 1 / (depth === 16 ? 65_535 : 255) / channels;
  const cells = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    const [top, bottom] = span(row, size, height);
    for (let column = 0; column < size; column++) {
      const [left, right] = span(column, size, width);
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let at = (y * width + left) * channels, end = (y * width + right) * channels; at < end; at++)
          sum += data[at]!;
      cells[row * size + column] = (sum * scale) / ((bottom - top) * (right - left));
    }
  }
  return cells;
}

function span(cell: number, cells: number, length: number): [number, number] {
  const start = Math.min(Math.floor((cell * length) / cells), length - 1);
  return [start, Math.max(start + 1, Math.floor(((cell + 1) * length) / cells))];
}
