import { z } from 'zod';
import { reportLanguages } from './report-content.ts';

const language = z.enum(reportLanguages);

export const reportSchema = z.object({
  id: z.string(),
  language,
  pdf: z.string().describe('SHA-256 of the file'),
  findingId: z.string(),
  at: z.string(),
  by: z.string(),
});
export type ReportAnswer = z.output<typeof reportSchema>;

export const lotSchema = z.object({
  id: z.string(),
  stationId: z.string(),
  number: z.string(),
  startedAt: z.string(),
  startedBy: z.string(),
  endedAt: z.string().nullable().describe('null: it is open'),
  endedBy: z.string().nullable(),
  counts: z.object({ ok: z.number(), ng: z.number(), refused: z.number() }),
  reports: z.array(reportSchema).describe('newest first'),
});
export type LotAnswer = z.output<typeof lotSchema>;

export const lotNumber = z.string().trim().min(1).max(100);
export const lotInput = z.strictObject({
  number: lotNumber.describe('as the plant counts lots; one that is open is ended'),
});
export const reportInput = z.strictObject({ language: language.default('en') });
