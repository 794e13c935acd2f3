import { z } from 'zod';
import { lotNumber } from '../lots/schemas.ts';
import { faultNames } from './faults.ts';
import { handshakeSettings } from './handshake-settings.ts';

const fault = z.enum(faultNames);

export const shownSchema = z.object({
  ...{ ready: z.boolean(), busy: z.boolean(), resultValid: z.boolean(), pass: z.boolean(), fail: z.boolean() },
  fault: z.boolean(),
  faultCode: z.number().describe('0: none'),
  faultName: fault.nullable(),
  className: z.string(),
  classNumber: z.number().describe('0: none; 65535: a class without number'),
  score: z.number(),
  resultId: z.number().describe('of the last part that was answered; 0: none yet'),
  partId: z.string(),
  state: z.enum(['Preoperational', 'Initialized', 'Ready', 'SingleExecution', 'Error']),
  heartbeat: z.number().describe('counts up every second, 0 to 65535 and again'),
  ...{ trigger: z.boolean(), acknowledge: z.boolean() },
  since: z.string().describe('since when it shows this'),
});

export const lineAddresses = {
  opcua: z
    .object({ url: z.string(), namespace: z.string(), node: z.string() })
    .nullable()
    .describe('where a client finds the station'),
  modbus: z.object({ host: z.string(), port: z.number(), unit: z.number() }).nullable(),
  plc: z
    .object({ url: z.string(), problem: z.string().nullable().describe('why it is not told, in words from outside') })
    .nullable()
    .default(null)
    .describe('controller that is written to'),
};
export type LineAddresses = { readonly [Way in keyof typeof lineAddresses]: z.output<(typeof lineAddresses)[Way]> };

export const lineAnswer = z.object({
  settings: handshakeSettings.nullable().describe('null: the line is not talked with'),
  shown: shownSchema
    .nullable()
    .describe('null: nothing is known of it, as by a command without a server, or where its box is silent'),
  ...lineAddresses,
});
export type LineAnswer = z.output<typeof lineAnswer>;

export const triggerInput = z.strictObject({
  partId: z.string().max(64).optional().describe('as the line calls the part'),
  lot: lotNumber.optional().describe('that the part is of; one of another number that is open is ended'),
});
export type TriggerInput = z.output<typeof triggerInput>;

export const faultSchema = z.object({
  id: z.string(),
  at: z.string(),
  code: fault,
  number: z.number().describe('as the line reads it'),
  partId: z.string().nullable(),
  resultId: z.number().nullable(),
  endedAt: z.string().nullable(),
  resetBy: z.string().nullable().describe('null: the line, or it ended by itself'),
});
export type FaultAnswer = z.output<typeof faultSchema>;
export const faultsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) });
