import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import type { StructureService } from './service.ts';

const tags = ['cloud'];
const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function structureRoutes(app: App, structure: StructureService): void {
  app.get(
    '/api/cloud/structure',
    {
      schema: {
        tags,
        querystring: z.object({
          format: z.enum(['csv', 'xlsx']).default('csv'),
          /** `base64`: as JSON `{"content"}`, for callers that take only JSON. */
          encoding: z.enum(['none', 'base64']).default('none'),
        }),
      },
    },
    async (request, reply) => {
      const { format, encoding } = request.query;
      const content = await structure.export(signedInActor(request), format);
      if (encoding === 'base64') return { content: content.toString('base64') };
      return reply
        .type(mediaTypes[format])
        .header('content-disposition', `attachment; filename="structure.${format}"`)
        .send(content);
    },
  );
  app.post(
    '/api/cloud/structure',
    {
      schema: {
        tags,
        body: z.object({
          /** SHA-256 of the uploaded file. */
          hash: z.string().regex(/^[0-9a-f]{64}$/),
          fileName: z.string().min(1).max(300),
          dryRun: z.boolean().default(false),
        }),
        response: {
          200: z.object({
            rows: z.number(),
            created: z.number(),
            updated: z.number(),
            unchanged: z.number(),
            rejects: z.array(z.object({ row: z.number(), reason: z.string() })),
            applied: z.boolean(),
          }),
        },
      },
    },
    async (request) => {
      const result = await structure.import(signedInActor(request), request.body);
      return { ...result, rejects: [...result.rejects] };
    },
  );
}
