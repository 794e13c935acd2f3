import { type Severity, severities } from '@millwright/kernel';
import { z } from 'zod';
import { anchors } from '../geometry/anchor.ts';
import type { Point } from '../geometry/point.ts';
import { ruleNotes } from './notes.ts';
import { scheduleSchema } from './schedule.ts';

/** As written in a rules file: x and y in fractions of the picture, from the top left corner. */
export const pointSchema = z
  .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
  .describe('[x, y] in fractions of the picture (0 to 1), from the top left corner');
export type DrawnPoint = z.output<typeof pointSchema>;

export const lineSchema = z.array(pointSchema).min(2).max(100).describe('Two or more points of a line');
export const zoneSchema = z
  .array(pointSchema)
  .min(3)
  .max(200)
  .describe('Corners of a zone; left out: the whole picture');

const seconds = z.number().min(0).max(86_400);

/** What every kind of rule has. */
export const commonFields = {
  id: z
    .string()
    .regex(/^[\w.-]{1,64}$/, ruleNotes['id-form']().text)
    .describe('Names the rule in events and counts; each once in a file'),
  name: z.string().max(200).optional().describe('For people'),
  enabled: z.boolean().default(true),
  classes: z.array(z.string().min(1).max(64)).min(1).max(100).optional().describe('Only things of these labels'),
  minimumScore: z.number().min(0).max(1).default(0).describe('Only things detected with at least this score'),
  anchor: z.enum(anchors).default('foot').describe('The point of a box that stands for the thing'),
  schedule: scheduleSchema.optional().describe('When the rule is in force; left out: always'),
  severity: z.enum(severities).default('warning'),
  cooldown: seconds.default(10).describe('Seconds after an event in which the rule makes no other'),
};

export const dwell = (fallback: number) =>
  seconds.default(fallback).describe('Seconds for which it must be so before there is an event');

export const toPoints = (drawn: readonly DrawnPoint[]): Point[] => drawn.map(([x, y]) => ({ x, y }));

/** The fields that the engine itself looks at. */
export interface CommonSettings {
  readonly id: string;
  readonly kind: string;
  readonly name?: string | undefined;
  readonly enabled: boolean;
  readonly classes?: readonly string[] | undefined;
  readonly minimumScore: number;
  readonly schedule?: z.output<typeof scheduleSchema> | undefined;
  readonly severity: Severity;
  readonly cooldown: number;
}
