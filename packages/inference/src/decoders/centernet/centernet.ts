import { z } from 'zod';
import { type Candidate, type DecodeRequest, type Decoder, type OutputTensor, ShapeMismatch } from '../decoder.ts';
import { outputName } from '../output-name.ts';

const name = outputName.optional();

const schema = z.strictObject({
  family: z.literal('centernet'),
  heatmap: name.describe('Output [batch, classes, rows, columns]; left out: the first.'),
  size: name.describe('Output [batch, 2 or 4, rows, columns]; left out: the second.'),
  offset: name.describe(
    'Output [batch, 2, rows, columns] with the place of the centre within its cell; left out: none.',
  ),
  stride: z.int().min(1).max(64).default(4).describe('Pixels of the input per cell.'),
  activation: z.enum(['none', 'sigmoid']).default('none').describe('What the heatmap still needs to be a score.'),
  extent: z
    .enum(['width-height', 'left-top-right-bottom'])
    .default('width-height')
    .describe('What the sizes are: width and height, or distances from the cell to the four sides.'),
  unit: z.enum(['cell', 'pixel']).default('cell').describe('Unit of the sizes.'),
});
type Options = z.output<typeof schema>;

/** Zhou, Wang and Krähenbühl, Objects as Points, 2019: a box where the heatmap has a peak among its eight neighbours. */
export const centernet: Decoder<typeof schema> = {
  schema,
  outputs: ({ heatmap, size, offset }) => [heatmap, size, ...(offset === undefined ? [] : [offset])],
  suppressed: () => false,
  decode([heatmap, size, offset], options, request) {
    check(heatmap!, 0, request.batch, request.classes);
    check(size!, 1, request.batch, options.extent === 'width-height' ? 2 : 4);
    if (offset) check(offset, 2, request.batch, 2);
    return Array.from({ length: request.batch }, (_, picture) =>
      peaks(heatmap!, size!, offset, options, request, picture),
    );
  },
};

function check({ dims }: OutputTensor, place: number, batch: number, channels: number): void {
  if (dims.length !== 4 || dims[0] !== batch || dims[1] !== channels)
    throw new ShapeMismatch(place, `[${batch}, ${channels}, rows, columns]`);
}

function peaks(
  heatmap: OutputTensor,
  size: OutputTensor,
  offset: OutputTensor | undefined,
  { stride, activation, extent, unit }: Options,
  { classes, wanted, threshold }: DecodeRequest,
  picture: number,
): Candidate[] {
  const [rows, columns] = heatmap.dims.slice(2) as [number, number];
  const cells = rows * columns;
  // Peaks are looked for before the sigmoid, which keeps the order and is then needed for the peaks only.
  const least = activation === 'sigmoid' ? Math.log(threshold / (1 - threshold)) : threshold;
  const factor = unit === 'cell' ? stride : 1;
  const found: Candidate[] = [];
  for (let index = 0; index < classes; index += 1) {
    if (!wanted(index)) continue;
    const plane = heatmap.data.subarray((picture * classes + index) * cells, (picture * classes + index + 1) * cells);
    for (let cell = 0; cell < cells; cell += 1) {
      const value = plane[cell]!;
      if (value < least || !isPeak(plane, cell, rows, columns)) continue;
      const at = (tensor: OutputTensor, channel: number) =>
        tensor.data[(picture * tensor.dims[1]! + channel) * cells + cell]!;
      const x = ((cell % columns) + (offset ? at(offset, 0) : 0)) * stride;
      const y = (Math.floor(cell / columns) + (offset ? at(offset, 1) : 0)) * stride;
      const score = activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value;
      const sides = [0, 1, 2, 3].map((channel) =>
        extent === 'width-height' ? (at(size, channel % 2) * factor) / 2 : at(size, channel) * factor,
      ) as [number, number, number, number];
      found.push({ left: x - sides[0], top: y - sides[1], right: x + sides[2], bottom: y + sides[3], score, index });
    }
  }
  return found;
}

function isPeak(plane: Float32Array, cell: number, rows: number, columns: number): boolean {
  const value = plane[cell]!;
  const [row, column] = [Math.floor(cell / columns), cell % columns];
  for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, rows - 1); y += 1)
    for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, columns - 1); x += 1)
      if (plane[y * columns + x]! > value) return false;
  return true;
}
