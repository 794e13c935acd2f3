import { z } from 'zod';
import { cameraSource } from '../stations/camera/camera-source-schema.ts';
import { cameraState } from '../stations/camera/camera-state.ts';
import { keepRules, keptByRules } from '../stations/keep/keep-rules.ts';
import type { Judged } from '../work/messages.ts';

/** What a box and its server say to each other of stations. */

/** Fields of the document that belong to the box: it may reach folder and camera by another way. */
export const boxFields: readonly string[] = ['stations.*.folder', 'stations.*.camera.url'];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const boxStation = z.object({
  id: z.uuid(),
  name: z.string(),
  inspectionId: z.uuid(),
  version: z.number().int(),
  model: sha256,
  folder: z.string().nullable(),
  camera: cameraSource.nullable(),
  keep: keepRules,
  lot: z.string().nullable().default(null).describe('id of the lot that is open; null: none is'),
});
export type BoxStation = z.output<typeof boxStation>;

export const boxDocument = z.object({ stations: z.array(boxStation).default([]) });

/** What was judged, without the heat map, which is a file. */
type BoxJudged = Omit<Judged, 'heatmap'>;
const judged = z.custom<BoxJudged>((value) => {
  const { verdict, score, threshold, boxes } = (value ?? {}) as Partial<Record<keyof BoxJudged, unknown>>;
  const isNumber = (one: unknown) => one === null || Number.isFinite(one);
  return (
    ['ok', 'ng', 'refused'].includes(String(verdict)) && isNumber(score) && isNumber(threshold) && Array.isArray(boxes)
  );
}, 'must be a judgement');

/** A verdict; its files are `picture` and `heatmap.png`, where they are kept. */
export const boxVerdict = z.object({
  stationId: z.uuid(),
  inspectionId: z.uuid(),
  version: z.number().int(),
  model: sha256,
  name: z.string().min(1).max(300),
  hash: sha256,
  outcome: z.union([z.string().max(100), judged]),
  milliseconds: z.number(),
  keptBy: z.enum(keptByRules).nullable(),
  bytes: z.number(),
});
export type BoxVerdict = z.output<typeof boxVerdict>;

/** How the stations of a box do, by their ids. */
export const boxFigures = z.object({
  stations: z
    .record(
      z.string(),
      z.object({
        name: z.string(),
        judged: z.number(),
        problem: z.string().nullable(),
        camera: cameraState.nullable(),
      }),
    )
    .default({}),
});
export type BoxFigures = z.output<typeof boxFigures>;
