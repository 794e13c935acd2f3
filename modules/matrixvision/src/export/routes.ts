import { type App, type Attachment, sendAttachment, signedInActor } from '@millwright/http';
import { type ExportFormat, mediaTypes } from './column.ts';
import { countExport, crossingExport, eventExport, trackExport } from './schemas.ts';
import type { ExportService, Pieces } from './service.ts';

const tags = ['matrixvision'];

/** The answer to an export, as a browser saves it. */
const file = (name: string, { format }: { readonly format: ExportFormat }, pieces: Pieces): Attachment => ({
  ...{ name: `${name}.${format}`, mediaType: mediaTypes[format], pieces },
});

export function exportRoutes(app: App, exports: ExportService): void {
  app.get(
    '/api/matrixvision/events/export',
    { schema: { tags, summary: 'Events as CSV or Parquet, newest first', querystring: eventExport } },
    async (request, reply) =>
      sendAttachment(reply, file('events', request.query, await exports.events(signedInActor(request), request.query))),
  );
  app.get(
    '/api/matrixvision/crossings/export',
    { schema: { tags, summary: 'Crossings of lines as CSV or Parquet, newest first', querystring: crossingExport } },
    async (request, reply) =>
      sendAttachment(
        reply,
        file('crossings', request.query, await exports.crossings(signedInActor(request), request.query)),
      ),
  );
  app.get(
    '/api/matrixvision/crossings/counts/export',
    {
      schema: {
        tags,
        summary: 'Counts of each line by quarter hour or another stretch as CSV or Parquet',
        querystring: countExport,
      },
    },
    async (request, reply) =>
      sendAttachment(reply, file('counts', request.query, await exports.counts(signedInActor(request), request.query))),
  );
  app.get(
    '/api/matrixvision/tracks/export',
    {
      schema: {
        tags,
        summary: 'Every box of every track as CSV or Parquet: places in fractions of the picture; at most a day',
        querystring: trackExport,
      },
    },
    async (request, reply) =>
      sendAttachment(reply, file('tracks', request.query, await exports.tracks(signedInActor(request), request.query))),
  );
}
