import { type App, signedInActor } from '@millwright/http';
import { severities } from '@millwright/kernel';
import { z } from 'zod';
import { alertStates } from './alert-state.ts';
import { alertLanguages } from './attention.ts';
import { channelFilterSchema } from './channel-filter.ts';
import { channelChangeSchema, channelInputSchema } from './channel-input.ts';
import { channelKinds } from './channels/registry.ts';
import { quietHoursSchema } from './quiet-hours.ts';
import type { AlertService } from './service.ts';

const tags = ['alerts'];
const params = z.object({ id: z.uuid() });
const text = z.union([z.string(), z.object({ en: z.string(), 'zh-CN': z.string(), 'zh-TW': z.string() })]);
const severity = z.enum(severities);
const state = z.enum(['waiting', 'delivered', 'undelivered', 'cancelled']);
const failure = z
  .object({ code: z.string(), message: z.string(), status: z.number(), details: z.record(z.string(), z.unknown()) })
  .nullable();

const channel = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  siteId: z.string().nullable(),
  siteName: z.string().nullable(),
  config: z.record(z.string(), z.unknown()),
  secret: z.string().nullable(),
  language: z.enum(alertLanguages),
  filter: channelFilterSchema,
  groupSeconds: z.number(),
  quiet: quietHoursSchema.nullable(),
  mostPerMinute: z.number(),
  retryHours: z.number(),
  createdAt: z.string(),
  paused: z.boolean(),
  removed: z.boolean(),
  gathering: z.number(),
  held: z.number(),
  nextAt: z.string().nullable(),
  waiting: z.number(),
  delivered: z.number(),
  undelivered: z.number(),
  lastDeliveredAt: z.string().nullable(),
});

const delivery = z.object({
  id: z.string(),
  channel: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
  purpose: z.enum(['alerts', 'test']),
  digest: z.boolean(),
  severity,
  title: text,
  alerts: z.number(),
  createdAt: z.string(),
  state,
  attempts: z.number(),
  nextAt: z.string().nullable(),
  giveUpAt: z.string(),
  settledAt: z.string().nullable(),
  receipt: z.string().nullable(),
  error: failure,
});

const alert = z.object({
  id: z.string(),
  module: z.string(),
  kind: z.string(),
  severity,
  siteId: z.string().nullable(),
  siteName: z.string().nullable(),
  subject: z.string(),
  title: text,
  text,
  at: z.string(),
  raisedAt: z.string(),
  link: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  picture: z.string().nullable(),
  pictureRight: z.string().nullable(),
  state: z.enum(alertStates),
  handledAt: z.string().nullable(),
  handledBy: z.string().nullable(),
  note: z.string(),
});
const told = { channels: z.number(), delivered: z.number(), undelivered: z.number() };
const counted = alert.extend(told);

const group = z.object({
  newest: alert,
  ...{ count: z.number(), open: z.number(), acknowledged: z.number(), severity, firstAt: z.string() },
  ...told,
});

const alertDelivery = z.object({
  id: z.string().nullable(),
  channel: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
  state: z.enum(['gathering', 'held', 'waiting', 'delivered', 'undelivered', 'cancelled']),
  attempts: z.number(),
  nextAt: z.string().nullable(),
  settledAt: z.string().nullable(),
  error: failure,
});

const handleBody = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(5000).optional(),
    group: z
      .strictObject({
        ...{ module: z.string().max(60), kind: z.string().max(60), subject: z.string().max(500) },
        siteId: z.uuid().nullable(),
      })
      .optional(),
    state: z.enum(alertStates),
    note: z.string().trim().max(2000).default(''),
  })
  .refine(({ ids, group }) => (ids === undefined) !== (group === undefined), 'either ids or group');

const deliveryWithAlerts = delivery.extend({
  tries: z.array(
    z.object({
      number: z.number(),
      at: z.string(),
      endedAt: z.string().nullable(),
      receipt: z.string().nullable(),
      error: failure,
    }),
  ),
  items: z.array(alert),
});

const page = {
  /** Id of the last row of the page before; of groups, of the newest alert of the last one. */
  after: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

const alertQuery = z.object({
  state: z.enum([...alertStates, 'unresolved']).optional(),
  severity: severity.optional(),
  ...{ module: z.string().max(60).optional(), kind: z.string().max(60).optional() },
  ...{ subject: z.string().max(500).optional(), siteId: z.uuid().optional() },
  /** Part of title, text or the site's name, in any language. */
  text: z.string().trim().min(1).max(200).optional(),
  ...page,
});

export function alertRoutes(app: App, alerts: AlertService): void {
  const at = '/api/cloud/alerts';
  app.get(
    at,
    {
      schema: {
        tags,
        summary: 'What was raised, newest first',
        querystring: alertQuery,
        response: { 200: z.object({ items: z.array(counted) }) },
      },
    },
    async (request) => ({ items: await alerts.raised.list(signedInActor(request), request.query) }),
  );
  app.get(
    `${at}/groups`,
    {
      schema: {
        tags,
        summary: 'What was raised, by module, kind, subject and site; the group with the newest alert first',
        querystring: alertQuery,
        response: { 200: z.object({ items: z.array(group) }) },
      },
    },
    async (request) => ({ items: await alerts.raised.groups(signedInActor(request), request.query) }),
  );
  app.post(
    `${at}/handle`,
    {
      schema: {
        tags,
        summary: 'Acknowledge, resolve or reopen alerts: some, or all of a group; answers what they were before',
        body: handleBody,
        response: { 200: z.object({ changed: z.array(z.object({ id: z.string(), before: z.enum(alertStates) })) }) },
      },
    },
    async (request) => ({ changed: await alerts.raised.handle(signedInActor(request), request.body) }),
  );
  app.get(
    `${at}/:id`,
    {
      schema: {
        tags,
        summary: 'One alert, and what became of it on its way to each channel',
        params,
        response: {
          200: counted.extend({ deliveries: z.array(alertDelivery), showsPicture: z.boolean() }),
        },
      },
    },
    async (request) => alerts.raised.one(signedInActor(request), request.params.id),
  );
  app.get(
    `${at}/:id/picture`,
    { schema: { tags, summary: 'The picture of an alert, JPEG or PNG', params } },
    async (request, reply) => {
      const picture = await alerts.raised.picture(signedInActor(request), request.params.id);
      return reply.type('image/jpeg').header('cache-control', 'private, max-age=3600').send(picture);
    },
  );
  channelRoutes(app, alerts);
  deliveryRoutes(app, alerts);
}

function channelRoutes(app: App, alerts: AlertService): void {
  const at = '/api/cloud/alerts/channels';
  app.get(
    '/api/cloud/alerts/channel-kinds',
    {
      schema: {
        tags,
        summary: 'Kinds of channels with the schema of their settings',
        response: {
          200: z.object({
            items: z.array(z.object({ kind: z.string(), signs: z.boolean(), schema: z.unknown() })),
            mail: z.boolean(),
          }),
        },
      },
    },
    async (request) => {
      const { mail } = alerts.facts(signedInActor(request));
      const items = channelKinds.map(({ kind, signs, configSchema }) => ({
        ...{ kind, signs },
        schema: z.toJSONSchema(configSchema, { unrepresentable: 'any', io: 'input' }),
      }));
      return { items, mail };
    },
  );
  app.get(at, { schema: { tags, response: { 200: z.object({ items: z.array(channel) }) } } }, async (request) => ({
    items: await alerts.channels(signedInActor(request)),
  }));
  app.get(`${at}/:id`, { schema: { tags, params, response: { 200: channel } } }, async (request) =>
    alerts.channel(signedInActor(request), request.params.id),
  );
  app.post(
    at,
    {
      schema: {
        tags,
        summary: 'Add a channel; the secret of a webhook is in this answer only',
        body: channelInputSchema,
        response: { 201: z.object({ channel, secret: z.string().nullable() }) },
      },
    },
    async (request, reply) => {
      const created = await alerts.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.patch(
    `${at}/:id`,
    { schema: { tags, params, body: channelChangeSchema, response: { 200: channel } } },
    async (request) => alerts.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(`${at}/:id`, { schema: { tags, params, response: { 204: z.null() } } }, async (request, reply) => {
    await alerts.remove(signedInActor(request), request.params.id);
    reply.code(204);
    return null;
  });
  app.post(
    `${at}/:id/restore`,
    { schema: { tags, summary: 'Bring back a channel that was removed', params, response: { 200: channel } } },
    async (request) => alerts.restore(signedInActor(request), request.params.id),
  );
  app.post(
    `${at}/:id/secret`,
    {
      schema: {
        tags,
        summary: 'Make a new secret; it is in this answer only, and the one before signs too until previousUntil',
        params,
        response: { 200: z.object({ secret: z.string(), previousUntil: z.string() }) },
      },
    },
    async (request) => alerts.renewSecret(signedInActor(request), request.params.id),
  );
  app.post(
    `${at}/:id/test`,
    { schema: { tags, summary: 'Send a test now, once', params, response: { 200: deliveryWithAlerts } } },
    async (request) => alerts.test(signedInActor(request), request.params.id),
  );
}

function deliveryRoutes(app: App, alerts: AlertService): void {
  const at = '/api/cloud/alerts/deliveries';
  app.get(
    at,
    {
      schema: {
        tags,
        summary: 'Messages to channels and what became of them, newest first',
        querystring: z.object({ state: state.optional(), channelId: z.uuid().optional(), ...page }),
        response: { 200: z.object({ items: z.array(delivery) }) },
      },
    },
    async (request) => {
      return { items: await alerts.deliveries(signedInActor(request), request.query) };
    },
  );
  app.get(`${at}/:id`, { schema: { tags, params, response: { 200: deliveryWithAlerts } } }, async (request) =>
    alerts.delivery(signedInActor(request), request.params.id),
  );
  app.post(
    `${at}/:id/resend`,
    { schema: { tags, summary: 'Try again what was not delivered', params, response: { 200: delivery } } },
    async (request) => alerts.resend(signedInActor(request), request.params.id),
  );
}
