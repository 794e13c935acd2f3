import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { bodyParts } from '../parts/body-part.ts';
import { attributeModelSchema } from '../teaching/attribute-model.ts';

const name = z.string().trim().min(1).max(100);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const attributeInput = z.strictObject({
  siteId: z.uuid(),
  name: name.describe('as it is called: hard hat'),
  part: z.enum(bodyParts),
});
export type AttributeInput = z.output<typeof attributeInput>;

export const attributeUse = z.strictObject({
  version: z.number().int().min(1).nullable().describe('null: told nowhere'),
  cameras: z.array(z.uuid()).nullable().default(null).describe('null: all cameras of the site'),
});
export type AttributeUse = z.output<typeof attributeUse>;

const box = z.strictObject({
  ...{ x: z.number(), y: z.number() },
  ...{ width: z.number().positive(), height: z.number().positive() },
});
const keypoints = z.array(z.strictObject({ x: z.number(), y: z.number(), score: z.number().min(0).max(1) })).length(17);

const uploaded = z.strictObject({
  picture: hash.describe('of the uploaded picture'),
  fileName: z.string().min(1).max(300),
  shows: z.enum(['part', 'person']).default('part'),
  box: box.optional().describe('of the person, in pixels of the picture; left out: the whole picture'),
  keypoints: keypoints.optional().describe('pose in COCO order, in pixels of the picture'),
  group: z.string().min(1).max(200).optional().describe('track or scene; left out: the picture'),
  present: z.boolean(),
});
const ofEvent = z.strictObject({ eventId: z.uuid(), present: z.boolean() });

const ofCamera = z.strictObject({
  sightingId: z.uuid().describe('of somebody seen by a camera, as candidates list it'),
  present: z.boolean(),
});

export const exampleInput = z.union([uploaded, ofEvent, ofCamera]);
export type ExampleInput = z.output<typeof exampleInput>;
export const examplesInput = z.strictObject({ examples: z.array(exampleInput).min(1).max(100) });
export const exampleChange = z.strictObject({ present: z.boolean() });

export const exampleSchema = z.object({
  id: z.string(),
  present: z.boolean(),
  fileName: z.string(),
  group: z.string(),
  source: z.looseObject({ kind: z.enum(['upload', 'event', 'camera']) }),
  at: z.string(),
  by: z.string(),
  /** That the attribute is there, as the newest version told it without this example; null where it was not asked. */
  probability: z.number().nullable(),
  /** Whether the picture may not be seen by who asks: its camera covers people, or the role sees no video. */
  hidden: z.boolean(),
});
export type ExampleAnswer = z.output<typeof exampleSchema>;

const interval = z.object({ low: z.number(), high: z.number() });

export const resultSchema = z.object({
  examples: z.object({ present: z.number(), absent: z.number(), groups: z.number() }),
  validation: z
    .object({
      ...{ folds: z.number(), repeats: z.number(), accuracy: z.number(), interval, groups: z.number() },
      balancedAccuracy: z.number(),
      confusion: z.object({
        ...{ presentAsPresent: z.number(), presentAsAbsent: z.number() },
        ...{ absentAsAbsent: z.number(), absentAsPresent: z.number() },
      }),
      ...{ decided: z.number(), accuracyWhenDecided: z.number().nullable() },
    })
    .nullable(),
  curve: z.array(z.object({ examples: z.number(), balancedAccuracy: z.number() })),
  doubtful: z.array(z.object({ id: z.string(), present: z.boolean(), probability: z.number() })),
  notes: z.array(noteSchema),
});

export const versionSchema = resultSchema.extend({
  version: z.number(),
  learner: z.string(),
  sha256: z.string().describe('of the model'),
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
});
export type VersionAnswer = z.output<typeof versionSchema>;

export const attributeSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  ...{ name: z.string(), part: z.enum(bodyParts) },
  cameras: z.array(z.string()).nullable(),
  activeVersion: z.number().nullable(),
  newestVersion: z.number().describe('0: not taught yet'),
  accuracy: z
    .object({ value: z.number(), ...{ low: z.number(), high: z.number() } })
    .nullable()
    .describe('of the newest version by cross-validation, with its 95 % interval'),
  counts: z.object({ present: z.number(), absent: z.number() }),
  createdAt: z.string(),
});
export type AttributeAnswer = z.output<typeof attributeSchema>;

/** What a camera tells its people's attributes by. */
export const attributeInUse = z.object({ sha256: z.string(), model: attributeModelSchema });
export type AttributeInUse = z.output<typeof attributeInUse>;

export const candidateFilter = z.object({ camera: z.uuid().optional() });

export const candidateSchema = z.object({
  id: z.string().describe('of the event or of the sighting'),
  kind: z.enum(['event', 'camera']),
  ...{ cameraId: z.string(), cameraName: z.string(), at: z.string() },
});
export const candidatesAnswer = z.object({
  items: z.array(candidateSchema),
  covered: z.array(z.string()).describe('names of cameras left out, since people are covered there for who asks'),
});
export type Candidates = z.output<typeof candidatesAnswer>;

export const lookInput = z.strictObject({
  camera: z.uuid().optional().describe('left out: every camera of the site that runs here'),
});
export const lookAnswer = z.object({
  cameras: z.number().describe('that were looked at'),
  found: z.number().describe('people who were not among the candidates yet'),
});
export type LookAnswer = z.output<typeof lookAnswer>;
