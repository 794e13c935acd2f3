import { z } from 'zod';
import { faultNames } from '../line/faults.ts';
import { handshakeSettings } from '../line/handshake-settings.ts';
import { lineAddresses, shownSchema } from '../line/line-schemas.ts';
import { lotNumber } from '../lots/schemas.ts';
import { cameraSource } from '../stations/camera/camera-source-schema.ts';
import { cameraState } from '../stations/camera/camera-state.ts';
import { keepRules, keptByRules } from '../stations/keep/keep-rules.ts';
import type { Judged } from '../work/messages.ts';

/** What a box and its server say to each other of stations. */

/** Fields of the document that belong to the box: it may reach folder and camera by another way, and opens its ports itself. */
export const boxFields: readonly string[] = ['stations.*.folder', 'stations.*.camera.url', 'line.*'];

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
  lot: z.string().nullable().default(null).describe('number of the lot that is open; null: none is'),
  handshake: handshakeSettings.nullable().default(null),
});
export type BoxStation = z.output<typeof boxStation>;

const port = z.number().int().min(0).max(65_535).nullable().default(null);
/** Where the line reaches the stations of a box; a protocol without a port is not spoken. */
export const boxLine = z.object({
  host: z.string().min(1).max(253).default('0.0.0.0'),
  modbusPort: port,
  opcuaPort: port,
  opcuaSecurity: z.enum(['required', 'optional']).default('required'),
  mqttUrl: z.string().max(1000).nullable().default(null).describe('of a broker, with name and password'),
});
export type BoxLineSettings = z.output<typeof boxLine>;

export const boxDocument = z.object({ stations: z.array(boxStation).default([]), line: boxLine.prefault({}) });

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
  partId: z.string().max(64).optional(),
  resultId: z.number().int().optional(),
  lot: lotNumber.optional().describe('that the line said the part is of'),
});
export type BoxVerdict = z.output<typeof boxVerdict>;

/** A station went into its fail-safe state. */
export const boxFault = z.object({
  stationId: z.uuid(),
  code: z.enum(faultNames),
  partId: z.string().nullable(),
  resultId: z.number().int().nullable(),
});
export type BoxFault = z.output<typeof boxFault>;
/** It came out of it. */
export const boxFaultEnd = z.object({
  stationId: z.uuid(),
  faultId: z.uuid(),
  resetBy: z.string().max(200).nullable(),
});
export type BoxFaultEnd = z.output<typeof boxFaultEnd>;
/** The line said that the lot is over. */
export const boxLotEnd = z.object({ stationId: z.uuid() });

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
        line: z
          .object({ shown: shownSchema, ...lineAddresses })
          .nullable()
          .default(null),
      }),
    )
    .default({}),
});
export type BoxFigures = z.output<typeof boxFigures>;
