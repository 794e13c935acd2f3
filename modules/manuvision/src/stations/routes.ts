import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  figuresQuery,
  judgeQuery,
  reviewInput,
  stationChange,
  stationFigures,
  stationInput,
  stationSchema,
  verdictFilter,
  verdictSchema,
  verdictsAnswer,
} from './schemas.ts';
import type { StationService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/stations';
const params = z.object({ id: z.uuid() });
const verdictParams = params.extend({ verdict: z.uuid() });
const mebibyte = 1024 ** 2;

export function stationRoutes(app: App, stations: StationService): void {
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Stations: where parts are judged',
        response: { 200: z.object({ items: z.array(stationSchema) }) },
      },
    },
    async (request) => ({ items: await stations.list(signedInActor(request)) }),
  );
  app.post(
    base,
    { schema: { tags, summary: 'Set up a station', body: stationInput, response: { 201: stationSchema } } },
    async (request, reply) => {
      const created = await stations.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One station', params, response: { 200: stationSchema } } },
    async (request) => stations.station(signedInActor(request), request.params.id),
  );
  app.put(
    `${base}/:id`,
    {
      schema: {
        tags,
        summary: 'Change what a station judges by',
        ...{ params, body: stationChange, response: { 200: stationSchema } },
      },
    },
    async (request) => stations.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take a station away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await stations.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${base}/:id/figures`,
    {
      schema: {
        tags,
        summary: 'Yield by hour, rejected classes, reviews',
        ...{ params, querystring: figuresQuery, response: { 200: stationFigures } },
      },
    },
    async (request) => stations.figures(signedInActor(request), request.params.id, request.query.hours),
  );
  verdictRoutes(app, stations);
}

function verdictRoutes(app: App, stations: StationService): void {
  app.post(
    `${base}/:id/judge`,
    {
      bodyLimit: 256 * mebibyte,
      schema: {
        tags,
        summary: 'Judge the picture of a part; the body is the file',
        ...{ params, querystring: judgeQuery, response: { 201: verdictSchema } },
      },
    },
    async (request, reply) => {
      const { fileName } = request.query;
      const body = request.body as Readable;
      const judged = await stations.judge(signedInActor(request), request.params.id, fileName, body);
      reply.code(201);
      return judged;
    },
  );
  app.get(
    `${base}/:id/verdicts`,
    {
      schema: {
        tags,
        summary: 'What a station judged, newest first',
        ...{ params, querystring: verdictFilter, response: { 200: verdictsAnswer } },
      },
    },
    async (request) => stations.verdicts(signedInActor(request), request.params.id, request.query),
  );
  const path = `${base}/:id/verdicts/:verdict`;
  app.get(
    path,
    { schema: { tags, summary: 'One verdict', params: verdictParams, response: { 200: verdictSchema } } },
    async (request) => stations.verdict(signedInActor(request), request.params.id, request.params.verdict),
  );
  app.put(
    `${path}/review`,
    {
      schema: {
        tags,
        summary: 'Say whether the part was good',
        ...{ params: verdictParams, body: reviewInput, response: { 200: verdictSchema } },
      },
    },
    async (request) => {
      const { id, verdict } = request.params;
      return stations.review(signedInActor(request), id, verdict, request.body.verdict);
    },
  );
  app.get(
    `${path}/picture`,
    { schema: { tags, summary: 'The picture that was judged, as it came', params: verdictParams } },
    async (request, reply) => {
      const { id, verdict } = request.params;
      return reply.type('application/octet-stream').send(await stations.picture(signedInActor(request), id, verdict));
    },
  );
  app.get(
    `${path}/heatmap.png`,
    { schema: { tags, summary: 'What speaks against the part: grey, the limit in the middle', params: verdictParams } },
    async (request, reply) => {
      const { id, verdict } = request.params;
      return reply.type('image/png').send(await stations.heatmap(signedInActor(request), id, verdict));
    },
  );
}
