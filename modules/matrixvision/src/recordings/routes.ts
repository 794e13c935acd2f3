import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { recordingHours, recordingSpan } from './schemas.ts';
import type { RecordingService } from './service.ts';

const tags = ['matrixvision'];
const params = z.object({ id: z.uuid() });

export function recordingRoutes(app: App, recordings: RecordingService): void {
  app.get(
    '/api/matrixvision/cameras/:id/recordings',
    {
      schema: {
        tags,
        summary: 'What was recorded by hour, what was lost and why',
        params,
        querystring: recordingSpan,
        response: { 200: recordingHours },
      },
    },
    async (request) => recordings.hours(signedInActor(request), request.params.id, request.query),
  );
  app.get(
    '/api/matrixvision/cameras/:id/recordings/clip.mp4',
    { schema: { tags, summary: 'What was recorded between two times, MP4', params, querystring: recordingSpan } },
    async (request, reply) => {
      const { size, open } = await recordings.clip(signedInActor(request), request.params.id, request.query);
      return reply.type('video/mp4').header('content-length', size).send(open());
    },
  );
  app.post(
    '/api/matrixvision/cameras/:id/recordings/locks',
    {
      schema: {
        tags,
        summary: 'Keep a stretch as evidence, whatever the retention says',
        params,
        body: recordingSpan,
        response: { 201: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return recordings.lock(signedInActor(request), request.params.id, request.body);
    },
  );
  app.delete(
    '/api/matrixvision/cameras/:id/recordings/locks/:lock',
    {
      schema: {
        tags,
        summary: 'Let a stretch go again',
        params: z.object({ id: z.uuid(), lock: z.uuid() }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await recordings.unlock(signedInActor(request), request.params.id, request.params.lock);
      return reply.code(204).send(null);
    },
  );
}
