import { type App, signedInActor } from '@millwright/http';
import { heatMapAnswer, loadQuery, profileAnswer, specificAnswer, specificQuery } from './schemas.ts';
import type { ProfileService } from './service.ts';

const tags = ['energy'];

export function profileRoutes(app: App, profiles: ProfileService): void {
  app.get(
    '/api/energy/profile',
    {
      schema: {
        tags,
        summary: 'Demand curve, typical days and week, and load duration of a meter or a part of the plant',
        querystring: loadQuery,
        response: { 200: profileAnswer },
      },
    },
    async (request) => profiles.profile(signedInActor(request), request.query),
  );
  app.get(
    '/api/energy/heat-map',
    {
      schema: {
        tags,
        summary: 'Mean demand by local day and hour',
        querystring: loadQuery,
        response: { 200: heatMapAnswer },
      },
    },
    async (request) => profiles.heatMap(signedInActor(request), request.query),
  );
  app.get(
    '/api/energy/specific',
    {
      schema: {
        tags,
        summary: 'Energy per unit produced',
        querystring: specificQuery,
        response: { 200: specificAnswer },
      },
    },
    async (request) => profiles.specific(signedInActor(request), request.query, false),
  );
  app.post(
    '/api/energy/specific',
    {
      schema: {
        tags,
        summary: 'Energy per unit produced, recorded with evidence',
        body: specificQuery,
        response: { 200: specificAnswer },
      },
    },
    async (request) => profiles.specific(signedInActor(request), request.body, true),
  );
}
