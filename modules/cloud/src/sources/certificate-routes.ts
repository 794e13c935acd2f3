import { type App, signedInActor } from '@millwright/http';
import { requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';
import { distrustCertificate, listCertificates, trustCertificate } from '../connectors/opcua/certificates.ts';
import type { ConnectorRuntime } from './runtime.ts';
import type { SourceService } from './service.ts';

const certificate = z.object({
  thumbprint: z.string(),
  subject: z.string(),
  validFrom: z.string(),
  validTo: z.string(),
  trust: z.enum(['trusted', 'rejected']),
});
const params = z.object({ id: z.uuid() });
const tags = ['cloud'];

/** The trust list of an OPC UA source: a server whose certificate nobody has trusted is not talked to. */
export function certificateRoutes(
  app: App,
  parts: { sources: SourceService; runtime: ConnectorRuntime; ledger: Ledger },
): void {
  app.get(
    '/api/cloud/sources/:id/certificates',
    { schema: { tags, params, response: { 200: z.object({ items: z.array(certificate) }) } } },
    async (request) => {
      const source = await parts.sources.source(signedInActor(request), request.params.id);
      return { items: await listCertificates(parts.runtime.folder(source.id)) };
    },
  );
  app.put(
    '/api/cloud/sources/:id/certificates/:thumbprint',
    {
      schema: {
        tags,
        params: params.extend({ thumbprint: z.string().min(1) }),
        body: z.object({ trust: z.enum(['trusted', 'rejected']) }),
        response: { 200: z.object({ items: z.array(certificate) }) },
      },
    },
    async (request) => {
      const actor = signedInActor(request);
      const { id, thumbprint } = request.params;
      const source = await parts.sources.source(actor, id);
      requirePermission(actor, 'cloud.source.write', source.siteId);
      const folder = parts.runtime.folder(id);
      const { trust } = request.body;
      await (trust === 'trusted' ? trustCertificate : distrustCertificate)(folder, thumbprint);
      const content = { thumbprint, trust };
      await parts.ledger.record(actor, {
        type: 'cloud.certificate-trust',
        subject: id,
        siteId: source.siteId,
        content,
      });
      await parts.runtime.reopen(id);
      return { items: await listCertificates(folder) };
    },
  );
}
