import { type Picture, resizedRgb } from '@millwright/imaging';

/** Pixels of a picture on the sheet, and between two. */
const cell = 120;
const gap = 4;
const background = 32;

/** Pictures beside each other, a row for each sub-class, for somebody to name them by. Each fits its cell with its sides' ratio kept. */
export function contactSheet(rows: readonly (readonly Picture[])[]): Picture {
  const columns = Math.max(1, ...rows.map(({ length }) => length));
  const [width, height] = [columns, rows.length].map((count) => count * (cell + gap) + gap) as [number, number];
  const data = new Uint8Array(width * height * 3).fill(background);
  for (const [row, pictures] of rows.entries())
    for (const [column, picture] of pictures.entries()) {
      const scale = cell / Math.max(picture.width, picture.height);
      const [wide, high] = [picture.width, picture.height].map((side) => Math.max(1, Math.round(side * scale))) as [
        number,
        number,
      ];
      const bytes = resizedRgb(picture, wide, high);
      const left = gap + column * (cell + gap) + ((cell - wide) >> 1);
      const top = gap + row * (cell + gap) + ((cell - high) >> 1);
      for (let y = 0; y < high; y++)
        data.set(bytes.subarray(y * wide * 3, (y + 1) * wide * 3), ((top + y) * width + left) * 3);
    }
  return { width, height, channels: 3, depth: 8, data };
}
