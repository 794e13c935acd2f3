import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { versionHash } from '../datasets/versions/schemas.ts';

const name = z.string().trim().min(1).max(100);
const settings = z.record(z.string(), z.unknown());
const promise = z.number().gt(0).lt(1000);
const seed = z.number().int().min(0).max(2_147_483_647);

export const inspectionInput = z.strictObject({
  siteId: z.uuid(),
  datasetId: z.uuid().describe('that it learns from'),
  name: name.describe('of what is looked for: scratches on caps'),
  kind: z.string().min(1).max(50).default('anomaly'),
  promise: promise.default(10).describe('false rejects per 1,000 good parts at most'),
  seed: seed.default(1),
  settings: settings.default({}).describe('of the kind, as GET /api/manuvision/kinds says'),
});
export type InspectionInput = z.output<typeof inspectionInput>;

export const inspectionChange = z.strictObject({
  name: name.optional(),
  promise: promise.optional(),
  seed: seed.optional(),
  settings: settings.optional().describe('all of them; what is left out takes its default'),
});
export type InspectionChange = z.output<typeof inspectionChange>;

export const trainInput = z.strictObject({
  dataset: versionHash.optional().describe('version of the data set; left out: what counts when the training begins'),
});
export type TrainInput = z.output<typeof trainInput>;
export const estimateSchema = z.object({
  seconds: z.number().describe('about, where nothing else runs'),
  megabytes: z.number().describe('that the process will not exceed'),
});

export const tryInput = z.strictObject({ kind: z.string().min(1).max(50), settings: settings.default({}) });
export type TryInput = z.output<typeof tryInput>;
export const tryParams = z.object({ id: z.uuid(), picture: z.uuid() });
const measuredFeature = z.object({
  name: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  uncertainty: z.number().nullable().describe('standard uncertainty'),
  nominal: z.number().nullable(),
  deviation: z.number().nullable(),
  verdict: z.enum(['ok', 'ng', 'refused']),
  reason: z.unknown().nullable().describe('why it is refused'),
});
export const triedSchema = z.object({
  score: z.number().nullable(),
  verdict: z.enum(['ok', 'ng', 'refused']),
  class: z.string().nullable(),
  value: z.union([z.string(), z.number()]).nullable(),
  confidence: z.number().nullable(),
  boxes: z.array(
    z.object({
      ...{ x: z.number(), y: z.number(), width: z.number(), height: z.number() },
      ...{ className: z.string(), score: z.number() },
    }),
  ),
  measured: z
    .object({
      features: z.array(measuredFeature),
      datum: z.object({ x: z.number(), y: z.number(), angle: z.number() }).nullable(),
      edges: z.record(z.string(), z.array(z.number())).describe('found, by feature: x and y in turn, pixels'),
    })
    .nullable(),
});

const kindSchema = z.object({
  name: z.string(),
  learns: z.boolean().describe('whether pictures teach it; else it judges by its settings alone'),
  settings: z.record(z.string(), z.unknown()).describe('JSON schema of its settings, with their defaults'),
});
export const kindsAnswer = z.object({
  items: z.array(kindSchema),
  backbones: z.array(z.string()).describe('networks that kinds may stand on'),
});

export const inspectionSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  datasetId: z.string(),
  ...{ name: z.string(), kind: z.string(), promise: z.number(), seed: z.number() },
  settings: settings.describe('of the kind'),
  newestVersion: z.number().describe('0: not trained yet'),
  createdAt: z.string(),
});
export type InspectionAnswer = z.output<typeof inspectionSchema>;

export const versionSchema = z.object({
  version: z.number(),
  model: z.string().describe('SHA-256 of the one file'),
  threshold: z.number().nullable(),
  settings: settings.describe('of the kind, that it was trained with'),
  images: z.object({ good: z.number(), defects: z.number() }),
  falseRejects: z
    .object({ per1000: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('expected per 1,000 good parts, with the 95 % interval'),
  dataset: z.string().nullable().describe('version of the data set that it learnt from'),
  leftOut: z
    .array(z.object({ name: z.string().describe('SHA-256 of the file'), fileName: z.string(), reason: noteSchema }))
    .describe('pictures that it did not learn from'),
  networkOf: z.number().nullable().describe('version whose network it is, where only the threshold was set anew'),
  details: z.record(z.string(), z.unknown()).describe('what else the training said'),
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
});
export type VersionAnswer = z.output<typeof versionSchema>;

export const versionParams = z.object({ id: z.uuid(), version: z.coerce.number().int().min(1) });
