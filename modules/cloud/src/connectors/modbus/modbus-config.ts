import { z } from 'zod';

export const registerTypes = {
  bool: 1,
  int16: 1,
  uint16: 1,
  bcd: 1,
  int32: 2,
  uint32: 2,
  float32: 2,
  bcd32: 2,
  int64: 4,
  uint64: 4,
  float64: 4,
} as const;
export type RegisterType = keyof typeof registerTypes;

const order = z.enum(['big', 'little']);

export const modbusRegister = z
  .strictObject({
    key: z.string().min(1),
    name: z.string().optional(),
    function: z.enum(['holding', 'input', 'coil', 'discrete']),
    /** As in the protocol, from 0: what a data sheet calls 40001 is holding 0. */
    address: z.number().int().min(0).max(65535),
    /** `bcd` has 4 decimal digits, `bcd32` 8. Coils and discrete inputs are always `bool`. */
    type: z.enum(Object.keys(registerTypes) as [RegisterType, ...RegisterType[]]).optional(),
    /** Bit 0 (lowest) to 15 of a register read as `bool`; left out, any bit set is 1. */
    bit: z.number().int().min(0).max(15).optional(),
    /** `big`: the most significant word comes first (ABCD); `little`: last (CDAB). */
    wordOrder: order.default('big'),
    /** Order of the two bytes within a word; the protocol says big, some devices do not. */
    byteOrder: order.default('big'),
    /** Value = raw * scale + offset. */
    scale: z.number().default(1),
    offset: z.number().default(0),
    /** UCUM code, or what the data sheet writes when it is a common unit. */
    unit: z.string().optional(),
    kind: z.enum(['gauge', 'delta', 'counter']).optional(),
  })
  .superRefine((register, context) => {
    const bits = register.function === 'coil' || register.function === 'discrete';
    if (bits && register.type !== undefined && register.type !== 'bool')
      context.addIssue({ code: 'custom', message: `${register.key}: a ${register.function} is a bool` });
    if (!bits && register.type === undefined)
      context.addIssue({ code: 'custom', message: `${register.key}: the type is missing` });
    if (register.address + (bits ? 1 : registerTypes[register.type ?? 'bool']) > 65536)
      context.addIssue({ code: 'custom', message: `${register.key}: reaches past address 65535` });
  });
export type ModbusRegister = z.output<typeof modbusRegister>;

export const modbusConfig = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535).default(502),
  unitId: z.number().int().min(0).max(255).default(1),
  /** Polls fall on whole multiples of this since 1970, so a 60 s poll happens at the full minute. */
  pollSeconds: z.number().min(0.05).max(86_400).default(10),
  timeoutMs: z.number().int().min(50).max(60_000).default(2_000),
  registers: z
    .array(modbusRegister)
    .min(1)
    .max(20_000)
    .superRefine((registers, context) => {
      const seen = new Set<string>();
      for (const { key } of registers) {
        if (seen.has(key)) context.addIssue({ code: 'custom', message: `the key ${key} is used twice` });
        seen.add(key);
      }
    }),
  /** So many registers nobody asked for may lie between two that are read together: cheaper than another request. */
  maxGap: z.number().int().min(0).max(100).default(16),
  /** The protocol allows 125; some devices fewer. For coils and discrete inputs 16 times as many bits. */
  maxRegistersPerRead: z.number().int().min(4).max(125).default(125),
});
export type ModbusConfig = z.output<typeof modbusConfig>;
