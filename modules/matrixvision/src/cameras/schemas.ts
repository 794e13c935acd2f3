import { noteSchema } from '@millwright/kernel';
import { streamSettings, streamUrl } from '@millwright/media/stream';
import { z } from 'zod';
import { defaultModel } from '../pipeline/default-model.ts';

const stream = streamSettings.extend({
  type: z.literal('stream'),
  /** A smaller stream of the same picture, for the analysis; what is recorded is the main one. */
  subUrl: streamUrl.optional(),
});

const file = z.strictObject({
  type: z.literal('file'),
  /** Of the uploaded file. */
  blob: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(300),
  /** Plays again and again, as a camera would go on. */
  loop: z.boolean().default(true),
  /** Drawn by a program, and nobody real is to be seen; stays with the file. */
  rendered: z.boolean().optional().describe('Drawn by a program: no real people or places'),
});

const device = z.strictObject({ type: z.literal('device'), device: z.string().regex(/^usb:\d+$|^\/dev\/video\d+$/) });

/** Everything about a camera but its name and place; each part has defaults, so `{ source }` is enough. */
export const cameraSettings = z.strictObject({
  source: z.discriminatedUnion('type', [stream, file, device]),
  detection: z
    .strictObject({
      model: z.string().min(1).max(200).default(defaultModel),
      /** Detections a second at most, where something moves; fewer when the machine is busy. */
      mostPerSecond: z.number().min(0.1).max(30).default(5),
      labels: z.array(z.string().min(1)).min(1).optional(),
      threshold: z.number().min(0.05).max(0.95).optional(),
    })
    .prefault({}),
  recording: z
    .strictObject({
      mode: z.enum(['off', 'event', 'continuous']).default('event'),
      preSeconds: z.number().min(0).max(60).default(5),
      postSeconds: z.number().min(1).max(120).default(5),
      days: z.number().min(0.01).max(3650).default(14),
      gigabytes: z.number().min(0.05).max(100_000).default(20),
    })
    .prefault({}),
  privacy: z.strictObject({ blur: z.enum(['none', 'faces', 'people']).default('none') }).prefault({}),
});
export type CameraSettings = z.output<typeof cameraSettings>;
export type CameraSettingsInput = z.input<typeof cameraSettings>;

const name = z.string().trim().min(1).max(100);

export const cameraInput = z.strictObject({
  siteId: z.uuid(),
  assetId: z.uuid().nullish(),
  boxId: z.uuid().nullish(),
  name,
  enabled: z.boolean().default(true),
  settings: cameraSettings,
});
export type CameraInput = z.output<typeof cameraInput>;

export const cameraChange = z.strictObject({
  name: name.optional(),
  assetId: z.uuid().nullish(),
  boxId: z.uuid().nullish(),
  enabled: z.boolean().optional(),
  settings: cameraSettings.optional(),
});
export type CameraChange = z.output<typeof cameraChange>;

export const detectorSchema = z.object({
  model: z.string().describe('A bundled name, or the hash of a model of your own'),
  name: z.string(),
  version: z.string(),
  sha256: z.string().describe('Of the ONNX file'),
  provider: z.string().describe('cpu, cuda, …'),
});

export const cameraState = z.object({
  state: z.enum(['off', 'elsewhere', 'connecting', 'streaming', 'lost', 'ended']),
  /** What went wrong, while it is lost: an error's code and sentence. */
  code: z.string().nullable(),
  message: z.string(),
  /** Of that error, for its sentence in another language. */
  details: z.record(z.string(), z.unknown()).optional(),
  /** When this state began, ISO 8601. */
  since: z.string().nullable(),
  health: z.enum(['good', 'frozen', 'black', 'covered', 'turned', 'defocused', 'no-signal']).nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  codec: z.string().nullable(),
  decoder: z.string().nullable(),
  /** Over the last ten seconds. */
  framesPerSecond: z.number().nullable(),
  decodedPerSecond: z.number().nullable(),
  detectionsPerSecond: z.number().nullable(),
  /** While something moved. */
  detectionsPerMovingSecond: z.number().nullable(),
  /** Of the frames, 0 to 1. */
  movingShare: z.number().nullable(),
  /** Since it was started. */
  droppedLate: z.number(),
  /** From the capture of a frame to the end of its analysis, median of the last ten seconds, milliseconds. */
  latencyMs: z.number().nullable(),
  /** The same, 95th percentile. */
  latencyP95Ms: z.number().nullable(),
  /** What is to be known of it although it delivers: nothing is recorded, it cannot be kept up with. */
  notes: z.array(noteSchema),
  detector: detectorSchema
    .nullable()
    .describe('The network in use and what it runs on; null before the first detection'),
});
export type CameraState = z.output<typeof cameraState>;

export const cameraSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  assetId: z.string().nullable(),
  boxId: z.string().nullable(),
  name: z.string(),
  enabled: z.boolean(),
  /** A password is shown as `***`; sent back so, it stays. */
  settings: cameraSettings,
  createdAt: z.string(),
  ruleVersion: z.number().describe('0: none were set yet'),
  state: cameraState,
});
export type Camera = z.output<typeof cameraSchema>;
