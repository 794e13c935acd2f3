import { type App, signedInActor } from '@millwright/http';
import { noteSchema } from '@millwright/kernel';
import { z } from 'zod';
import { activityTemplate } from '../kpi/activity-sheet.ts';
import { steamStateAnswerSchema } from '../steam/steam-state.ts';
import { activityEntrySchema, activityKinds, documentSchema } from './activity-entry.ts';
import type { Activity, ActivityService } from './service.ts';

const tags = ['esg'];
const params = z.object({ id: z.uuid() });
const text = z.string().optional();
const reason = z.string().trim().min(1).max(2000);

const activitySchema = z.object({
  id: z.string(),
  statement: z.object({
    kind: z.enum(activityKinds),
    siteId: text,
    place: z.string(),
    year: z.number(),
    month: z.number().optional(),
    quantity: z.string(),
    unit: z.string(),
    factor: text,
    residualFactor: text,
    region: text,
    claimedRenewableMWh: text,
    fuel: text,
    medium: text,
    steam: steamStateAnswerSchema.optional(),
    netCalorificValue: z.object({ value: z.string(), unit: z.string(), source: text }).optional(),
    densityKgPerL: text,
    oxidationFraction: text,
    otherGases: z.array(z.string()).optional(),
    document: documentSchema.optional(),
    note: text,
  }),
  sha256: z.string(),
  enteredAt: z.string(),
  enteredBy: z.string(),
  importHash: z.string().nullable(),
  corrects: z.string().nullable(),
  correctedBy: z.string().nullable(),
  withdrawn: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
});
type ActivityAnswer = z.output<typeof activitySchema>;
const shown = (activity: Activity): ActivityAnswer => ({ ...activity });

export function activityRoutes(app: App, activity: ActivityService): void {
  app.get(
    '/api/esg/activity',
    {
      schema: {
        tags,
        querystring: z.object({
          year: z.coerce.number().int().optional(),
          siteId: z.uuid().optional(),
          kind: z.enum(activityKinds).optional(),
          all: z.stringbool().optional(),
        }),
        response: { 200: z.object({ items: z.array(activitySchema) }) },
      },
    },
    async (request) => ({ items: (await activity.list(signedInActor(request), request.query)).map(shown) }),
  );
  app.post(
    '/api/esg/activity',
    { schema: { tags, body: activityEntrySchema, response: { 201: activitySchema } } },
    async (request, reply) => {
      reply.code(201);
      return shown(await activity.enter(signedInActor(request), request.body));
    },
  );
  app.post(
    '/api/esg/activity/:id/correct',
    {
      schema: {
        tags,
        params,
        body: z.strictObject({ reason, entry: activityEntrySchema }),
        response: { 201: activitySchema },
      },
    },
    async (request, reply) => {
      reply.code(201);
      const { entry, reason: why } = request.body;
      return shown(await activity.correct(signedInActor(request), request.params.id, entry, why));
    },
  );
  app.post(
    '/api/esg/activity/:id/withdraw',
    { schema: { tags, params, body: z.strictObject({ reason }), response: { 204: z.null() } } },
    async (request, reply) => {
      await activity.withdraw(signedInActor(request), request.params.id, request.body.reason);
      reply.code(204);
      return null;
    },
  );
  app.post(
    '/api/esg/activity/import',
    {
      schema: {
        tags,
        body: z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), fileName: z.string().min(1).max(300) }),
        response: {
          201: z.object({
            entries: z.number(),
            years: z.array(z.number()),
            places: z.array(z.string()),
            notes: z.array(noteSchema),
          }),
        },
      },
    },
    async (request, reply) => {
      const { entries, years, places, notes } = await activity.import(signedInActor(request), request.body);
      reply.code(201);
      return { entries, years: [...years], places: [...places], notes: [...notes] };
    },
  );
  app.get('/api/esg/activity-template.csv', { schema: { tags } }, async (request, reply) => {
    signedInActor(request);
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="activity-template.csv"')
      .send(activityTemplate());
  });
}
