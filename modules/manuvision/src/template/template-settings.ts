import { z } from 'zod';
import { regionSchema, wholePicture } from '../kinds/region-setting.ts';

/**
 * How a golden template is made and judged by. Everything has a default; what is left out of `edge` and `margin` follows from the
 * rest.
 */
export const templateSettingsSchema = z.strictObject({
  /**
   * `board`: figure and ground only, six classes by what a defect does to conductors. `print`: grey and colour, classes missing,
   * extra, changed.
   */
  classes: z.enum(['board', 'print']).default('print'),
  /** What is printed: the darker or the brighter of the two. */
  figure: z.enum(['dark', 'light']).default('dark'),
  /** Pixels by which an edge may be off. Left out: learnt from the good parts, 2 where there is only one. */
  edge: z.number().int().min(0).max(8).optional(),
  /** Share of full brightness by which a place may always be off. */
  contrast: z.number().gt(0).lt(1).default(0.15),
  /** Deviations of the good parts by which a place may be off. */
  deviations: z.number().gt(0).max(20).default(4),
  /** Pixels beyond all tolerance that make a defect. */
  smallest: z.number().int().min(1).default(6),
  /** Pixels around a defect that its box includes, as a person draws it. Left out: 10 for a board, 3 for a print. */
  margin: z.number().int().min(0).max(200).optional(),
  /** Name of the good picture that the others are laid on; left out, the first. */
  base: z.string().optional(),
  /** What is compared, in shares of the picture that the others are laid on. */
  region: regionSchema.default(wholePicture),
  /** Places that may look as they like, such as a serial number; of the same picture. */
  ignored: z.array(regionSchema).max(100).default([]),
  /** Furthest shift that is looked for, as a share of the longer side. */
  shift: z.number().min(0).max(0.5).default(0.1),
});
export type TemplateSettings = z.output<typeof templateSettingsSchema>;

export const usualEdge = 2;

export const marginOf = ({ margin, classes }: TemplateSettings): number => margin ?? (classes === 'board' ? 10 : 3);
