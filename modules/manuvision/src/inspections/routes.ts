import { type App, signedInActor } from '@millwright/http';
import { bundledBackbones } from '@millwright/inference';
import { z } from 'zod';
import {
  estimateSchema,
  inspectionChange,
  inspectionInput,
  inspectionSchema,
  kindsAnswer,
  trainInput,
  triedSchema,
  tryInput,
  tryParams,
  versionParams,
  versionSchema,
} from './schemas.ts';
import type { InspectionService } from './service.ts';

const tags = ['manuvision'];
const base = '/api/manuvision/inspections';
const params = z.object({ id: z.uuid() });

export function inspectionRoutes(app: App, inspections: InspectionService): void {
  app.get(
    '/api/manuvision/kinds',
    {
      schema: {
        tags,
        summary: 'Kinds of inspection, and what each can be told',
        response: { 200: kindsAnswer },
      },
    },
    async (request) => ({
      items: await inspections.kinds(signedInActor(request)),
      backbones: bundledBackbones.map(({ name }) => name),
    }),
  );
  app.get(
    base,
    {
      schema: {
        tags,
        summary: 'Inspections: what is looked for, and what they learn from',
        response: { 200: z.object({ items: z.array(inspectionSchema) }) },
      },
    },
    async (request) => ({ items: await inspections.list(signedInActor(request)) }),
  );
  app.post(
    base,
    { schema: { tags, summary: 'Set up an inspection', body: inspectionInput, response: { 201: inspectionSchema } } },
    async (request, reply) => {
      const created = await inspections.create(signedInActor(request), request.body);
      reply.code(201);
      return created;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One inspection', params, response: { 200: inspectionSchema } } },
    async (request) => inspections.inspection(signedInActor(request), request.params.id),
  );
  app.patch(
    `${base}/:id`,
    {
      schema: {
        tags,
        summary: 'Change an inspection for the trainings that come',
        ...{ params, body: inspectionChange, response: { 200: inspectionSchema } },
      },
    },
    async (request) => inspections.change(signedInActor(request), request.params.id, request.body),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take an inspection away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await inspections.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.get(
    `${base}/:id/estimate`,
    {
      schema: {
        tags,
        summary: 'What a training will take on this machine; two of the pictures are tried for it',
        ...{ params, response: { 200: estimateSchema } },
      },
    },
    async (request) => inspections.estimate(signedInActor(request), request.params.id),
  );
  app.post(
    '/api/manuvision/datasets/:id/pictures/:picture/try',
    {
      schema: {
        tags,
        summary: 'What a kind that learns nothing says of a picture by these settings; nothing is kept',
        ...{ params: tryParams, body: tryInput, response: { 200: triedSchema } },
      },
    },
    async (request) => {
      const { id, picture } = request.params;
      const tried = await inspections.try(signedInActor(request), id, picture, request.body);
      return triedSchema.parse(tried);
    },
  );
  app.post(
    `${base}/:id/train`,
    {
      schema: {
        tags,
        summary: 'Train a new version, as a job; the result is the version',
        ...{ params, querystring: trainInput, response: { 202: z.object({ jobId: z.string() }) } },
      },
    },
    async (request, reply) => {
      const job = await inspections.train(signedInActor(request), request.params.id, request.query);
      reply.code(202);
      return { jobId: job.id };
    },
  );
  app.get(
    `${base}/:id/versions`,
    {
      schema: {
        tags,
        summary: 'What was trained, newest first, with what it promises',
        ...{ params, response: { 200: z.object({ items: z.array(versionSchema) }) } },
      },
    },
    async (request) => ({ items: await inspections.versions(signedInActor(request), request.params.id) }),
  );
  app.get(
    `${base}/:id/versions/:version/model.onnx`,
    { schema: { tags, summary: 'The one file that judges anywhere', params: versionParams } },
    async (request, reply) => {
      const { id, version } = request.params;
      const model = await inspections.model(signedInActor(request), id, version);
      const name = `attachment; filename="inspection-${version}.onnx"`;
      return reply.type('application/octet-stream').header('content-disposition', name).send(model);
    },
  );
}
