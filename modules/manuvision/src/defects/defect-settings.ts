import { z } from 'zod';

/** What learning defects from examples can be told; every member has a default. */
export const defectSettingsSchema = z.strictObject({
  /** Pixels of the longer side that pictures are scaled to; `null`: their own, as far as time allows. */
  longSide: z.number().int().min(64).max(2048).nullable().default(null),
  /** Name of a bundled backbone, or the path of a backbone card. */
  backbone: z.string().min(1).default('centernet'),
  /** Layers of it; left out, a spread from fine to coarse. */
  layers: z.array(z.string().min(1)).min(1).optional(),
  /** Whether the score also says how unlike good parts a picture is, where there are enough of them. */
  anomaly: z.boolean().default(true),
  /** Probability from which on a place belongs to a defect region. */
  regionAt: z.number().gt(0).lt(1).default(0.5),
});
export type DefectSettings = z.output<typeof defectSettingsSchema>;
