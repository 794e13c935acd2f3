import type { Readable } from 'node:stream';
import { type App, sendAttachment, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  commentInputSchema,
  orderChangeSchema,
  orderInputSchema,
  orderMoveSchema,
  orderQuerySchema,
  partInputSchema,
  timeInputSchema,
} from './order-input.ts';
import { ordersCsv } from './orders-csv.ts';
import { mostPhotoBytes } from './photo-type.ts';
import type { WorkOrderService } from './service.ts';
import { verdicts, workOrderPriorities, workOrderStates } from './work-order.ts';

const tags = ['orders'];
const params = z.object({ id: z.uuid() });
const said = { id: z.string(), by: z.string(), at: z.string() };

const facts = z.object({
  ...{ id: z.string(), number: z.number(), title: z.string() },
  ...{ siteId: z.string(), siteName: z.string(), timezone: z.string(), nodeId: z.string(), nodeName: z.string() },
  ...{ priority: z.enum(workOrderPriorities), state: z.enum(workOrderStates) },
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  ...{ dueAt: z.string().nullable(), overdue: z.boolean() },
  ...{ checked: z.number(), toCheck: z.number(), minutes: z.number() },
  source: z.object({ kind: z.string(), id: z.string(), link: z.string().nullable(), title: z.string() }).nullable(),
  outcome: z.object({ cause: z.string(), action: z.string(), verdict: z.enum(verdicts).nullable() }).nullable(),
  ...{ createdAt: z.string(), createdBy: z.string(), changedAt: z.string(), closedAt: z.string().nullable() },
});

const order = facts.extend({
  description: z.string(),
  findingId: z.string().nullable(),
  checklist: z.array(
    z.object({ id: z.string(), text: z.string(), done: z.object({ by: z.string(), at: z.string() }).nullable() }),
  ),
  parts: z.array(z.object({ ...said, name: z.string(), partNumber: z.string(), quantity: z.number() })),
  times: z.array(z.object({ ...said, minutes: z.number(), note: z.string() })),
  photos: z.array(
    z.object({
      ...{ hash: z.string(), name: z.string(), mediaType: z.string(), size: z.number() },
      ...{ by: z.string(), at: z.string() },
    }),
  ),
  comments: z.array(z.object({ ...said, text: z.string() })),
  asksVerdict: z.boolean(),
});

const at = '/api/cloud/orders';
const response = { 200: order };

export function orderRoutes(app: App, orders: WorkOrderService): void {
  app.get(
    at,
    {
      schema: {
        tags,
        summary: 'Work orders that fit, and how many there are in all',
        querystring: orderQuerySchema.extend({
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: z.object({ items: z.array(facts), total: z.number() }) },
      },
    },
    async (request) => {
      const { offset, limit, ...query } = request.query;
      return orders.list(signedInActor(request), query, { offset, limit });
    },
  );
  app.get(
    `${at}/export`,
    { schema: { tags, summary: 'The same as CSV, all of them', querystring: orderQuerySchema } },
    async (request, reply) => {
      const pages = orders.pages(signedInActor(request), request.query);
      const mediaType = 'text/csv; charset=utf-8';
      return sendAttachment(reply, { name: 'work-orders.csv', mediaType, pieces: ordersCsv(pages) });
    },
  );
  app.get(
    `${at}/people`,
    {
      schema: {
        tags,
        summary: 'Who may own work orders of a site',
        querystring: z.object({ siteId: z.uuid() }),
        response: {
          200: z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), displayName: z.string() })) }),
        },
      },
    },
    async (request) => ({ items: await orders.people(signedInActor(request), request.query.siteId) }),
  );
  app.post(
    at,
    { schema: { tags, summary: 'Raise a work order', body: orderInputSchema, response: { 201: order } } },
    async (request, reply) => {
      const created = await orders.create(signedInActor(request), request.body);
      reply.code(201);
      return whole(created);
    },
  );
  app.get(`${at}/:id`, { schema: { tags, params, response } }, async (request) =>
    whole(await orders.one(signedInActor(request), request.params.id)),
  );
  app.patch(`${at}/:id`, { schema: { tags, params, body: orderChangeSchema, response } }, async (request) =>
    whole(await orders.change(signedInActor(request), request.params.id, request.body)),
  );
  app.get(
    `${at}/:id/history`,
    {
      schema: {
        tags,
        summary: 'What was done to a work order, newest first, as the ledger has it',
        params,
        response: {
          200: z.object({
            items: z.array(
              z.object({
                ...{ id: z.string(), type: z.string(), by: z.string(), at: z.string() },
                content: z.unknown(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => {
      const entries = await orders.history(signedInActor(request), request.params.id);
      return {
        items: entries.map(({ id, type, actor, at: when, content }) => ({
          id,
          type,
          by: actor.name,
          at: when,
          content,
        })),
      };
    },
  );
  workRoutes(app, orders);
}

/** What whoever works on an order does to it; each answers the order as it is then. */
function workRoutes(app: App, orders: WorkOrderService): void {
  app.post(
    `${at}/:id/move`,
    { schema: { tags, summary: 'Begin, put back, close, cancel or reopen', params, body: orderMoveSchema, response } },
    async (request) => whole(await orders.move(signedInActor(request), request.params.id, request.body)),
  );
  app.post(
    `${at}/:id/checklist/:item`,
    {
      schema: {
        ...{ tags, summary: 'Tick an item of the checklist, or take the tick away' },
        params: params.extend({ item: z.uuid() }),
        ...{ body: z.strictObject({ done: z.boolean() }), response },
      },
    },
    async (request) => {
      const { id, item } = request.params;
      return whole(await orders.tick(signedInActor(request), id, item, request.body.done));
    },
  );
  app.post(`${at}/:id/comments`, { schema: { tags, params, body: commentInputSchema, response } }, async (request) =>
    whole(await orders.comment(signedInActor(request), request.params.id, request.body)),
  );
  app.post(`${at}/:id/parts`, { schema: { tags, params, body: partInputSchema, response } }, async (request) =>
    whole(await orders.addPart(signedInActor(request), request.params.id, request.body)),
  );
  const one = params.extend({ one: z.uuid() });
  app.delete(`${at}/:id/parts/:one`, { schema: { tags, params: one, response } }, async (request) =>
    whole(await orders.removePart(signedInActor(request), request.params.id, request.params.one)),
  );
  app.post(`${at}/:id/times`, { schema: { tags, params, body: timeInputSchema, response } }, async (request) =>
    whole(await orders.addTime(signedInActor(request), request.params.id, request.body)),
  );
  app.delete(`${at}/:id/times/:one`, { schema: { tags, params: one, response } }, async (request) =>
    whole(await orders.removeTime(signedInActor(request), request.params.id, request.params.one)),
  );
  app.post(
    `${at}/:id/photos`,
    {
      bodyLimit: mostPhotoBytes + 1_000_000,
      schema: {
        tags,
        summary: 'Add a photo: JPEG, PNG or WebP as application/octet-stream, at most 15 MB',
        params,
        querystring: z.object({ name: z.string().trim().min(1).max(200).default('photo') }),
        response,
      },
    },
    async (request) => {
      const { params: of, query, body } = request;
      return whole(await orders.addPhoto(signedInActor(request), of.id, query.name, body as Readable));
    },
  );
  const photo = params.extend({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
  app.get(`${at}/:id/photos/:hash`, { schema: { tags, summary: 'A photo', params: photo } }, async (request, reply) => {
    const { id, hash } = request.params;
    const { content, mediaType } = await orders.photo(signedInActor(request), id, hash);
    return reply.type(mediaType).header('cache-control', 'private, max-age=3600').send(content);
  });
  app.delete(`${at}/:id/photos/:hash`, { schema: { tags, params: photo, response } }, async (request) =>
    whole(await orders.removePhoto(signedInActor(request), request.params.id, request.params.hash)),
  );
}

/** Lists that schemas of answers take to be their own. */
const whole = (found: Awaited<ReturnType<WorkOrderService['one']>>): z.input<typeof order> => ({
  ...found,
  ...{ checklist: [...found.checklist], parts: [...found.parts], times: [...found.times] },
  ...{ photos: [...found.photos], comments: [...found.comments] },
});
