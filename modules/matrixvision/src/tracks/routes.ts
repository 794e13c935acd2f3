import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  heatMapAnswer,
  heatMapQuery,
  pathsAnswer,
  recountAnswer,
  recountInput,
  searchAnswer,
  searchQuery,
  trackSpan,
} from './schemas.ts';
import type { TrackService } from './service.ts';

const tags = ['matrixvision'];

export function trackRoutes(app: App, tracks: TrackService): void {
  app.get(
    '/api/matrixvision/tracks/heat-map',
    {
      schema: {
        tags,
        summary: 'Where things stood and for how long, over a grid of the picture',
        querystring: heatMapQuery,
        response: { 200: heatMapAnswer },
      },
    },
    async (request) => tracks.heatMap(signedInActor(request), request.query),
  );
  app.get(
    '/api/matrixvision/tracks/paths',
    { schema: { tags, summary: 'The way of each track', querystring: trackSpan, response: { 200: pathsAnswer } } },
    async (request) => tracks.paths(signedInActor(request), request.query),
  );
  app.get(
    '/api/matrixvision/tracks/search',
    {
      schema: {
        tags,
        summary: 'Who crossed a line or was in a zone between two times, and for how long',
        querystring: searchQuery,
        response: { 200: searchAnswer },
      },
    },
    async (request) => tracks.search(signedInActor(request), request.query),
  );
  app.post(
    '/api/matrixvision/cameras/:id/recount',
    {
      schema: {
        tags,
        summary: 'What other rules would have counted on the stored tracks, beside those in force',
        params: z.object({ id: z.uuid() }),
        body: recountInput,
        response: { 200: recountAnswer },
      },
    },
    async (request) => tracks.recount(signedInActor(request), request.params.id, request.body),
  );
}
