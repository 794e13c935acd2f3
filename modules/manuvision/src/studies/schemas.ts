import { z } from 'zod';

export const studyInput = z.strictObject({
  datasetId: z.uuid().optional().describe('left out: the data set of the inspection'),
  search: z.string().max(200).optional().describe('only pictures with this in the file name'),
});
export type StudyInput = z.output<typeof studyInput>;

const variation = z.object({
  variance: z.number(),
  deviation: z.number().describe('standard deviation'),
  contributionPercent: z.number().describe('of the total variance'),
  studyPercent: z.number().describe('of the total standard deviation'),
  tolerancePercent: z.number().nullable().describe('six standard deviations, of the tolerance'),
});
const anovaRow = z.object({
  source: z.enum(['part', 'operator', 'interaction', 'repeatability']),
  ...{ degrees: z.number(), squares: z.number(), mean: z.number() },
  ...{ f: z.number().nullable(), p: z.number().nullable() },
});
const studied = z.object({
  name: z.string(),
  unit: z.enum(['px', 'mm', 'deg', 'px2', 'mm2']).nullable(),
  tolerance: z.number().nullable().describe('upper less lower limit'),
  study: z.object({
    ...{ parts: z.number(), operators: z.number(), trials: z.number().describe('of each part by each operator') },
    ...{ anova: z.array(anovaRow), interactionPooled: z.boolean() },
    ...{ repeatability: variation, reproducibility: variation, operator: variation, interaction: variation },
    ...{ gaugeRR: variation, partToPart: variation, total: variation },
    distinctCategories: z.number(),
    rating: z
      .enum(['acceptable', 'marginal', 'unacceptable'])
      .describe('gauge R&R of the tolerance, else of the total: below 10 %, to 30 %, above'),
  }),
});
export const studySchema = z.object({
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
  dataset: z.object({ id: z.string(), name: z.string() }),
  pictures: z.number(),
  features: z.array(studied),
  trials: z.array(
    z.object({
      ...{ feature: z.string(), part: z.string(), operator: z.string(), value: z.number(), fileName: z.string() },
    }),
  ),
});
export type StudyAnswer = z.output<typeof studySchema>;
