import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  figuresQuery,
  judgeQuery,
  reviewInput,
  stationFigures,
  verdictFilter,
  verdictSchema,
  verdictsAnswer,
} from './schemas.ts';
import type { VerdictService } from './verdict-service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/stations';
const params = z.object({ id: z.uuid() });
const verdictParams = params.extend({ verdict: z.uuid() });
const mebibyte = 1024 ** 2;

export function verdictRoutes(app: App, verdicts: VerdictService): void {
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
      const body = request.body as Readable;
      const judged = await verdicts.judge(signedInActor(request), request.params.id, request.query, body);
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
    async (request) => verdicts.list(signedInActor(request), request.params.id, request.query),
  );
  const path = `${base}/:id/verdicts/:verdict`;
  app.get(
    path,
    { schema: { tags, summary: 'One verdict', params: verdictParams, response: { 200: verdictSchema } } },
    async (request) => verdicts.verdict(signedInActor(request), request.params.id, request.params.verdict),
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
      return verdicts.review(signedInActor(request), id, verdict, request.body.verdict);
    },
  );
  app.get(
    `${path}/picture`,
    { schema: { tags, summary: 'The picture that was judged, as it came', params: verdictParams } },
    async (request, reply) => {
      const { id, verdict } = request.params;
      return reply.type('application/octet-stream').send(await verdicts.picture(signedInActor(request), id, verdict));
    },
  );
  app.get(
    `${path}/heatmap.png`,
    { schema: { tags, summary: 'What speaks against the part: grey, the limit in the middle', params: verdictParams } },
    async (request, reply) => {
      const { id, verdict } = request.params;
      return reply.type('image/png').send(await verdicts.heatmap(signedInActor(request), id, verdict));
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
    async (request) => verdicts.figures(signedInActor(request), request.params.id, request.query.hours),
  );
}
