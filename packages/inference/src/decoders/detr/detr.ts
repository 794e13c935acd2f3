import { z } from 'zod';
import { coordinateForms, cornersOf } from '../corners.ts';
import { type Candidate, type DecodeRequest, type Decoder, type OutputTensor, ShapeMismatch } from '../decoder.ts';
import { outputName } from '../output-name.ts';
import { readyDetections } from '../ready-detections.ts';
import { bestOfRow, rowLength, scoreOptions } from '../scores.ts';

const name = outputName.optional();

const schema = z.strictObject({
  family: z.literal('detr'),
  form: z
    .enum(['queries', 'detections'])
    .default('queries')
    .describe(
      'queries: logits and boxes per query. detections: boxes, scores and labels (RT-DETR with its own post-processing).',
    ),
  logits: name.describe('Output [batch, queries, classes], form queries; left out: the first.'),
  boxes: name.describe('Output [batch, queries, 4]; left out: the second (queries) or the first (detections).'),
  scores: name.describe('Output [batch, queries], form detections; left out: the second.'),
  labels: name.describe('Output [batch, queries], form detections; left out: the third.'),
  firstClass: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('Number that the network gives the first class of the card, form detections.'),
  coordinates: z.enum(coordinateForms).optional().describe('Left out: centre (queries) or corners (detections).'),
  unit: z.enum(['fraction', 'pixel']).optional().describe('Left out: fraction (queries) or pixel (detections).'),
  activation: scoreOptions.activation.default('sigmoid').describe('softmax for DETR, sigmoid for RT-DETR.'),
  background: scoreOptions.background.default('none').describe('last for DETR, none for RT-DETR.'),
});
type Options = z.output<typeof schema>;

/** Carion et al., End-to-End Object Detection with Transformers, 2020; Zhao et al., RT-DETR, 2024: one thing per query. */
export const detr: Decoder<typeof schema> = {
  schema,
  outputs: ({ form, logits, boxes, scores, labels }) =>
    form === 'queries' ? [logits, boxes] : [boxes, scores, labels],
  // Every query finds a thing of its own; the training takes care of that.
  suppressed: () => true,
  decode(outputs, options, request) {
    const { coordinates = 'corners', unit = 'pixel', firstClass } = options;
    if (options.form === 'detections') return readyDetections(outputs, { coordinates, unit, firstClass }, request);
    return queries(outputs[0]!, outputs[1]!, options, request);
  },
};

function queries(logits: OutputTensor, boxes: OutputTensor, options: Options, request: DecodeRequest): Candidate[][] {
  const { batch, wanted, threshold, width, height } = request;
  const row = rowLength(request.classes, options);
  const count = logits.dims[1]!;
  if (logits.dims.length !== 3 || logits.dims[0] !== batch || logits.dims[2] !== row)
    throw new ShapeMismatch(0, `[${batch}, queries, ${row}]`);
  if (boxes.data.length !== batch * count * 4) throw new ShapeMismatch(1, `[${batch}, ${count}, 4]`);
  const { coordinates = 'centre', unit = 'fraction' } = options;
  const [scaleX, scaleY] = unit === 'pixel' ? [1, 1] : [width, height];
  return Array.from({ length: batch }, (_, picture) => {
    const found: Candidate[] = [];
    for (let place = picture * count; place < (picture + 1) * count; place += 1) {
      const best = bestOfRow(logits.data.subarray(place * row, (place + 1) * row), options, wanted);
      if (!best || best.score < threshold) continue;
      found.push({ ...cornersOf(coordinates, boxes.data.subarray(place * 4, place * 4 + 4), scaleX, scaleY), ...best });
    }
    return found;
  });
}
