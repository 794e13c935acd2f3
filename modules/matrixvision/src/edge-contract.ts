import type { Reason } from '@millwright/kernel';
import { z } from 'zod';
import { detectorSchema } from './cameras/schemas.ts';
import type { FoundEvent, WatchedCamera } from './runtime/watched-camera.ts';

/** What a box and its server say to each other of cameras. Times in milliseconds since 1970. */

/**
 * A box may sit beside a camera that it reaches by another address, people there may stop one, and what networks run on is a
 * fact of its machine.
 */
export const boxFields: readonly string[] = ['cameras.*.url', 'cameras.*.analysisUrl', 'cameras.*.paused', 'providers'];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A camera as the document says it; everything large is a file that it names by its hash. */
export type EdgeCamera = Omit<WatchedCamera, 'attributes'> & {
  readonly name: string;
  /** Hash of the file it plays. */
  readonly file?: string;
  /** Taught attributes that are told on it; the hash is that of the model's JSON. */
  readonly attributes: readonly { readonly name: string; readonly sha256: string }[];
  /** Set on the box itself. */
  readonly paused?: boolean;
};

/** A user's model. `id` is what cameras name it by: the hash of its card, which is a file of the document as the network is. */
export const edgeModelSchema = z.object({ id: sha256, name: z.string(), version: z.string(), network: sha256 });
export type EdgeModel = z.output<typeof edgeModelSchema>;

/** A bundled network, converted by the server: `id` is its name in the folder of networks. */
export const edgeNetworkSchema = z.object({ id: z.string().regex(/^[\w-][\w.-]*\.onnx$/), sha256 });
export type EdgeNetwork = z.output<typeof edgeNetworkSchema>;

export const edgeDocumentSchema = z.object({
  cameras: z.array(z.custom<EdgeCamera>((value) => typeof value === 'object' && value !== null)).default([]),
  models: z.array(edgeModelSchema).default([]),
  networks: z.array(edgeNetworkSchema).default([]),
  /** Execution providers, tried in order. */
  providers: z.array(z.string()).default([]),
});

/** What a box says of a model: `downloaded` before it was tried, `refused` when it failed that. */
export interface EdgeModelState {
  readonly sha256: string;
  readonly name: string;
  readonly version: string;
  readonly state: 'downloaded' | 'in-use' | 'refused';
  /** Why it was refused: the product's own sentence where it is one. */
  readonly reason: Reason | null;
}

const cameraId = z.uuid();

/** What every message says. */
export const edgeMessageSchema = z.object({ cameraId });

export const edgeFoundSchema = z.object({
  cameraId,
  runId: z.uuid(),
  ruleVersion: z.number().int().min(0),
  events: z.array(z.custom<FoundEvent>((value) => typeof value === 'object' && value !== null)).max(1_000),
  /** Left out by a box of an older version. */
  detector: detectorSchema.optional(),
});

export const edgeClipSchema = z.object({
  cameraId,
  eventIds: z.array(z.uuid()).max(10_000),
  code: z.string().max(100).optional(),
  from: z.number(),
  to: z.number(),
});

export const edgeChunkSchema = z.object({
  cameraId,
  runId: z.uuid(),
  ruleVersion: z.number().int().min(0),
  from: z.number(),
  to: z.number(),
  observations: z.number().int(),
  tracks: z.number().int(),
});
