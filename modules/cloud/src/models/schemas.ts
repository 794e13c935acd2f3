import { z } from 'zod';
import { modelStages } from './stages.ts';

const name = z.string().trim().min(1).max(100);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const reason = z.string().trim().min(1).max(2_000).describe('why, for the ledger');
const card = z.record(z.string(), z.unknown());

export const modelInput = z.strictObject({
  siteId: z.uuid(),
  nodeId: z.uuid().nullable().default(null).describe('asset, line or area that it speaks of; null: the whole site'),
  name,
  family: z.string().trim().min(1).max(50).describe('what it does: forecasting, anomalies, tables, life, …'),
});
export type ModelInput = z.output<typeof modelInput>;

export const modelChange = z.strictObject({ name: name.optional(), nodeId: z.uuid().nullable().optional() });
export type ModelChange = z.output<typeof modelChange>;

export const modelFilter = z.object({
  siteId: z.uuid().optional(),
  nodeId: z.uuid().optional(),
  family: z.string().max(50).optional(),
  search: z.string().max(100).optional().describe('in the name'),
});
export type ModelFilter = z.output<typeof modelFilter>;

export const versionInput = z.strictObject({
  artefact: hash.describe('SHA-256 of what was uploaded'),
  fileName: z.string().trim().min(1).max(200).default('model.json').describe('as it is saved'),
  card: card.default({}).describe('what it is, learnt from what, how well, for what it is not'),
  parentVersion: z.int().min(1).nullable().default(null).describe('version that it came out of'),
  dataHash: hash.nullable().default(null).describe('data set that it learnt from'),
  experimentId: z.uuid().nullable().default(null),
  trialId: z.uuid().nullable().default(null),
  findingId: z.uuid().nullable().default(null).describe('of the training'),
});
export type ModelVersionInput = z.input<typeof versionInput>;

export const stageChange = z.strictObject({ stage: z.enum(modelStages), reason });
export type StageChange = z.output<typeof stageChange>;

export const shadowChange = z.strictObject({ version: z.int().min(1).nullable().describe('null: none'), reason });
export type ShadowChange = z.output<typeof shadowChange>;

export const modelSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  nodeId: z.string().nullable(),
  place: z.string().describe('where it stands, from its site down'),
  ...{ name: z.string(), family: z.string() },
  versions: z.number(),
  liveVersion: z.number().nullable(),
  shadowVersion: z.number().nullable(),
  newestVersion: z.number().nullable(),
  createdAt: z.string(),
  keptBy: z.string().describe('module that keeps it; only those of cloud are changed here'),
  link: z.string().nullable().describe('page of the console where another module keeps it'),
});
export type Model = z.output<typeof modelSchema>;

export const modelVersionSchema = z.object({
  version: z.number(),
  artefact: z.string().describe('SHA-256'),
  ...{ fileName: z.string(), card },
  ...{ stage: z.enum(modelStages), shadow: z.boolean() },
  nextStages: z.array(z.enum(modelStages)),
  ...{ stageAt: z.string(), stageBy: z.string(), stageReason: z.string() },
  parentVersion: z.number().nullable(),
  dataHash: z.string().nullable(),
  ...{ experimentId: z.string().nullable(), trialId: z.string().nullable(), findingId: z.string().nullable() },
  ...{ at: z.string(), by: z.string() },
});
export type ModelVersion = z.output<typeof modelVersionSchema>;
