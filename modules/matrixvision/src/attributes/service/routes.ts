import type { Readable } from 'node:stream';
import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import {
  attributeInput,
  attributeInUse,
  attributeSchema,
  attributeUse,
  candidateFilter,
  candidatesAnswer,
  exampleChange,
  exampleSchema,
  examplesInput,
  lookAnswer,
  lookInput,
  versionSchema,
} from './schemas.ts';
import type { AttributeService } from './service.ts';

const tags = ['matrixvision'];
const base = '/api/matrixvision/attributes';
const params = z.object({ id: z.uuid() });
const exampleParams = params.extend({ example: z.uuid() });
const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const mebibyte = 1024 ** 2;

export function attributeRoutes(app: App, attributes: AttributeService): void {
  app.get(
    base,
    { schema: { tags, summary: 'Attributes of people that were taught', response: { 200: listOf(attributeSchema) } } },
    async (request) => ({ items: await attributes.list(signedInActor(request)) }),
  );
  app.post(
    base,
    {
      schema: { tags, summary: 'Name an attribute to teach', body: attributeInput, response: { 201: attributeSchema } },
    },
    async (request, reply) => {
      reply.code(201);
      return attributes.create(signedInActor(request), request.body);
    },
  );
  app.post(
    `${base}/pictures`,
    {
      bodyLimit: 64 * mebibyte,
      schema: {
        tags,
        summary: 'Upload a picture to take an example from',
        response: { 201: z.object({ hash: z.string(), size: z.number() }) },
      },
    },
    async (request, reply) => {
      const stored = await attributes.upload(signedInActor(request), request.body as Readable);
      reply.code(201);
      return stored;
    },
  );
  app.get(
    `${base}/:id`,
    { schema: { tags, summary: 'One attribute', params, response: { 200: attributeSchema } } },
    async (request) => attributes.attribute(signedInActor(request), request.params.id),
  );
  app.delete(
    `${base}/:id`,
    { schema: { tags, summary: 'Take an attribute away', params, response: { 204: z.null() } } },
    async (request, reply) => {
      await attributes.remove(signedInActor(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${base}/:id/restore`,
    { schema: { tags, summary: 'Bring back an attribute', params, response: { 200: attributeSchema } } },
    async (request) => attributes.restore(signedInActor(request), request.params.id),
  );
  app.put(
    `${base}/:id/use`,
    {
      schema: {
        tags,
        summary: 'Say on which cameras it is told, and by which version',
        ...{ params, body: attributeUse, response: { 200: attributeSchema } },
      },
    },
    async (request) => attributes.use(signedInActor(request), request.params.id, request.body),
  );
  exampleRoutes(app, attributes);
  versionRoutes(app, attributes);
}

function exampleRoutes(app: App, attributes: AttributeService): void {
  app.get(
    `${base}/:id/candidates`,
    {
      schema: {
        tags,
        summary: 'People seen by cameras lately or in events who are no examples yet',
        ...{ params, querystring: candidateFilter, response: { 200: candidatesAnswer } },
      },
    },
    async (request) => attributes.candidates(signedInActor(request), request.params.id, request.query),
  );
  app.get(
    `${base}/:id/candidates/:candidate/picture.jpg`,
    {
      schema: {
        tags,
        summary: 'A candidate cut out of the picture, JPEG',
        params: params.extend({ candidate: z.uuid() }),
      },
    },
    async (request, reply) => {
      const { id, candidate } = request.params;
      return reply.type('image/jpeg').send(await attributes.candidatePicture(signedInActor(request), id, candidate));
    },
  );
  app.post(
    `${base}/:id/look`,
    {
      schema: {
        tags,
        summary: 'Look at the cameras now: who is seen becomes a candidate for some minutes',
        ...{ params, body: lookInput, response: { 200: lookAnswer } },
      },
    },
    async (request) => attributes.look(signedInActor(request), request.params.id, request.body),
  );
  app.get(
    `${base}/:id/examples`,
    { schema: { tags, summary: 'Examples with and without', params, response: { 200: listOf(exampleSchema) } } },
    async (request) => ({ items: await attributes.examples(signedInActor(request), request.params.id) }),
  );
  app.post(
    `${base}/:id/examples`,
    {
      schema: {
        tags,
        summary: 'Add examples, of uploaded pictures or of events',
        ...{ params, body: examplesInput, response: { 201: listOf(exampleSchema) } },
      },
    },
    async (request, reply) => {
      reply.code(201);
      const { examples } = request.body;
      return { items: await attributes.addExamples(signedInActor(request), request.params.id, examples) };
    },
  );
  app.patch(
    `${base}/:id/examples/:example`,
    {
      schema: {
        tags,
        summary: 'Correct the label of an example',
        ...{ params: exampleParams, body: exampleChange, response: { 200: exampleSchema } },
      },
    },
    async (request) =>
      attributes.changeExample(signedInActor(request), request.params.id, request.params.example, request.body.present),
  );
  app.delete(
    `${base}/:id/examples/:example`,
    { schema: { tags, summary: 'Take an example away', params: exampleParams, response: { 204: z.null() } } },
    async (request, reply) => {
      await attributes.removeExample(signedInActor(request), request.params.id, request.params.example);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${base}/:id/examples/:example/restore`,
    { schema: { tags, summary: 'Bring back an example', params: exampleParams, response: { 200: exampleSchema } } },
    async (request) => attributes.restoreExample(signedInActor(request), request.params.id, request.params.example),
  );
  app.get(
    `${base}/:id/examples/:example/picture.png`,
    { schema: { tags, summary: 'What is learnt from an example, PNG of 48 by 48 pixels', params: exampleParams } },
    async (request, reply) => {
      const { id, example } = request.params;
      return reply.type('image/png').send(await attributes.examplePicture(signedInActor(request), id, example));
    },
  );
}

function versionRoutes(app: App, attributes: AttributeService): void {
  app.post(
    `${base}/:id/teach`,
    {
      schema: {
        tags,
        summary: 'Teach it from its examples, as a job; the result is a version',
        ...{ params, response: { 202: z.object({ jobId: z.string() }) } },
      },
    },
    async (request, reply) => {
      const job = await attributes.teach(signedInActor(request), request.params.id);
      reply.code(202);
      return { jobId: job.id };
    },
  );
  app.get(
    `${base}/:id/versions`,
    { schema: { tags, summary: 'What was taught, newest first', params, response: { 200: listOf(versionSchema) } } },
    async (request) => ({ items: await attributes.versions(signedInActor(request), request.params.id) }),
  );
  app.get(
    `${base}/:id/versions/:version/model`,
    {
      schema: {
        tags,
        summary: 'The model of a version',
        params: params.extend({ version: z.coerce.number().int().min(1) }),
        response: { 200: attributeInUse },
      },
    },
    async (request) => attributes.model(signedInActor(request), request.params.id, request.params.version),
  );
}
