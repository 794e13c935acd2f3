import { z } from 'zod';

const rates = z.object({
  threshold: z.number(),
  per1000: z.number().describe('false rejects expected per 1,000 good parts'),
  ...{ low: z.number(), high: z.number() },
  misses: z.number().describe('reviewed defects that pass'),
  defects: z.number().describe('reviewed defects'),
});
const side = z.enum(['ok', 'ng']);

export const proposalSchema = z.object({
  id: z.string(),
  stationId: z.string(),
  version: z.number(),
  change: z.enum(['keep', 'raise', 'lower']),
  asked: z.number(),
  current: rates,
  proposed: rates,
  parts: z.object({ all: z.number(), rejected: z.number(), reviewed: z.number() }).describe('of the line'),
  held: z.number().describe('held-out good parts of the training'),
  changedParts: z.number().describe('parts of the line that would have been judged otherwise'),
  changed: z
    .array(
      z.object({
        ...{ id: z.string(), at: z.string(), fileName: z.string(), score: z.number(), verdict: side },
        ...{ reviewed: side.nullable(), before: side, after: side },
      }),
    )
    .describe('the newest of them'),
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
  decision: z.enum(['accepted', 'dismissed']).nullable().describe('null: it waits'),
  reason: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decidedBy: z.string().nullable(),
  newVersion: z.number().nullable().describe('that was made by accepting it'),
});
export type ProposalAnswer = z.output<typeof proposalSchema>;

export const proposalsAnswer = z.object({
  items: z.array(proposalSchema).describe('newest first'),
  reviewed: z.number().describe('parts that people have reviewed of those a proposal would rest on'),
});
export type ProposalsAnswer = z.output<typeof proposalsAnswer>;

export const decisionInput = z.strictObject({
  decision: z.enum(['accepted', 'dismissed']),
  reason: z.string().trim().min(1).max(1000).describe('kept in the ledger'),
});
export type DecisionInput = z.output<typeof decisionInput>;
