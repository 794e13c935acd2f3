import { type App, signedInActor } from '@millwright/http';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import type { EdgeBoxService } from './box-service.ts';
import { edgeFetchingSchema, edgeHealthSchema, edgeRefusedSchema } from './contract.ts';
import type { DesiredService } from './desired-service.ts';
import type { ExchangeService } from './exchange-service.ts';
import type { FleetService } from './fleet-service.ts';
import type { RolloutService } from './rollout-service.ts';
import { rolloutSettingsSchema } from './rollout-settings.ts';

const tags = ['edge'];
const id = z.object({ id: z.uuid() });
const document = z.record(z.string(), z.unknown());
const partError = z.object({ revision: z.number(), message: z.string() });
const box = z.object({
  id: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  name: z.string(),
  state: z.enum(['invited', 'online', 'away']),
  createdAt: z.string(),
  enrolledAt: z.string().nullable(),
  contactAt: z.string().nullable(),
  held: z.boolean(),
  desiredRevision: z.number(),
  revision: z.number().nullable(),
  errors: z.array(partError.extend({ part: z.string() })),
  refused: z.array(edgeRefusedSchema.extend({ part: z.string() })),
  aside: z.number(),
  reportedAt: z.string().nullable(),
  report: z
    .object({
      time: z.number(),
      version: z.string(),
      platform: z.string(),
      startedAt: z.number(),
      health: edgeHealthSchema,
      fetching: edgeFetchingSchema.optional(),
    })
    .nullable(),
});
const invitation = z.object({ box, code: z.string(), expiresAt: z.string() });
const command = z.object({
  id: z.string(),
  kind: z.enum(['restart', 'log']),
  level: z.string().nullable(),
  lines: z.number().nullable(),
  at: z.string(),
  by: z.string(),
  doneAt: z.string().nullable(),
  ok: z.boolean().nullable(),
  result: z.unknown(),
});
const revision = z.object({
  revision: z.number(),
  reason: z.enum(['change', 'rollout', 'rollback']),
  rolloutId: z.string().nullable(),
  by: z.string(),
  at: z.string(),
});
const detail = z.object({
  box,
  /** Something was changed that waits for a rollout. */
  waits: z.boolean(),
  desired: revision.nullable(),
  parts: z.array(
    z.object({
      part: z.string(),
      desired: document.nullable(),
      reported: document.nullable(),
      revision: z.number(),
      since: z.string().nullable(),
      error: partError.nullable(),
      refused: z.array(edgeRefusedSchema),
      figures: document,
      differences: z.array(
        z.object({
          path: z.array(z.string()),
          desired: z.unknown(),
          reported: z.unknown(),
          winner: z.enum(['box', 'server']),
        }),
      ),
    }),
  ),
  revisions: z.array(revision),
  streams: z.array(
    z.object({
      stream: z.string(),
      applied: z.number(),
      received: z.number(),
      duplicate: z.number(),
      late: z.number(),
      at: z.string(),
    }),
  ),
  holes: z.array(
    z.object({
      first: z.number(),
      last: z.number(),
      reason: z.enum(['disk-budget', 'damaged', 'forgotten']),
      part: z.string().nullable(),
      kind: z.string().nullable(),
      time: z.string().nullable(),
      at: z.string(),
    }),
  ),
  asides: z.array(
    z.object({
      id: z.string(),
      part: z.string(),
      kind: z.string(),
      code: z.string(),
      reason: z.string(),
      at: z.string(),
      payload: z.unknown(),
    }),
  ),
  commands: z.array(command),
});
const rolloutBox = z.object({
  boxId: z.string(),
  name: z.string(),
  siteId: z.string(),
  stage: z.number(),
  state: z.enum(['waiting', 'sent', 'healthy', 'failed', 'unchanged', 'away', 'rolled-back']),
  fromRevision: z.number().nullable(),
  toRevision: z.number().nullable(),
  sentAt: z.string().nullable(),
  healthySince: z.string().nullable(),
  reason: noteSchema.nullable(),
});
const rollout = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(['running', 'paused', 'done', 'failed', 'rolled-back']),
  stage: z.number(),
  stages: z.number(),
  settings: rolloutSettingsSchema,
  by: z.string(),
  at: z.string(),
  endedAt: z.string().nullable(),
  reason: noteSchema.nullable(),
  boxes: z.array(rolloutBox),
});

/** What people call: the fleet, box by box, and rollouts. */
export function fleetRoutes(
  app: App,
  parts: {
    boxes: EdgeBoxService;
    fleet: FleetService;
    exchange: ExchangeService;
    desired: DesiredService;
    rollouts: RolloutService;
  },
): void {
  const { boxes, fleet, exchange, desired, rollouts } = parts;
  app.get(
    '/api/cloud/edge/boxes',
    { schema: { tags, response: { 200: z.object({ items: z.array(box) }) } } },
    async (request) => ({ items: await boxes.list(signedInActor(request)) }),
  );
  app.post(
    '/api/cloud/edge/boxes',
    {
      schema: {
        tags,
        body: z.object({ siteId: z.uuid(), name: z.string().trim().min(1).max(100) }),
        response: { 201: invitation },
      },
    },
    async (request, reply) => {
      const invited = await boxes.create(signedInActor(request), request.body);
      reply.code(201);
      return invited;
    },
  );
  app.get('/api/cloud/edge/boxes/:id', { schema: { tags, params: id, response: { 200: detail } } }, async (request) =>
    fleet.detail(signedInActor(request), request.params.id),
  );
  app.patch(
    '/api/cloud/edge/boxes/:id',
    {
      schema: {
        tags,
        params: id,
        body: z.object({ name: z.string().trim().min(1).max(100).optional(), held: z.boolean().optional() }),
        response: { 200: box },
      },
    },
    async (request) => boxes.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    '/api/cloud/edge/boxes/:id',
    { schema: { tags, params: id, response: { 204: z.null() } } },
    async (request, reply) => {
      await boxes.remove(signedInActor(request), request.params.id);
      reply.code(204);
      return null;
    },
  );
  app.post(
    '/api/cloud/edge/boxes/:id/code',
    { schema: { tags, params: id, response: { 201: invitation } } },
    async (request, reply) => {
      const invited = await boxes.invite(signedInActor(request), request.params.id);
      reply.code(201);
      return invited;
    },
  );
  app.post(
    '/api/cloud/edge/boxes/:id/rollback',
    {
      schema: {
        tags,
        params: id,
        body: z.object({ revision: z.number().int().min(1) }),
        response: { 200: z.object({ revision: z.number() }) },
      },
    },
    async (request) => {
      const row = await desired.rollBack(signedInActor(request), request.params.id, request.body.revision);
      return { revision: row.revision };
    },
  );
  app.post(
    '/api/cloud/edge/boxes/:id/commands',
    {
      schema: {
        tags,
        params: id,
        body: z.object({
          kind: z.enum(['restart', 'log']),
          level: z.enum(['error', 'warn', 'info', 'debug']).optional(),
          lines: z.number().int().min(1).max(2000).optional(),
        }),
        response: { 202: command },
      },
    },
    async (request, reply) => {
      const given = await exchange.command(signedInActor(request), request.params.id, request.body);
      reply.code(202);
      return given;
    },
  );
  const commandId = z.object({ id: z.uuid(), commandId: z.uuid() });
  app.get(
    '/api/cloud/edge/boxes/:id/commands/:commandId',
    { schema: { tags, params: commandId, response: { 200: command } } },
    async (request) => exchange.commandOf(signedInActor(request), request.params.id, request.params.commandId),
  );
  const messageId = z.object({ id: z.uuid(), messageId: z.uuid() });
  app.post(
    '/api/cloud/edge/boxes/:id/aside/:messageId',
    {
      schema: {
        tags,
        params: messageId,
        body: z.object({ how: z.enum(['again', 'dismiss']) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await fleet.settle(signedInActor(request), request.params.id, request.params.messageId, request.body.how);
      reply.code(204);
      return null;
    },
  );
  app.get(
    '/api/cloud/edge/rollouts',
    { schema: { tags, response: { 200: z.object({ items: z.array(rollout) }) } } },
    async (request) => ({ items: await rollouts.list(signedInActor(request)).then((items) => items.map(plain)) }),
  );
  app.post(
    '/api/cloud/edge/rollouts',
    {
      schema: {
        tags,
        body: z
          .object({
            name: z.string().trim().min(1).max(100),
            boxIds: z.array(z.uuid()).min(1).max(2000).optional(),
            percent: z.array(z.number().min(0).max(100)).min(1).max(20).optional(),
            stages: z.array(z.array(z.uuid()).min(1)).min(1).max(20).optional(),
            settings: rolloutSettingsSchema.prefault({}),
          })
          .refine(({ boxIds, stages }) => (boxIds === undefined) !== (stages === undefined), {
            message: 'Name the boxes, or the boxes of each stage.',
          }),
        response: { 201: rollout },
      },
    },
    async (request, reply) => {
      const started = await rollouts.start(signedInActor(request), request.body);
      reply.code(201);
      return plain(started);
    },
  );
  app.get(
    '/api/cloud/edge/rollouts/:id',
    { schema: { tags, params: id, response: { 200: rollout } } },
    async (request) => plain(await rollouts.rollout(signedInActor(request), request.params.id)),
  );
  app.post(
    '/api/cloud/edge/rollouts/:id/:step',
    {
      schema: {
        tags,
        params: id.extend({ step: z.enum(['pause', 'resume', 'rollback']) }),
        response: { 200: rollout },
      },
    },
    async (request) => {
      const { id, step } = request.params;
      const steps = { pause: 'pause', resume: 'resume', rollback: 'rollBack' } as const;
      return plain(await rollouts[steps[step]](signedInActor(request), id));
    },
  );
}

const plain = <T extends { readonly boxes: readonly unknown[] }>(one: T) => ({
  ...one,
  boxes: [...(one.boxes as T['boxes'][number][])],
});
