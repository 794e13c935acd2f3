import { z } from 'zod';
import { outputSchema } from '../decoders/registry.ts';
import { coco80, coco91 } from './coco.ts';
import { inputSchema } from './input.ts';

/** Describes an ONNX detector so that it works without code. `model-card.schema.json` is made from this. */
export const cardSchema = z.strictObject({
  $schema: z.string().max(500).optional(),
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(50),
  description: z.string().max(2000).optional(),
  licence: z.string().max(200).optional().describe('SPDX name of the licence of the weights.'),
  source: z.string().max(500).optional().describe('Where the network comes from.'),
  file: z
    .string()
    .max(200)
    .regex(/^[\w-][\w.-]*\.onnx$/, 'must be the plain name of an .onnx file in the folder of the card')
    .describe('The ONNX file: a plain name in the folder of the card.'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional()
    .describe('SHA-256 of the ONNX file; another file is refused.'),
  input: inputSchema,
  classes: z
    .union([z.enum(['coco80', 'coco91']), z.array(z.string().min(1).max(100)).min(1).max(2000)])
    .describe('Names of the classes in the order of the network, or one of the two usual lists.'),
  output: outputSchema.describe('How the results of the network are read.'),
  threshold: z.number().min(0.001).max(0.999).default(0.3).describe('Least score of a detection.'),
  suppression: z
    .strictObject({
      iou: z.number().min(0).max(1).default(0.5).describe('Boxes of one class that overlap by more are doubles.'),
      limit: z.int().min(1).max(5000).default(300).describe('Most detections per picture.'),
    })
    .default({ iou: 0.5, limit: 300 }),
});

export type ModelCard = z.output<typeof cardSchema>;
/** A card as it is written in a file: what has a usual value may be left out. */
export type CardSource = z.input<typeof cardSchema>;

export function classesOf({ classes }: Pick<ModelCard, 'classes'>): readonly string[] {
  if (classes === 'coco80') return coco80;
  return classes === 'coco91' ? coco91 : classes;
}
