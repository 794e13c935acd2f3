import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { documentSchema } from '../activity/activity-entry.ts';
import { type CertificateService, certificateEntrySchema } from './service.ts';

const tags = ['esg'];
const text = z.string().optional();

const certificateAnswer = z.object({
  id: z.string(),
  statement: z.object({
    certificate: z.string(),
    kind: z.enum(['certificate', 'power-purchase-agreement', 'supplier-tariff']),
    MWh: z.string(),
    registry: z.string(),
    vintage: z.number(),
    region: z.string(),
    tCO2PerMWh: z.string(),
    year: z.number(),
    siteId: text,
    document: documentSchema.optional(),
    note: text,
  }),
  sha256: z.string(),
  enteredAt: z.string(),
  enteredBy: z.string(),
  withdrawn: z.object({ at: z.string(), by: z.string(), reason: z.string() }).nullable(),
});

export function certificateRoutes(app: App, certificates: CertificateService): void {
  app.get(
    '/api/esg/certificates',
    {
      schema: {
        tags,
        querystring: z.object({
          year: z.coerce.number().int().optional(),
          siteId: z.uuid().optional(),
          all: z.stringbool().optional(),
        }),
        response: { 200: z.object({ items: z.array(certificateAnswer) }) },
      },
    },
    async (request) => ({ items: await certificates.list(signedInActor(request), request.query) }),
  );
  app.post(
    '/api/esg/certificates',
    { schema: { tags, body: certificateEntrySchema, response: { 201: certificateAnswer } } },
    async (request, reply) => {
      reply.code(201);
      return certificates.register(signedInActor(request), request.body);
    },
  );
  app.post(
    '/api/esg/certificates/:id/withdraw',
    {
      schema: {
        tags,
        params: z.object({ id: z.uuid() }),
        body: z.strictObject({ reason: z.string().trim().min(1).max(2000) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await certificates.withdraw(signedInActor(request), request.params.id, request.body.reason);
      reply.code(204);
      return null;
    },
  );
}
