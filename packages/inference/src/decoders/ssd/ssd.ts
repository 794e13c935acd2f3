import { z } from 'zod';
import { type Corners, coordinateForms, cornersOf } from '../corners.ts';
import { type Candidate, type DecodeRequest, type Decoder, type OutputTensor, ShapeMismatch } from '../decoder.ts';
import { outputName } from '../output-name.ts';
import { readyDetections } from '../ready-detections.ts';
import { bestOfRow, rowLength, scoreOptions } from '../scores.ts';
import { fromPrior, priorBoxes, priorsSchema } from './priors.ts';

const name = outputName.optional();

const schema = z.strictObject({
  family: z.literal('ssd'),
  form: z
    .enum(['scores', 'detections'])
    .describe(
      'scores: a row of class scores per box. detections: the network suppresses doubles and gives a score and a class per box.',
    ),
  boxes: name.describe('Output [batch, boxes, 4]; left out: the first.'),
  scores: name.describe('Output [batch, boxes, classes] or [batch, boxes]; left out: the second.'),
  classes: name.describe('Output [batch, boxes] with the class of each box, form detections; left out: the third.'),
  firstClass: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('Number that the network gives the first class of the card, form detections.'),
  coordinates: z
    .enum(coordinateForms)
    .default('corners')
    .describe('corners: left, top, right, bottom. corners-yx: top, left, bottom, right. centre: centre and size.'),
  unit: z.enum(['fraction', 'pixel']).default('fraction').describe('Unit of the coordinates.'),
  activation: scoreOptions.activation.default('none'),
  background: scoreOptions.background.default('none'),
  priors: priorsSchema.optional().describe('For a raw head whose boxes are offsets from these.'),
});
type Options = z.output<typeof schema>;

/** Liu et al., SSD: Single Shot MultiBox Detector, 2016, and what is exported in its manner. */
export const ssd: Decoder<typeof schema> = {
  schema,
  outputs: ({ form, boxes, scores, classes }) => (form === 'detections' ? [boxes, scores, classes] : [boxes, scores]),
  suppressed: ({ form }) => form === 'detections',
  decode(outputs, options, request) {
    if (options.form === 'detections') return readyDetections(outputs, options, request);
    return scored(outputs[0]!, outputs[1]!, options, request);
  },
};

function scored(boxes: OutputTensor, scores: OutputTensor, options: Options, request: DecodeRequest): Candidate[][] {
  const { batch, wanted, threshold, width, height } = request;
  const priors = options.priors && priorBoxes(options.priors);
  const count = priors?.length ?? boxes.dims[1]!;
  const row = rowLength(request.classes, options);
  if (boxes.dims.length !== 3 || boxes.data.length !== batch * count * 4)
    throw new ShapeMismatch(0, `[${batch}, ${count}, 4]`);
  if (scores.data.length !== batch * count * row || scores.dims.at(-1) !== row)
    throw new ShapeMismatch(1, `[${batch}, ${count}, ${row}]`);
  const [scaleX, scaleY] = options.unit === 'pixel' ? [1, 1] : [width, height];
  const corners = (numbers: Float32Array, box: number): Corners => {
    if (!priors) return cornersOf(options.coordinates, numbers, scaleX, scaleY);
    const { left, top, right, bottom } = fromPrior(priors[box]!, numbers, options.priors!.variances);
    return { left: left * width, top: top * height, right: right * width, bottom: bottom * height };
  };
  return Array.from({ length: batch }, (_, picture) => {
    const found: Candidate[] = [];
    for (let box = 0; box < count; box += 1) {
      const place = picture * count + box;
      const best = bestOfRow(scores.data.subarray(place * row, (place + 1) * row), options, wanted);
      if (!best || best.score < threshold) continue;
      found.push({ ...corners(boxes.data.subarray(place * 4, place * 4 + 4), box), ...best });
    }
    return found;
  });
}
