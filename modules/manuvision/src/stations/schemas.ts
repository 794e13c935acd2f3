import { z } from 'zod';
import { lotNumber } from '../lots/schemas.ts';
import { cameraSource } from './camera/camera-source-schema.ts';
import { cameraState } from './camera/camera-state.ts';
import { keepRules, keptByRules, removedByRules } from './keep/keep-rules.ts';

const name = z.string().trim().min(1).max(100);
const verdict = z.enum(['ok', 'ng', 'refused']);
const reviewed = z.enum(['ok', 'ng']);

const judgedBy = {
  inspectionId: z.uuid(),
  version: z.number().int().min(1).describe('of the inspection'),
  folder: z
    .string()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe('on the server, whose new pictures are judged; null: they are only sent'),
  camera: cameraSource.nullable().default(null).describe('that is looked through; null: none'),
  boxId: z.uuid().nullable().default(null).describe('edge box that judges; folder and camera are its own then'),
  keep: keepRules.prefault({}).describe('which pictures of parts are kept, and for how long'),
};

export const stationInput = z.strictObject({ siteId: z.uuid(), name, ...judgedBy });
export type StationInput = z.output<typeof stationInput>;
export const stationChange = z.strictObject({ name, ...judgedBy });
export type StationChange = z.output<typeof stationChange>;

export const stationSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  inspectionId: z.string(),
  inspectionName: z.string(),
  version: z.number(),
  boxId: z.string().nullable(),
  camera: cameraSource.nullable(),
  cameraState: cameraState.nullable().describe('while the camera is open'),
  keep: keepRules,
  folder: z.string().nullable(),
  folderProblem: z.string().nullable().describe('code of why the folder cannot be watched now'),
  unsent: z
    .object({ waiting: z.number(), lost: z.number() })
    .describe('messages of the station that the broker has not taken, since the server began'),
  lastAt: z.string().nullable().describe('when it judged last'),
  today: z.object({ ok: z.number(), ng: z.number(), refused: z.number() }).describe('since midnight of the site'),
  createdAt: z.string(),
});
export type StationAnswer = z.output<typeof stationSchema>;

export const boxSchema = z.object({
  ...{ x: z.number(), y: z.number(), width: z.number(), height: z.number() },
  ...{ className: z.string(), score: z.number() },
});

export const verdictSchema = z.object({
  id: z.string(),
  stationId: z.string(),
  at: z.string(),
  fileName: z.string(),
  picture: z.string().describe('SHA-256 of the file'),
  kept: z.boolean().describe('whether the picture is kept, so that the verdict can be proved again'),
  keptBy: z.enum(keptByRules).nullable().describe('the rule that wanted it, also of one that was removed later'),
  removed: z
    .object({ by: z.enum(removedByRules), at: z.string() })
    .nullable()
    .describe('the rule by which a kept picture was removed'),
  version: z.number(),
  threshold: z.number().nullable(),
  score: z.number().nullable(),
  verdict,
  class: z.string().nullable(),
  value: z.string().nullable(),
  boxes: z.array(boxSchema),
  hasHeatmap: z.boolean(),
  milliseconds: z.number(),
  findingId: z.string().nullable(),
  error: z.string().nullable().describe('code of why it could not be judged'),
  partId: z.string().nullable().describe('as the line calls the part'),
  resultId: z.number().nullable().describe('number that the line read with the result; null: it was told nothing'),
  reviewed: reviewed.nullable(),
  reviewedBy: z.string().nullable(),
});
export type VerdictAnswer = z.output<typeof verdictSchema>;

export const judgeQuery = z.strictObject({
  fileName: z.string().min(1).max(300).default('picture').describe('of the picture'),
  partId: z.string().max(64).optional().describe('as the line calls the part'),
  lot: lotNumber.optional().describe('that the part is of; one of another number that is open is ended'),
});
export type JudgeQuery = z.output<typeof judgeQuery>;

export const verdictFilter = z.strictObject({
  verdict: verdict.optional(),
  class: z.string().max(100).optional(),
  review: z
    .enum(['open', 'passed', 'done'])
    .optional()
    .describe('nobody has said yet whether rightly: open, rejected; passed, passed with its picture kept'),
  search: z.string().max(200).optional().describe('in the file name'),
  before: z.string().max(100).optional().describe('the answer’s `next`: older ones'),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export type VerdictFilter = z.output<typeof verdictFilter>;
export const verdictsAnswer = z.object({
  items: z.array(verdictSchema),
  next: z.string().nullable().describe('of the page after this one'),
});

export const reviewInput = z.strictObject({ verdict: reviewed.nullable().describe('null: takes it back') });

export const figuresQuery = z.strictObject({
  hours: z.coerce.number().int().min(1).max(744).default(24).describe('until now'),
});
export const stationFigures = z.object({
  from: z.string(),
  counts: z.object({ ok: z.number(), ng: z.number(), refused: z.number() }),
  hours: z
    .array(z.object({ at: z.string(), ok: z.number(), ng: z.number(), refused: z.number() }))
    .describe('yield by hour, oldest first; hours without parts are left out'),
  classes: z.array(z.object({ name: z.string(), count: z.number() })).describe('of what was rejected, most first'),
  scores: z.object({ median: z.number(), p95: z.number() }).nullable().describe('of what passed'),
  reviewed: z.object({ rejects: z.number(), falseRejects: z.number() }),
});
export type StationFigures = z.output<typeof stationFigures>;
