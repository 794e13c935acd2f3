import { z } from 'zod';
import { bestClass } from '../best-class.ts';
import { aroundCentre, cornersOf } from '../corners.ts';
import { type Candidate, type DecodeRequest, type Decoder, type OutputTensor, ShapeMismatch } from '../decoder.ts';
import { outputName } from '../output-name.ts';

const schema = z.strictObject({
  family: z.literal('yolo'),
  output: outputName.optional().describe('Name of the output; left out: the first.'),
  form: z
    .enum(['objectness', 'anchor-free', 'end-to-end'])
    .describe(
      'objectness (v5, v6, v7): centre, size, objectness, classes. anchor-free (v8, v9, v11, v12): centre, size, classes. ' +
        'end-to-end (v10 and exports with suppression): left, top, right, bottom, score, class.',
    ),
  unit: z.enum(['pixel', 'fraction']).default('pixel').describe('Unit of the coordinates.'),
});
type Options = z.output<typeof schema>;

/**
 * Heads of the YOLO family as they are exported with their grids worked in (Jocher et al., Ultralytics YOLOv5, 2020, and
 * YOLOv8, 2023; Wang et al., YOLOv7, 2022; YOLOv10, 2024). Whether boxes or channels come first is seen from the shape.
 */
export const yolo: Decoder<typeof schema> = {
  schema,
  outputs: ({ output }) => [output],
  suppressed: ({ form }) => form === 'end-to-end',
  decode([output], options, request) {
    return options.form === 'end-to-end' ? ready(output!, options, request) : raw(output!, options, request);
  },
};

function raw(output: OutputTensor, { form, unit }: Options, request: DecodeRequest): Candidate[][] {
  const { batch, classes, asked, threshold, width, height } = request;
  const head = form === 'objectness' ? 5 : 4;
  const channels = head + classes;
  const [pictures, a, b] = output.dims as [number, number, number];
  const channelsFirst = a === channels && (b !== channels || form === 'anchor-free');
  if (output.dims.length !== 3 || pictures !== batch || (channelsFirst ? a : b) !== channels)
    throw new ShapeMismatch(0, `[${batch}, ${channels}, boxes] or [${batch}, boxes, ${channels}]`);
  const boxes = channelsFirst ? b : a;
  const [scaleX, scaleY] = unit === 'pixel' ? [1, 1] : [width, height];
  const [boxStep, channelStep] = channelsFirst ? [1, boxes] : [channels, 1];
  return Array.from({ length: batch }, (_, picture) => {
    const found: Candidate[] = [];
    for (let box = 0; box < boxes; box += 1) {
      const start = picture * boxes * channels + box * boxStep;
      const at = (channel: number) => output.data[start + channel * channelStep]!;
      const objectness = form === 'objectness' ? at(4) : 1;
      if (objectness < threshold) continue;
      const best = bestClass(output.data, start + head * channelStep, channelStep, asked);
      if (!best || best.value * objectness < threshold) continue;
      const corners = aroundCentre(at(0) * scaleX, at(1) * scaleY, at(2) * scaleX, at(3) * scaleY);
      found.push({ ...corners, score: best.value * objectness, index: best.index });
    }
    return found;
  });
}

function ready(output: OutputTensor, { unit }: Options, request: DecodeRequest): Candidate[][] {
  const { batch, classes, wanted, threshold, width, height } = request;
  const [pictures, boxes, columns] = output.dims as [number, number, number];
  if (output.dims.length !== 3 || pictures !== batch || columns !== 6)
    throw new ShapeMismatch(0, `[${batch}, boxes, 6]`);
  const [scaleX, scaleY] = unit === 'pixel' ? [1, 1] : [width, height];
  return Array.from({ length: batch }, (_, picture) => {
    const found: Candidate[] = [];
    for (let box = 0; box < boxes; box += 1) {
      const row = output.data.subarray((picture * boxes + box) * 6, (picture * boxes + box + 1) * 6);
      const [score, index] = [row[4]!, Math.round(row[5]!)];
      if (score < threshold || index < 0 || index >= classes || !wanted(index)) continue;
      found.push({ ...cornersOf('corners', row, scaleX, scaleY), score, index });
    }
    return found;
  });
}
