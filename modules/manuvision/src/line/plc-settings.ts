import { z } from 'zod';
import { type SignalName, signalNames } from './signal-names.ts';

/** The OPC UA server of a controller, into whose nodes a station writes what it shows. */
export const plcSettings = z.strictObject({
  url: z
    .string()
    .max(500)
    .regex(/^opc\.tcp:\/\/[^\s/@]+(\/\S*)?$/, 'must look like opc.tcp://host:4840/path'),
  security: z
    .enum(['None', 'Sign', 'SignAndEncrypt'])
    .default('SignAndEncrypt')
    .describe('by Basic256Sha256, with a certificate of this machine; None: without'),
  username: z.string().min(1).max(200).optional().describe('left out: anonymous'),
  password: z.string().max(500).optional().describe('shown as ***; sent back so, it stays'),
  nodes: z
    .partialRecord(z.enum(signalNames as [SignalName, ...SignalName[]]), z.string().min(1).max(500))
    .refine((nodes) => Object.keys(nodes).length > 0, 'must name one node at least')
    .describe('node id of each signal that is written: ns=3;s=Pass, or nsu=NAMESPACE;s=Pass'),
});
export type PlcSettings = z.output<typeof plcSettings>;
