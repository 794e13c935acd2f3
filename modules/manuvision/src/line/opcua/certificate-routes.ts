import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { LineCertificateService } from './certificate-service.ts';
import { lineCertificate, certificateTrust as trust } from './line-certificates.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/line/certificates';
const response = { 200: z.object({ items: z.array(lineCertificate) }) };
const querystring = z.strictObject({ boxId: z.uuid().optional().describe('edge box; left out: the server itself') });

export function lineCertificateRoutes(app: App, certificates: LineCertificateService): void {
  app.get(
    base,
    {
      schema: { tags, summary: 'Certificates that the OPC UA of the stations has met', querystring, response },
    },
    async (request) => ({ items: await certificates.list(signedInActor(request), request.query.boxId) }),
  );
  app.put(
    `${base}/:thumbprint`,
    {
      schema: {
        ...{ tags, summary: 'Speak with such a client or server, or no more', querystring },
        ...{ params: z.object({ thumbprint: z.string().min(1).max(100) }), body: z.strictObject({ trust }), response },
      },
    },
    async (request) => {
      const { params, body, query } = request;
      const actor = signedInActor(request);
      return { items: await certificates.trust(actor, params.thumbprint, body.trust, query.boxId) };
    },
  );
}
