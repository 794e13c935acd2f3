import { z } from 'zod';
import { bestClass } from '../best-class.ts';
import { aroundCentre } from '../corners.ts';
import { type Candidate, type Decoder, ShapeMismatch } from '../decoder.ts';
import { cellsOf, gridLevels, stridesOption } from '../grid.ts';
import { outputName } from '../output-name.ts';

const schema = z.strictObject({
  family: z.literal('yolox'),
  output: outputName.optional().describe('Output [batch, cells, 5 + classes]; left out: the first.'),
  strides: stridesOption([8, 16, 32]),
  decoded: z
    .boolean()
    .default(false)
    .describe('Whether the export has worked the grid in already (`--decode_in_inference`).'),
});

/** Ge et al., YOLOX: Exceeding YOLO Series in 2021: one box per cell, centre and logarithm of the size in strides. */
export const yolox: Decoder<typeof schema> = {
  schema,
  outputs: ({ output }) => [output],
  suppressed: () => false,
  decode([output], { strides, decoded }, { batch, classes, asked, threshold, width, height }) {
    const levels = gridLevels(width, height, strides);
    const [cells, channels] = [cellsOf(levels), 5 + classes];
    const { dims, data } = output!;
    if (dims.length !== 3 || dims[0] !== batch || dims[1] !== cells || dims[2] !== channels)
      throw new ShapeMismatch(0, `[${batch}, ${cells}, ${channels}]`);
    return Array.from({ length: batch }, (_, picture) => {
      const found: Candidate[] = [];
      let start = picture * cells * channels;
      for (const { stride, columns, rows } of levels)
        for (let cell = 0; cell < columns * rows; cell += 1, start += channels) {
          const objectness = data[start + 4]!;
          if (objectness < threshold) continue;
          const best = bestClass(data, start + 5, 1, asked);
          if (!best || best.value * objectness < threshold) continue;
          const [x, y, w, h] = data.subarray(start, start + 4) as unknown as [number, number, number, number];
          const [column, row] = [cell % columns, Math.floor(cell / columns)];
          const corners = decoded
            ? aroundCentre(x, y, w, h)
            : aroundCentre((x + column) * stride, (y + row) * stride, Math.exp(w) * stride, Math.exp(h) * stride);
          found.push({ ...corners, score: best.value * objectness, index: best.index });
        }
      return found;
    });
  },
};
