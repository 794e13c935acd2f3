import { z } from 'zod';
import { rulesFileSchema } from '../rules/rules-file.ts';

/** Points of a line or zone within a query: a JSON list of [x, y] in fractions of the picture. */
const drawn = (least: number) =>
  z
    .string()
    .max(10_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'is no JSON' });
        return z.NEVER;
      }
    })
    .pipe(
      z
        .array(z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]))
        .min(least)
        .max(200),
    );

export const trackSpan = z.object({
  camera: z.uuid(),
  from: z.coerce.date(),
  to: z.coerce.date(),
  label: z.string().max(64).optional(),
});

export const heatMapQuery = trackSpan.extend({
  columns: z.coerce.number().int().min(4).max(256).default(64),
  rows: z.coerce.number().int().min(4).max(256).default(36),
});

export const searchQuery = trackSpan.extend({ zone: drawn(3).optional(), line: drawn(2).optional() });

export const heatMapAnswer = z.object({ columns: z.number(), rows: z.number(), seconds: z.array(z.number()) });

const followed = { runId: z.string(), track: z.number(), label: z.string(), from: z.string(), to: z.string() };

export const pathsAnswer = z.object({
  items: z.array(z.object({ ...followed, points: z.array(z.tuple([z.number(), z.number()])) })),
});

export const searchAnswer = z.object({
  items: z.array(
    z.object({
      ...followed,
      dwellSeconds: z.number(),
      /** Where a line was asked for. */
      direction: z.enum(['in', 'out']).nullable(),
      confirmed: z.boolean(),
    }),
  ),
});

export const recountInput = z.object({ rules: rulesFileSchema, from: z.coerce.date(), to: z.coerce.date() });

const figures = z.object({
  counts: z.record(z.string(), z.number()),
  events: z.number(),
  unconfirmed: z.number(),
  /** Nothing was looked for at the time by which this rule could have found something: the noughts are none. */
  unjudged: z.literal(true).optional(),
});

export const recountAnswer = z.object({
  /** Of the rules in force. */
  ruleVersion: z.number(),
  rules: z.array(z.object({ rule: z.string(), kind: z.string(), old: figures.nullable(), new: figures.nullable() })),
});

export type RecountAnswer = z.output<typeof recountAnswer>;
export type TrackSpan = z.output<typeof trackSpan>;
export type HeatMapQuery = z.output<typeof heatMapQuery>;
export type SearchQuery = z.output<typeof searchQuery>;
export type RecountInput = z.output<typeof recountInput>;
