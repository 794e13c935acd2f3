import { z } from 'zod';
import { bestClass } from '../best-class.ts';
import { type Candidate, type DecodeRequest, type Decoder, type OutputTensor, ShapeMismatch } from '../decoder.ts';
import { type GridLevel, gridLevels, stridesOption } from '../grid.ts';
import { outputName } from '../output-name.ts';

const schema = z.strictObject({
  family: z.literal('nanodet'),
  output: outputName
    .optional()
    .describe('Output [batch, cells, classes + 4 * (range + 1)] of all feature maps; left out: the first.'),
  heads: z
    .array(z.strictObject({ scores: outputName, distances: outputName }))
    .min(1)
    .max(8)
    .optional()
    .describe(
      'Instead of `output`: two outputs per feature map, [batch, cells, classes] and [batch, cells, 4 * (range + 1)].',
    ),
  strides: stridesOption([8, 16, 32, 64]),
  range: z
    .int()
    .min(1)
    .max(64)
    .default(7)
    .describe('Greatest distance in strides that the distribution covers (reg_max).'),
  centre: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('Place of a point within its cell: 0 for NanoDet-Plus, 0.5 for NanoDet.'),
  activation: z.enum(['none', 'sigmoid']).default('none').describe('What the scores still need.'),
});
type Options = z.output<typeof schema>;

/**
 * NanoDet (https://github.com/RangiLyu/nanodet): the distance of each side from a point is the mean of a distribution over
 * 0 to `range` strides (Li et al., Generalized Focal Loss, 2020).
 */
export const nanodet: Decoder<typeof schema> = {
  schema,
  outputs: ({ output, heads }) => heads?.flatMap(({ scores, distances }) => [scores, distances]) ?? [output],
  suppressed: () => false,
  decode(outputs, options, request) {
    const levels = gridLevels(request.width, request.height, options.strides);
    const parts = options.heads
      ? separate(outputs, levels, options, request)
      : joined(outputs[0]!, levels, options, request);
    return Array.from({ length: request.batch }, (_, picture) =>
      parts.flatMap((part) => boxesOf(part, picture, options, request)),
    );
  },
};

/** Where the numbers of one feature map lie: those of a cell from `start + cell * step` on. */
interface Part {
  readonly level: GridLevel;
  readonly scores: Float32Array;
  readonly distances: Float32Array;
  readonly scoreStart: (picture: number, cell: number) => number;
  readonly distanceStart: (picture: number, cell: number) => number;
}

function separate(
  outputs: readonly OutputTensor[],
  levels: readonly GridLevel[],
  options: Options,
  request: DecodeRequest,
) {
  const sides = 4 * (options.range + 1);
  return levels.map((level, index): Part => {
    const cells = level.columns * level.rows;
    const [scores, distances] = [outputs[index * 2], outputs[index * 2 + 1]];
    check(scores, index * 2, [request.batch, cells, request.classes]);
    check(distances, index * 2 + 1, [request.batch, cells, sides]);
    return {
      ...{ level, scores: scores!.data, distances: distances!.data },
      scoreStart: (picture, cell) => (picture * cells + cell) * request.classes,
      distanceStart: (picture, cell) => (picture * cells + cell) * sides,
    };
  });
}

function joined(output: OutputTensor, levels: readonly GridLevel[], options: Options, request: DecodeRequest): Part[] {
  const channels = request.classes + 4 * (options.range + 1);
  const total = levels.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
  check(output, 0, [request.batch, total, channels]);
  let before = 0;
  return levels.map((level): Part => {
    const first = before;
    before += level.columns * level.rows;
    const start = (picture: number, cell: number) => (picture * total + first + cell) * channels;
    return {
      ...{ level, scores: output.data, distances: output.data, scoreStart: start },
      distanceStart: (picture, cell) => start(picture, cell) + request.classes,
    };
  });
}

function check(output: OutputTensor | undefined, place: number, dims: readonly number[]): void {
  if (output?.dims.length !== 3 || dims.some((length, axis) => output.dims[axis] !== length))
    throw new ShapeMismatch(place, `[${dims.join(', ')}]`);
}

function boxesOf(part: Part, picture: number, options: Options, request: DecodeRequest): Candidate[] {
  const { range, centre, activation } = options;
  const { asked, threshold } = request;
  const { columns, rows, stride } = part.level;
  const found: Candidate[] = [];
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const best = bestClass(part.scores, part.scoreStart(picture, cell), 1, asked);
    if (!best) continue;
    const score = activation === 'sigmoid' ? 1 / (1 + Math.exp(-best.value)) : best.value;
    if (score < threshold) continue;
    const x = ((cell % columns) + centre) * stride;
    const y = (Math.floor(cell / columns) + centre) * stride;
    const start = part.distanceStart(picture, cell);
    const side = (place: number) => expected(part.distances, start + place * (range + 1), range + 1) * stride;
    found.push({
      left: x - side(0),
      top: y - side(1),
      right: x + side(2),
      bottom: y + side(3),
      score,
      index: best.index,
    });
  }
  return found;
}

/** Mean of the distribution that a softmax makes of `count` numbers. */
function expected(data: Float32Array, start: number, count: number): number {
  const numbers = data.subarray(start, start + count);
  const largest = numbers.reduce((a, b) => Math.max(a, b));
  let [sum, weighted] = [0, 0];
  for (let place = 0; place < count; place += 1) {
    const weight = Math.exp(numbers[place]! - largest);
    sum += weight;
    weighted += weight * place;
  }
  return weighted / sum;
}
