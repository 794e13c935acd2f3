import { z } from 'zod';
import { verdicts, workOrderPriorities, workOrderSorts, workOrderStates } from './work-order.ts';

/** PostgreSQL holds no U+0000. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((given) => !given.includes('\0'), 'must hold no U+0000');
const words = (most: number) => text(most).min(1);

const facts = {
  title: words(200),
  description: text(10_000),
  priority: z.enum(workOrderPriorities),
  /** A user who may work on orders of the site; null takes the owner away. */
  ownerId: z.uuid().nullable(),
  /** ISO 8601 with offset. */
  dueAt: z.iso.datetime({ offset: true }).nullable(),
};

export const orderInputSchema = z.strictObject({
  /** Asset, line, area or site it is about. */
  nodeId: z.uuid(),
  title: facts.title,
  description: facts.description.default(''),
  priority: facts.priority.default('normal'),
  ownerId: facts.ownerId.default(null),
  dueAt: facts.dueAt.default(null),
  checklist: z.array(words(500)).max(100).default([]),
  /** What it is raised from. */
  source: z
    .strictObject({
      kind: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
      id: words(200),
      link: z
        .string()
        .max(1000)
        .regex(/^\/(?!\/)/)
        .nullable()
        .default(null),
      title: text(300).default(''),
    })
    .nullable()
    .default(null),
  /** Entry of the ledger that proves what it is raised from. */
  findingId: z.uuid().nullable().default(null),
});
export type WorkOrderInput = z.input<typeof orderInputSchema>;

export const orderChangeSchema = z.strictObject({
  nodeId: z.uuid().optional(),
  title: facts.title.optional(),
  description: facts.description.optional(),
  priority: facts.priority.optional(),
  ownerId: facts.ownerId.optional(),
  dueAt: facts.dueAt.optional(),
  /** The whole list in its new order; an item with an id keeps its tick. */
  checklist: z
    .array(z.strictObject({ id: z.uuid().optional(), text: words(500) }))
    .max(100)
    .optional(),
});
export type WorkOrderChange = z.input<typeof orderChangeSchema>;

export const orderMoveSchema = z.strictObject({
  state: z.enum(workOrderStates),
  /** Needed to be done: what was found and what was done; the verdict where the order came from an alarm. */
  outcome: z
    .strictObject({
      cause: words(2000),
      action: words(2000),
      verdict: z.enum(verdicts).nullable().default(null),
    })
    .optional(),
});
export type WorkOrderMove = z.input<typeof orderMoveSchema>;

export const partInputSchema = z.strictObject({
  name: words(200),
  partNumber: text(100).default(''),
  quantity: z.number().positive().max(1e6).default(1),
});
export const timeInputSchema = z.strictObject({
  minutes: z.number().int().min(1).max(14_400),
  note: text(500).default(''),
});
export const commentInputSchema = z.strictObject({ text: words(4000) });

const listOf = <T extends readonly [string, ...string[]]>(allowed: T) =>
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(allowed)).min(1));

export const orderQuerySchema = z.object({
  /** Some of the states, with commas between. */
  state: listOf(workOrderStates).optional(),
  priority: z.enum(workOrderPriorities).optional(),
  /** Id of a user, `me` or `nobody`. */
  owner: z.union([z.uuid(), z.enum(['me', 'nobody'])]).optional(),
  siteId: z.uuid().optional(),
  /** A node with everything under it. */
  nodeId: z.uuid().optional(),
  sourceKind: z.string().max(60).optional(),
  sourceId: z.string().max(200).optional(),
  overdue: z.enum(['true', 'false']).optional(),
  /** Part of number, title, description, place, owner, source or outcome. */
  text: z.string().trim().min(1).max(200).optional(),
  sort: z.enum(workOrderSorts).default('number'),
  direction: z.enum(['asc', 'desc']).default('desc'),
});
export type WorkOrderQuery = z.output<typeof orderQuerySchema>;
