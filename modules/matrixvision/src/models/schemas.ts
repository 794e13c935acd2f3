import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A card as it was sent: checked by the service, whose error says each place. */
const anyCard = z.looseObject({});

export const modelInput = z.strictObject({
  siteId: z.uuid(),
  network: hash.describe('Of the uploaded ONNX file'),
  fileName: z.string().min(1).max(300).default('network.onnx'),
  card: anyCard.describe('As packages/inference/model-card.schema.json says; `file` and `sha256` are put in'),
});
export type ModelInput = z.output<typeof modelInput>;

export const modelTrial = z.strictObject({
  siteId: z.uuid(),
  model: z.string().min(1).max(200).optional().describe('A bundled name, or the hash of a registered version'),
  network: hash.optional().describe('With `card`: an uploaded network that is not registered yet'),
  card: anyCard.optional(),
  picture: hash.optional().describe('Of an uploaded picture'),
  cameraId: z.uuid().optional().describe('Instead: what this camera sees now'),
  threshold: z.number().min(0.001).max(0.999).optional(),
});
export type ModelTrial = z.output<typeof modelTrial>;

const port = z.object({
  name: z.string(),
  type: z.string(),
  dims: z.array(z.union([z.number(), z.string()])),
});
export const portsSchema = z.object({ inputs: z.array(port), outputs: z.array(port) });
export type Ports = z.output<typeof portsSchema>;

export const describedSchema = portsSchema.extend({
  /** A card to begin with, as far as shapes tell; null where nothing takes a picture. */
  card: anyCard.nullable(),
});
export type DescribedModel = z.output<typeof describedSchema>;

export const trialSchema = z.object({
  name: z.string(),
  /** Of the ONNX file. */
  sha256: z.string(),
  provider: z.string(),
  labels: z.array(z.string()),
  threshold: z.number(),
  ports: portsSchema,
  /** Left out without a picture. */
  seen: z
    .object({
      /** What the camera saw, JPEG in base64; null for a picture that was uploaded. */
      jpeg: z.string().nullable(),
      width: z.number(),
      height: z.number(),
      /** One run with its decoding, median of three. */
      milliseconds: z.number(),
      /** Boxes in fractions of the picture. */
      detections: z.array(
        z.object({
          label: z.string(),
          score: z.number(),
          box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
        }),
      ),
    })
    .optional(),
});
export type TriedModel = z.output<typeof trialSchema>;

const versionSchema = z.object({
  version: z.number(),
  /** What a camera is set to. */
  sha256: z.string(),
  network: z.string(),
  bytes: z.number(),
  fileName: z.string(),
  card: anyCard,
  ports: portsSchema,
  labels: z.array(z.string()),
  at: z.string(),
  by: z.string(),
  /** Cameras that are set to it. */
  cameras: z.array(z.object({ id: z.string(), name: z.string() })),
});

export const modelSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  name: z.string(),
  createdAt: z.string(),
  /** Newest first. */
  versions: z.array(versionSchema),
});
export type Model = z.output<typeof modelSchema>;

export const bundledSchema = z.object({
  name: z.string(),
  description: z.string(),
  licence: z.string(),
  source: z.string(),
  labels: z.array(z.string()),
  isDefault: z.boolean(),
  /** Per cent and milliseconds of processor time a picture; null where it was not measured. */
  measured: z
    .object({
      input: z.string(),
      averagePrecision: z.number(),
      recall: z.number(),
      precision: z.number(),
      milliseconds: z.number(),
    })
    .nullable(),
  cameras: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type BundledModel = z.output<typeof bundledSchema>;

export const modelsSchema = z.object({
  items: z.array(modelSchema),
  bundled: z.array(bundledSchema),
  /** Execution providers as they are set, tried in order; a camera's state says which one is in use. */
  providers: z.array(z.string()),
});
export type Models = z.output<typeof modelsSchema>;
