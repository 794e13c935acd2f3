import { z } from 'zod';
import { regionSchema, wholePicture } from '../kinds/region-setting.ts';

/** What learning from good parts only can be told; every member has a default. */
export const anomalySettingsSchema = z.strictObject({
  /** Side in pixels of the square that a picture, or a tile of it, is scaled to; a multiple of 32. */
  side: z.number().int().min(64).max(1024).multipleOf(32).default(256),
  /** Name of a bundled backbone, or the path of a backbone card. */
  backbone: z.string().min(1).default('efficientnet-lite0'),
  /** Layers of it; left out: one of each stride from 16 on where it has them. */
  layers: z.array(z.string().min(1)).min(1).optional(),
  /** `even`: light that varies slowly over the picture, and contrast, are taken out; `none`: the picture as it is. */
  light: z.enum(['even', 'none']).default('even'),
  /**
   * The part is brought to where a good picture has it, before anything else: by place (`shift`) or place and turn
   * (`rigid`), up to 0.3 of the longer side and about 10 degrees.
   */
  align: z.enum(['none', 'shift', 'rigid']).default('none'),
  /** Name of the good picture that parts are brought to; left out, the first by name. */
  base: z.string().min(1).optional(),
  /** The part of the picture that is looked at, in shares of its width and height; of the one parts are brought to. */
  region: regionSchema.default(wholePicture),
  /** Longest side of a tile in pixels: larger pictures are looked at tile by tile. `null`: always as a whole. */
  tile: z.number().int().min(64).max(8192).nullable().default(null),
  /** Most patches that the memory bank keeps. */
  bank: z.number().int().min(16).max(10_000).default(1500),
  /** Share of the places, the worst ones, whose mean is the score. */
  worst: z.number().min(0.001).max(1).default(0.05),
});
export type AnomalySettings = z.output<typeof anomalySettingsSchema>;
