import { z } from 'zod';

const side = z.int().min(16).max(4096);
const three = z.tuple([z.number(), z.number(), z.number()]);

/** What goes into the network. */
export const inputSchema = z.strictObject({
  name: z.string().max(200).optional().describe('Name of the input; left out: the only one.'),
  layout: z.enum(['nchw', 'nhwc']).describe('Order of the axes: batch, channels, rows, columns, or channels last.'),
  type: z.enum(['float32', 'uint8']).describe('Type of the elements.'),
  colour: z.enum(['rgb', 'bgr']).default('rgb').describe('Order of the colours.'),
  size: z
    .union([
      z.strictObject({ width: side, height: side }),
      z.strictObject({
        multiple: z.int().min(1).max(256).describe('Both sides are multiples of this.'),
        longSide: side.describe('Length of the longer side unless the caller wants another.'),
      }),
    ])
    .describe('Fixed, or free: then the input follows the aspect ratio of the source.'),
  fit: z
    .enum(['letterbox', 'stretch'])
    .default('letterbox')
    .describe('letterbox keeps the aspect ratio, picture at the top left, rest grey (114); stretch fills.'),
  batch: z
    .union([z.literal('free'), z.literal(1)])
    .default('free')
    .describe('1 for a network that takes one picture at a time.'),
  scale: z.number().positive().default(1).describe('value = (pixel * scale - mean) / deviation; not for uint8.'),
  mean: three.default([0, 0, 0]).describe('Per colour in the order of `colour`, on the scaled values.'),
  deviation: three.default([1, 1, 1]).describe('Per colour in the order of `colour`, on the scaled values.'),
  sizeInput: z
    .string()
    .max(200)
    .optional()
    .describe('Name of a second input that wants the size of the picture as int64 [batch, 2] (RT-DETR).'),
});

export type CardInput = z.output<typeof inputSchema>;
