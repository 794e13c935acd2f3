import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { learnerNames } from '../learners/registry.ts';
import { trialFamilies } from './drivers/registry.ts';
import { curvePoint, experimentInput, experimentSchema, registerInput, trialFilter, trialSchema } from './schemas.ts';
import type { ExperimentService } from './service.ts';

const tags = ['orion'];
const base = '/api/orion/experiments';
const params = z.object({ id: z.uuid() });

export function experimentRoutes(app: App, experiments: ExperimentService): void {
  app.get(
    '/api/orion/learners',
    {
      schema: {
        ...{ tags, summary: 'Families that can be tried, with their kinds of learner' },
        response: { 200: z.object({ items: z.array(z.object({ family: z.string(), kinds: z.array(z.string()) })) }) },
      },
    },
    async () => ({
      items: trialFamilies.map((family) => ({ family, kinds: [...learnerNames(family as 'tables')] })),
    }),
  );
  app.get(
    base,
    {
      schema: {
        ...{ tags, summary: 'Experiments, newest first' },
        response: { 200: z.object({ items: z.array(experimentSchema) }) },
      },
    },
    async (request) => ({ items: await experiments.list(signedInActor(request)) }),
  );
  app.post(
    base,
    {
      schema: {
        ...{ tags, summary: 'Set up an experiment and queue its trials', body: experimentInput },
        response: { 201: experimentSchema },
      },
    },
    async (request, reply) => {
      const created = await experiments.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One experiment', params, response: { 200: experimentSchema } } },
    async (request) => experiments.experiment(signedInActor(request), request.params.id),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'End an experiment and take it from the list', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await experiments.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${base}/:id/trials`,
    {
      schema: {
        ...{ tags, summary: 'Trials of an experiment, filtered and sorted', params, querystring: trialFilter },
        response: { 200: z.object({ items: z.array(trialSchema), total: z.number() }) },
      },
    },
    async (request) => experiments.trials(signedInActor(request), request.params.id, request.query),
  );
  app.post(
    `${base}/:id/cancel`,
    { schema: { tags, summary: 'End what waits and what runs', params, response: { 200: experimentSchema } } },
    async (request) => experiments.cancel(signedInActor(request), request.params.id),
  );
  app.post(
    `${base}/:id/resume`,
    {
      schema: {
        tags,
        summary: 'Queue again what was cancelled or failed',
        params,
        response: { 200: experimentSchema },
      },
    },
    async (request) => experiments.resume(signedInActor(request), request.params.id),
  );
  app.get(
    '/api/orion/trials/:id',
    { schema: { tags, summary: 'One trial', params, response: { 200: trialSchema } } },
    async (request) => experiments.trial(signedInActor(request), request.params.id),
  );
  app.get(
    '/api/orion/trials/:id/curve',
    {
      schema: {
        ...{ tags, summary: 'Every value of the figures of a trial, as they came', params },
        response: { 200: z.object({ items: z.array(curvePoint) }) },
      },
    },
    async (request) => ({ items: await experiments.curve(signedInActor(request), request.params.id) }),
  );
  app.post(
    '/api/orion/trials/:id/register',
    {
      schema: {
        ...{ tags, summary: 'Enter what a trial learnt as a draft of a model', params, body: registerInput },
        response: { 201: z.object({ modelId: z.string(), version: z.number() }) },
      },
    },
    async (request, reply) => {
      const { modelId, version } = await experiments.register(
        ...([signedInActor(request), request.params.id, request.body] as const),
      );
      reply.code(201);
      return { modelId, version: version.version };
    },
  );
}
