import { z } from 'zod';

const name = z.string().trim().min(1).max(100);
const settings = z.record(z.string(), z.unknown());

const searchSchema = z.strictObject({
  kinds: z
    .array(
      z.strictObject({
        kind: z.string().min(1).max(50),
        settings: settings.default({}).describe('the same in all trials of this entry'),
        grid: z
          .record(z.string(), z.array(z.unknown()).min(1).max(100))
          .default({})
          .describe('settings with the values that are tried, every combination'),
        propose: z.boolean().default(false).describe('try also what the kind proposes for such data'),
      }),
    )
    .min(1)
    .max(100),
  most: z.int().min(1).max(10_000).default(200).describe('trials; of more combinations some are drawn by the seed'),
});
export type Search = z.output<typeof searchSchema>;

export const experimentInput = z.strictObject({
  name,
  datasetId: z.uuid(),
  family: z.string().min(1).max(50).default('tables'),
  task: z.record(z.string(), z.unknown()).describe('of the family: what is learnt'),
  search: searchSchema,
  folds: z.int().min(1).max(50).default(4),
  seed: z.int().min(0).max(2_147_483_647).default(1),
});
export type ExperimentInput = z.output<typeof experimentInput>;

export const trialStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type TrialState = (typeof trialStates)[number];

export const trialFilter = z.object({
  state: z.enum(trialStates).optional(),
  kind: z.string().max(50).optional(),
  sort: z.string().max(250).optional().describe('number, seconds or the name of a figure; number when left out'),
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  offset: z.coerce.number().int().min(0).default(0),
});
export type TrialFilter = z.output<typeof trialFilter>;

const metrics = z.record(z.string(), z.number());

export const trialSchema = z.object({
  id: z.string(),
  experimentId: z.string(),
  ...{ number: z.number(), name: z.string(), kind: z.string() },
  params: settings,
  seed: z.number().nullable(),
  state: z.enum(trialStates),
  progress: z.number(),
  message: z.string(),
  attempts: z.number().describe('how often it was begun, more than once where a worker was killed'),
  metrics,
  folds: z.array(z.object({ trained: z.number(), judged: z.number(), metrics })).nullable(),
  artefact: z.string().nullable().describe('SHA-256 of the learnt state'),
  findingId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  worker: z.string().nullable().describe('machine and process'),
  codeVersion: z.string().nullable(),
  seconds: z.number().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type Trial = z.output<typeof trialSchema>;

export const experimentSchema = z.object({
  id: z.string(),
  siteId: z.string().nullable(),
  name: z.string(),
  origin: z.enum(['search', 'client']).describe('client: logged through the MLflow interface'),
  datasetId: z.string().nullable(),
  dataHash: z.string().nullable(),
  family: z.string().nullable(),
  task: settings.nullable(),
  search: searchSchema.nullable(),
  ...{ folds: z.number().nullable(), seed: z.number().nullable() },
  counts: z.object(
    Object.fromEntries(trialStates.map((state) => [state, z.number()])) as Record<TrialState, z.ZodNumber>,
  ),
  progress: z.number().describe('share of the trials that came to an end, 0 to 1'),
  objective: z.object({ metric: z.string(), lessIsBetter: z.boolean() }).nullable(),
  best: z.object({ trialId: z.string(), name: z.string(), value: z.number() }).nullable(),
  ...{ createdAt: z.string(), by: z.string() },
});
export type Experiment = z.output<typeof experimentSchema>;

export const curvePoint = z.object({ key: z.string(), value: z.number(), step: z.number(), at: z.string() });
export type CurvePoint = z.output<typeof curvePoint>;

export const registerInput = z.strictObject({
  modelId: z.uuid().optional().describe('left out: a new model'),
  name: name.optional().describe('of a new model'),
  siteId: z.uuid().optional().describe('of a new model, where the experiment has none'),
  nodeId: z.uuid().nullable().optional(),
});
export type RegisterInput = z.output<typeof registerInput>;
