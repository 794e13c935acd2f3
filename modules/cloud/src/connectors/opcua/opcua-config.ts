import { z } from 'zod';

export const opcuaNode = z.strictObject({
  /** `ns=2;s=Press1.Power`, `i=2258`, or with the namespace's name instead of its number: `nsu=urn:acme:press;s=Power`. */
  nodeId: z.string().min(1),
  name: z.string().optional(),
  unit: z.string().optional(),
  kind: z.enum(['gauge', 'delta', 'counter']).optional(),
});

export type OpcuaNode = z.output<typeof opcuaNode>;

export const opcuaConfig = z
  .strictObject({
    endpointUrl: z.string().regex(/^opc\.tcp:\/\/[^\s/]+/, 'must look like opc.tcp://host:4840/path'),
    securityMode: z.enum(['None', 'Sign', 'SignAndEncrypt']).default('None'),
    securityPolicy: z
      .enum(['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'])
      .optional()
      .describe('Left out: None without security, else Basic256Sha256.'),
    /** Left out: anonymous. */
    user: z.string().min(1).optional(),
    password: z.string().optional(),
    publishingMs: z.number().int().min(50).max(3_600_000).default(1_000),
    samplingMs: z.number().int().min(0).max(3_600_000).default(1_000),
    /** Smaller changes are not sent. `percent` is of the node's EURange and only works where the server has one. */
    deadband: z.strictObject({ type: z.enum(['absolute', 'percent']), value: z.number().min(0) }).optional(),
    /** How often the nodes are read that the server has no monitored items left for. Left out: the publishing interval, at least 1 s. */
    pollSeconds: z.number().min(0.05).max(86_400).optional(),
    /** Nodes to read besides the source's points; they become points. */
    nodes: z
      .array(
        z.union([
          z
            .string()
            .min(1)
            .transform((nodeId): OpcuaNode => ({ nodeId })),
          opcuaNode,
        ]),
      )
      .default([]),
    /** How far back history is asked for after a lost link. */
    historyHours: z
      .number()
      .min(0)
      .max(24 * 366)
      .default(24 * 7),
  })
  .superRefine((config, context) => {
    const secured = config.securityMode !== 'None';
    if (config.securityPolicy !== undefined && secured === (config.securityPolicy === 'None'))
      context.addIssue({
        code: 'custom',
        path: ['securityPolicy'],
        message: `${config.securityPolicy} does not go with the security mode ${config.securityMode}`,
      });
    if ((config.user === undefined) !== (config.password === undefined))
      context.addIssue({ code: 'custom', path: ['password'], message: 'user and password come together' });
  });
export type OpcuaConfig = z.output<typeof opcuaConfig>;
