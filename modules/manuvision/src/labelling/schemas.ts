import { z } from 'zod';
import { className, label } from '../datasets/service/schemas.ts';
import { mostRegions, regionSchema } from './region.ts';

const regions = z.array(regionSchema).max(mostRegions);

export const labelsInput = z.strictObject({
  revision: z.number().int().min(0).describe('of the labels that were looked at; 0: there were none yet'),
  label,
  class: className.optional().describe('of a defect; left out: that of its first region, or defect'),
  regions: regions.default([]),
});
export type LabelsInput = z.output<typeof labelsInput>;

export const disagreementSchema = z
  .object({
    about: z.enum(['label', 'class', 'regions']),
    iou: z.number().nullable().describe('of the two who agree least about the place'),
    people: z.array(z.string()).describe('ids of those whose words differ'),
  })
  .nullable()
  .describe('what people differ in; null: in nothing, or somebody settled it');

export const labelsSchema = z.object({
  revision: z.number().describe('counts the words; 0: nobody said anything since the picture was added'),
  label,
  class: z.string().nullable(),
  regions: z.array(regionSchema),
  people: z
    .array(
      z.object({
        actorId: z.string(),
        actorName: z.string(),
        at: z.string(),
        label,
        class: z.string().nullable(),
        regions: z.array(regionSchema),
      }),
    )
    .describe('the last word of each'),
  disagreement: disagreementSchema,
});
export type LabelsAnswer = z.output<typeof labelsSchema>;

export const settleInput = z.strictObject({
  revision: z.number().int().min(1),
  actorId: z.string().describe('of the person whose last word counts'),
});
export type SettleInput = z.output<typeof settleInput>;

export const historySchema = z.object({
  items: z.array(
    z.object({
      revision: z.number(),
      at: z.string(),
      by: z.string(),
      label,
      class: z.string().nullable(),
      regions: z.number(),
      settled: z.boolean().describe('it repeats the word of a person to settle a disagreement'),
    }),
  ),
});
export type HistoryAnswer = z.output<typeof historySchema>;

export const hereInput = z.strictObject({ pictureId: z.uuid().nullable().describe('null: nowhere any more') });
export const hereSchema = z.object({
  people: z
    .array(z.object({ actorId: z.string(), actorName: z.string(), pictureId: z.string(), at: z.string() }))
    .describe('everybody within 30 s, the one who asks among them'),
});

export const suggestionInput = z.strictObject({
  inspectionId: z.uuid().optional().describe('left out: the one that was trained last on this data set'),
  version: z.number().int().min(1).optional().describe('left out: its newest'),
});
export type SuggestionInput = z.output<typeof suggestionInput>;

export const suggestionSchema = z.object({
  regions: z.array(regionSchema.extend({ score: z.number() })),
  label,
  class: z.string().nullable(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
  inspection: z.object({ id: z.string(), name: z.string(), version: z.number() }),
});
export type SuggestionAnswer = z.output<typeof suggestionSchema>;

export const tileParams = z.object({
  ...{ id: z.uuid(), picture: z.uuid() },
  level: z.coerce.number().int().min(0).describe('0: full size; each further one half of the one before'),
  column: z.coerce.number().int().min(0),
  row: z.coerce.number().int().min(0),
});
