import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { LineCertificateService } from './certificate-service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/line/certificates';
const trust = z.enum(['trusted', 'rejected']);
const certificate = z.object({
  ...{ thumbprint: z.string(), subject: z.string(), validFrom: z.string(), validTo: z.string() },
  trust,
});
const response = { 200: z.object({ items: z.array(certificate) }) };

export function lineCertificateRoutes(app: App, certificates: LineCertificateService): void {
  app.get(
    base,
    { schema: { tags, summary: 'Clients that came to the OPC UA server of the stations', response } },
    async (request) => ({ items: await certificates.list(signedInActor(request)) }),
  );
  app.put(
    `${base}/:thumbprint`,
    {
      schema: {
        ...{ tags, summary: 'Let such a client in, or no more' },
        ...{ params: z.object({ thumbprint: z.string().min(1).max(100) }), body: z.strictObject({ trust }), response },
      },
    },
    async (request) => {
      const actor = signedInActor(request);
      return { items: await certificates.trust(actor, request.params.thumbprint, request.body.trust) };
    },
  );
}
