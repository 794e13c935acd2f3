import { z } from 'zod';
import { inputSchema } from '../card/input.ts';
import { readDescribed } from '../card/read-card.ts';

const layer = z.string().regex(/^[a-z][\w-]{0,40}$/, 'must be letters, digits, - and _, beginning with a small letter');

/** Describes an ONNX network of one's own as a backbone. */
export const backboneCardSchema = z.strictObject({
  name: z.string().regex(/^[a-z][\w.-]{0,60}$/, 'must be small letters, digits, . - and _'),
  version: z.string().min(1).max(50),
  licence: z.string().max(200).describe('SPDX name of the licence of the weights.'),
  source: z.string().max(500).default(''),
  file: z
    .string()
    .max(200)
    .regex(/^[\w-][\w.-]*\.onnx$/, 'must be the plain name of an .onnx file in the folder of the card'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  input: inputSchema.omit({ size: true, fit: true, batch: true, sizeInput: true }),
  multiple: z.int().min(1).max(256).default(32).describe('Both sides of the input are multiples of this.'),
  layers: z
    .record(layer, z.string().min(1).max(300))
    .refine((layers) => Object.keys(layers).length > 0, 'must name at least one layer')
    .describe('Name of the tensor of each layer, from fine to coarse: [batch, channels, rows, columns].'),
  usual: z.array(layer).min(1).optional().describe('Layers taken where nobody asks for others; left out: all.'),
});

export type BackboneCard = z.output<typeof backboneCardSchema>;

/** A backbone card and its ONNX file, both checked. Throws what `readCard` throws. */
export const readBackboneCard = (path: string) => readDescribed(path, backboneCardSchema);
