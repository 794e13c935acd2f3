import { type App, signedInActor } from '@millwright/http';
import { z } from 'zod';
import { decisionInput, proposalSchema, proposalsAnswer } from './schemas.ts';
import type { RetuningService } from './service.ts';

const tags = ['manuvision'];
const path = '/api/manuvision/stations/:id/proposals';
const params = z.object({ id: z.uuid() });

export function retuningRoutes(app: App, retuning: RetuningService): void {
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'Thresholds that were proposed from reviewed verdicts, and what was decided',
        ...{ params, response: { 200: proposalsAnswer } },
      },
    },
    async (request) => retuning.proposals(signedInActor(request), request.params.id),
  );
  app.post(
    path,
    {
      schema: {
        tags,
        summary: 'Work out a threshold from the reviewed verdicts; nothing is changed',
        ...{ params, response: { 201: proposalSchema } },
      },
    },
    async (request, reply) => {
      const made = await retuning.propose(signedInActor(request), request.params.id);
      reply.code(201);
      return made;
    },
  );
  app.put(
    `${path}/:proposal/decision`,
    {
      schema: {
        tags,
        summary: 'Accept a proposal, which makes a new version that the station judges by, or dismiss it',
        params: params.extend({ proposal: z.uuid() }),
        ...{ body: decisionInput, response: { 200: proposalSchema } },
      },
    },
    async (request) => {
      const { id, proposal } = request.params;
      return retuning.decide(signedInActor(request), id, proposal, request.body);
    },
  );
}
