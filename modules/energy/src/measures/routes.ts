import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  adjustmentInput,
  baselineAnswer,
  baselineQuery,
  measureChange,
  measureInput,
  measureSchema,
  savingsAnswer,
  savingsQuery,
} from './schemas.ts';
import type { MeasureService } from './service.ts';

const tags = ['energy'];
const path = '/api/energy/measures';
const params = z.object({ id: z.uuid() });

export function measureRoutes(app: App, measures: MeasureService): void {
  app.post(
    '/api/energy/baselines',
    {
      schema: {
        tags,
        summary: 'Baseline of a meter from calendar, weather and production, recorded with evidence',
        ...{ body: baselineQuery, response: { 200: baselineAnswer } },
      },
    },
    async (request) => measures.baseline(signedInActor(request), request.body),
  );
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'Measures that save energy',
        response: { 200: z.object({ items: z.array(measureSchema) }) },
      },
    },
    async (request) => ({ items: await measures.list(signedInActor(request)) }),
  );
  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Add a measure and how it is measured',
        body: measureInput,
        response: { 201: measureSchema },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return measures.add(signedInActor(request), request.body);
    },
  );
  app.get(
    `${path}/:id`,
    { schema: { tags, summary: 'One measure', params, response: { 200: measureSchema } } },
    async (request) => measures.measure(signedInActor(request), request.params.id),
  );
  app.patch(
    `${path}/:id`,
    { schema: { tags, summary: 'Change a measure', params, body: measureChange, response: { 200: measureSchema } } },
    async (request) => measures.change(signedInActor(request), request.params.id, request.body),
  );
  app.post(
    `${path}/:id/adjustments`,
    {
      bodyLimit: 16_000_000,
      schema: {
        tags,
        summary: 'Add a non-routine adjustment with its reason and document',
        ...{ params, body: adjustmentInput, response: { 201: measureSchema } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      return measures.adjust(signedInActor(request), request.params.id, request.body);
    },
  );
  app.delete(
    `${path}/:id/adjustments/:adjustment`,
    {
      schema: {
        tags,
        summary: 'Take a non-routine adjustment back',
        ...{ params: params.extend({ adjustment: z.uuid() }), response: { 200: measureSchema } },
      },
    },
    async (request) => measures.withdraw(signedInActor(request), request.params.id, request.params.adjustment),
  );
  app.post(
    `${path}/:id/savings`,
    {
      schema: {
        tags,
        summary: 'What a measure saved, recorded with evidence',
        ...{ params, body: savingsQuery, response: { 200: savingsAnswer } },
      },
    },
    async (request) => measures.savings(signedInActor(request), request.params.id, request.body),
  );
}
