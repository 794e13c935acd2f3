import { verdicts } from '@millwright/cloud';
import { type App, signedInActor } from '@millwright/http';
import { noteSchema, severities } from '@millwright/kernel';
import { z } from 'zod';
import type { ModelHealthService } from '../model-health/service.ts';
import { incidentSorts } from './incidents/repository.ts';
import type { IncidentService } from './incidents/service.ts';
import type { MonitorService } from './service.ts';
import { monitorStates, versionRoles, watchMethods } from './types.ts';

const tags = ['orion'];
const params = z.object({ id: z.uuid() });
const time = z.iso.datetime({ offset: true });
const words = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((given) => !given.includes('\0'), 'must hold no U+0000');
const reason = words(2000);

const sensor = z.object({
  ...{ pointId: z.string(), number: z.number(), name: z.string(), unit: z.string(), quantity: z.string().nullable() },
});
const kept = z.object({
  ...{ perWeek: z.number(), threshold: z.number(), release: z.number(), expected: z.number() },
  ...{ low: z.number(), high: z.number(), weeks: z.number(), seen: z.number() },
  ...{ how: z.enum(['counted', 'tail']), moreWeeks: z.number() },
});
const rate = z.object({
  ...{ count: z.number(), weeks: z.number(), perWeek: z.number(), low: z.number(), high: z.number() },
});
const version = z.object({
  ...{ version: z.number(), role: z.enum(versionRoles), method: z.string(), stepMs: z.number() },
  ...{ from: z.string(), to: z.string(), rows: z.number(), trainedAt: z.string(), liveAt: z.string().nullable() },
  ...{ scoredTo: z.string().nullable(), late: z.number(), kept, alarms: z.number(), falseAlarms: rate },
});
const facts = z.object({
  ...{ id: z.string(), name: z.string(), siteId: z.string(), siteName: z.string(), timezone: z.string() },
  ...{ nodeId: z.string(), nodeName: z.string(), state: z.enum(monitorStates) },
  health: z.number().nullable(),
  trend: z.array(z.number().nullable()),
  ...{ sensors: z.number(), perWeek: z.number(), falsePerWeek: z.number().nullable(), openIncidents: z.number() },
  ...{ scoredTo: z.string().nullable(), liveVersion: z.number().nullable(), shadowVersion: z.number().nullable() },
});
const monitor = facts.extend({
  modelId: z.string(),
  sensors: z.array(sensor),
  versions: z.array(version),
  leadTime: z
    .object({ ...{ count: z.number(), medianHours: z.number(), low: z.number(), high: z.number() } })
    .nullable(),
  job: z.object({ id: z.string(), state: z.string(), progress: z.number() }).nullable(),
});
const period = z.object({ from: z.number(), to: z.number() });

const learning = { from: time, to: time, method: z.enum(watchMethods).default('pca') };

const incident = z.object({
  ...{ id: z.string(), number: z.number(), siteId: z.string(), siteName: z.string(), timezone: z.string() },
  ...{ nodeId: z.string(), nodeName: z.string(), state: z.enum(['open', 'closed']), severity: z.enum(severities) },
  ...{
    from: z.string(),
    to: z.string(),
    ended: z.boolean(),
    verdict: z.enum(verdicts).nullable(),
    comment: z.string(),
  },
  ...{ failedAt: z.string().nullable(), judgedAt: z.string().nullable(), judgedBy: z.string().nullable() },
  ...{ orderId: z.string().nullable(), leading: z.string().nullable() },
});
const wholeIncident = incident.extend({
  alarms: z.array(
    z.object({
      ...{ id: z.string(), monitorId: z.string(), monitorName: z.string(), version: z.number() },
      ...{ from: z.string(), to: z.string(), ended: z.boolean(), peak: z.number(), threshold: z.number() },
      findingId: z.string().nullable(),
    }),
  ),
  blame: z.array(sensor.extend({ share: z.number() })),
  similar: z.array(
    incident.extend({ likeness: z.number(), cause: z.string().nullable(), action: z.string().nullable() }),
  ),
  ...{ quality: z.array(noteSchema), hints: z.array(noteSchema), dueHours: z.number() },
});

const at = '/api/orion/monitors';

export function monitorRoutes(app: App, monitors: MonitorService): void {
  app.get(
    at,
    { schema: { tags, summary: 'Watched assets', response: { 200: z.object({ items: z.array(facts) }) } } },
    async (request) => ({ items: answered(await monitors.list(signedInActor(request))) }),
  );
  app.get(
    `${at}/proposal`,
    {
      schema: {
        ...{ tags, summary: 'What may be watched of an asset, and the period that is best learnt from' },
        querystring: z.object({ nodeId: z.uuid() }),
        response: {
          200: z.object({
            ...{ nodeId: z.string(), name: z.string(), siteId: z.string(), timezone: z.string() },
            points: z.array(sensor.extend({ kind: z.string(), proposed: z.boolean(), readings: z.number() })),
            days: z.array(z.object({ day: z.number(), count: z.number() })),
            ...{ period: period.nullable(), incidents: z.array(period) },
          }),
        },
      },
    },
    async (request) => answered(await monitors.propose(signedInActor(request), request.query.nodeId)),
  );
  app.post(
    at,
    {
      schema: {
        ...{ tags, summary: 'Watch an asset: its model is learnt by a job' },
        body: z
          .strictObject({
            ...{ nodeId: z.uuid(), name: words(100).optional(), pointIds: z.array(z.uuid()).min(1).max(200) },
            ...learning,
            perWeek: z.number().positive().max(1000).default(0.25),
          })
          .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'from must lie before to'),
        response: { 201: monitor },
      },
    },
    async (request, reply) => {
      const made = await monitors.create(signedInActor(request), request.body);
      reply.code(201);
      return answered(made);
    },
  );
  app.get(`${at}/:id`, { schema: { tags, params, response: { 200: monitor } } }, async (request) =>
    answered(await monitors.one(signedInActor(request), request.params.id)),
  );
  app.delete(`${at}/:id`, { schema: { tags, params, response: { 204: z.null() } } }, async (request, reply) => {
    await monitors.remove(signedInActor(request), request.params.id);
    reply.code(204);
    return null;
  });
  app.get(
    `${at}/:id/health`,
    {
      schema: {
        ...{ tags, summary: 'Its health in time', params },
        querystring: z.object({ days: z.coerce.number().min(1).max(3660).default(90) }),
        response: {
          200: z.object({ items: z.array(z.object({ time: z.string(), lowest: z.number(), mean: z.number() })) }),
        },
      },
    },
    async (request) => ({
      items: await monitors.health(signedInActor(request), request.params.id, request.query.days),
    }),
  );
  app.post(
    `${at}/:id/learn`,
    {
      schema: {
        ...{ tags, summary: 'Learn another version, which runs beside the live one', params },
        ...{ body: z.strictObject(learning), response: { 200: monitor } },
      },
    },
    async (request) => answered(await monitors.learnAnother(signedInActor(request), request.params.id, request.body)),
  );
  for (const [name, summary] of [
    ['promote', 'Let the version beside the live one take its place'],
    ['drop', 'End the version beside the live one'],
  ] as const)
    app.post(
      `${at}/:id/${name}`,
      { schema: { tags, summary, params, body: z.strictObject({ reason }), response: { 200: monitor } } },
      async (request) => answered(await monitors[name](signedInActor(request), request.params.id, request.body.reason)),
    );
  app.post(
    `${at}/:id/pause`,
    {
      schema: {
        ...{ tags, summary: 'Pause the watch, or go on with it' },
        ...{ params, body: z.strictObject({ paused: z.boolean() }), response: { 200: monitor } },
      },
    },
    async (request) => answered(await monitors.pause(signedInActor(request), request.params.id, request.body.paused)),
  );
}

export function modelHealthRoutes(app: App, health: ModelHealthService): void {
  const share = z.number();
  app.get(
    `${at}/:id/model-health`,
    {
      schema: {
        ...{ tags, summary: 'Whether the live version still fits: drift, quality, calibration, age', params },
        querystring: z.object({ days: z.coerce.number().min(1).max(92).default(14) }),
        response: {
          200: z.object({
            ...{ version: z.number(), from: z.string(), to: z.string() },
            inputs: z.array(
              z.object({
                ...{ pointId: z.string(), name: z.string(), unit: z.string(), psi: z.number().nullable() },
                ...{ distance: z.number().nullable(), level: z.number().nullable() },
                ...{ missing: share, bad: share, outside: share, stuckHours: z.number() },
              }),
            ),
            scorePsi: z.number().nullable(),
            calibration: rate.extend({ promised: z.number(), kept: z.boolean() }),
            ...{ trainedDays: z.number(), silentHours: z.number() },
          }),
        },
      },
    },
    async (request) => answered(await health.of(signedInActor(request), request.params.id, request.query.days)),
  );
}

export function incidentRoutes(app: App, incidents: IncidentService): void {
  const path = '/api/orion/incidents';
  app.get(
    path,
    {
      schema: {
        ...{ tags, summary: 'Incidents that fit, and how many there are in all' },
        querystring: z.object({
          ...{ state: z.enum(['open', 'closed']).optional(), severity: z.enum(severities).optional() },
          verdict: z.enum([...verdicts, 'none']).optional(),
          ...{ siteId: z.uuid().optional(), nodeId: z.uuid().optional() },
          text: z.string().trim().min(1).max(200).optional(),
          ...{ sort: z.enum(incidentSorts).default('from'), direction: z.enum(['asc', 'desc']).default('desc') },
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: z.object({ items: z.array(incident), total: z.number() }) },
      },
    },
    async (request) => {
      const { direction, ...filter } = request.query;
      return incidents.list(signedInActor(request), { ...filter, descending: direction === 'desc' });
    },
  );
  app.get(`${path}/:id`, { schema: { tags, params, response: { 200: wholeIncident } } }, async (request) =>
    answered(await incidents.one(signedInActor(request), request.params.id)),
  );
  app.get(
    `${path}/:id/series`,
    {
      schema: {
        ...{ tags, summary: 'The blamed sensors with the band of normal running, and the health index', params },
        response: {
          200: z.object({
            ...{ from: z.string(), to: z.string() },
            sensors: z.array(
              z.object({
                ...{ pointId: z.string(), name: z.string(), unit: z.string() },
                ...{ time: z.array(z.number()), value: z.array(z.number()) },
                ...{ low: z.number().nullable(), high: z.number().nullable() },
              }),
            ),
            health: z.object({ time: z.array(z.number()), index: z.array(z.number()) }),
          }),
        },
      },
    },
    async (request) => answered(await incidents.series(signedInActor(request), request.params.id)),
  );
  app.post(
    `${path}/:id/verdict`,
    {
      schema: {
        ...{ tags, summary: 'Say what an incident was worth; it is closed by that', params },
        body: z.strictObject({
          verdict: z.enum(verdicts),
          comment: z.string().trim().max(2000).default(''),
          failedAt: time.nullable().default(null),
        }),
        response: { 200: wholeIncident },
      },
    },
    async (request) => answered(await incidents.judge(signedInActor(request), request.params.id, request.body)),
  );
  app.post(
    `${path}/:id/reopen`,
    { schema: { tags, summary: 'Take a verdict back', params, response: { 200: wholeIncident } } },
    async (request) => answered(await incidents.reopen(signedInActor(request), request.params.id)),
  );
  app.post(
    `${path}/:id/order`,
    {
      schema: {
        ...{ tags, summary: 'Raise the work order of an incident; answers its id', params },
        body: z.strictObject({
          title: words(200),
          description: z.string().trim().max(10_000).default(''),
          checklist: z.array(words(500)).max(100).default([]),
          ownerId: z.uuid().nullable().default(null),
        }),
        response: { 201: z.object({ id: z.string(), number: z.number() }) },
      },
    },
    async (request, reply) => {
      const { id, number } = await incidents.order(signedInActor(request), request.params.id, request.body);
      reply.code(201);
      return { id, number };
    },
  );
}

/** Lists that an answer may take to be its own. */
type Answered<T> = T extends readonly (infer Item)[]
  ? Answered<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Answered<T[Key]> }
    : T;
const answered = <T>(value: T) => value as Answered<T>;
