import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { isNote, noteSchema, textOf } from '@millwright/kernel';
import { z } from 'zod';
import { fileMappingSchema } from '../file/file-mapping.ts';
import { type ImportService, importRequest, inspectRequest } from './service.ts';

const tags = ['cloud'];
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export function importRoutes(app: App, imports: ImportService): void {
  app.post(
    '/api/cloud/uploads',
    {
      // Streamed to disk while it is hashed, so the limit is the disk.
      bodyLimit: 64 * 1024 ** 3,
      schema: { tags, response: { 201: z.object({ hash, size: z.number() }) } },
    },
    async (request, reply) => {
      const stored = await imports.upload(signedInActor(request), request.body as Readable);
      reply.code(201);
      return stored;
    },
  );
  app.post(
    '/api/cloud/imports/inspect',
    {
      schema: {
        tags,
        body: inspectRequest,
        response: {
          200: z.object({
            fileName: z.string(),
            mapping: fileMappingSchema,
            signature: z.string(),
            guesses: z.array(z.looseObject({})),
            warnings: z.array(noteSchema),
            preview: z.array(z.looseObject({ row: z.number(), cells: z.array(z.string()) })),
            sampledRows: z.number(),
            sheets: z.array(z.string()).optional(),
            remembered: z.object({ fileName: z.string(), at: z.string(), by: z.string() }).nullable(),
          }),
        },
      },
    },
    async (request) => {
      const inspection = await imports.inspect(signedInActor(request), request.body);
      return {
        ...inspection,
        guesses: inspection.guesses.map(({ reason, ...guess }) => ({ ...guess, reason: reason.text, note: reason })),
        warnings: [...inspection.warnings],
        preview: inspection.preview.map(({ rejected, ...row }) => ({
          ...{ ...row, cells: [...row.cells] },
          ...(rejected !== undefined && { rejected: textOf(rejected), note: isNote(rejected) ? rejected : null }),
        })),
        sheets: inspection.sheets && [...inspection.sheets],
      };
    },
  );
  app.post(
    '/api/cloud/imports',
    { schema: { tags, body: importRequest, response: { 202: z.object({ importId: z.string(), jobId: z.string() }) } } },
    async (request, reply) => {
      const { importId, job } = await imports.start(signedInActor(request), request.body);
      reply.code(202);
      return { importId, jobId: job.id };
    },
  );
  app.get(
    '/api/cloud/import-mappings',
    {
      schema: {
        tags,
        response: {
          200: z.object({
            items: z.array(
              z.object({
                signature: z.string(),
                siteId: z.string(),
                fileName: z.string(),
                columns: z.array(z.string()),
                at: z.string(),
                by: z.string(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => ({
      items: (await imports.mappings(signedInActor(request))).map((row) => ({
        signature: row.signature,
        siteId: row.site_id,
        fileName: row.file_name,
        columns: row.mapping.header,
        at: row.used_at.toISOString(),
        by: row.actor_name,
      })),
    }),
  );
  app.delete(
    '/api/cloud/import-mappings/:signature',
    {
      schema: {
        tags,
        params: z.object({ signature: z.string() }),
        querystring: z.object({ site: z.string().min(1) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await imports.forgetMapping(signedInActor(request), request.query.site, request.params.signature);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/cloud/imports',
    {
      schema: {
        tags,
        response: {
          200: z.object({
            items: z.array(
              z.object({
                id: z.string(),
                sourceId: z.string(),
                siteId: z.string(),
                fileName: z.string(),
                fileHash: z.string(),
                fileSize: z.number(),
                at: z.string(),
                by: z.string(),
                result: z.unknown(),
                evidence: z.string().nullable(),
              }),
            ),
          }),
        },
      },
    },
    async (request) => ({
      items: (await imports.list(signedInActor(request))).map((row) => ({
        id: row.id,
        sourceId: row.source_id,
        siteId: row.site_id,
        fileName: row.file_name,
        fileHash: row.file_hash,
        fileSize: Number(row.file_size),
        at: row.at.toISOString(),
        by: row.actor_name,
        result: row.result,
        evidence: row.finding_id,
      })),
    }),
  );
}
