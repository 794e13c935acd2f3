import { withoutPassword, withStoredPassword } from '@millwright/media/stream';
import { z } from 'zod';
import { plcSettings } from './plc-settings.ts';

const milliseconds = z.number().int().min(10).max(600_000);

/** How a station talks with the line. */
export const handshakeSettings = z.strictObject({
  opcua: z.boolean().default(false).describe('a node set on the OPC UA server of this machine'),
  modbusUnit: z
    .number()
    .int()
    .min(1)
    .max(247)
    .nullable()
    .default(null)
    .describe('unit of the Modbus TCP server of this machine; null: none'),
  mqtt: z.boolean().default(false).describe('pictures, triggers, acknowledgements and resets come through the broker'),
  plc: plcSettings.nullable().default(null).describe('what it shows is written into the OPC UA server of a controller'),
  trigger: z
    .enum(['line', 'picture'])
    .default('line')
    .describe('line: a picture belongs to the trigger before it; picture: each picture that comes is a part'),
  acknowledge: z
    .boolean()
    .default(true)
    .describe('the line takes each result away; false: it is shown for acknowledgeMs'),
  pictureMs: milliseconds.default(2_000).describe('from trigger to picture at most'),
  judgingMs: milliseconds.default(5_000).describe('from picture to result at most'),
  acknowledgeMs: milliseconds.default(5_000).describe('from result to acknowledgement at most'),
  releaseMs: milliseconds.default(5_000).describe('until trigger and acknowledgement are taken back at most'),
  recovery: z
    .enum(['automatic', 'reset'])
    .default('reset')
    .describe('out of a fault: by itself when all is well again, or by a reset from the line or a person'),
  classNumbers: z
    .record(z.string().min(1).max(100), z.number().int().min(1).max(65_534))
    .default({})
    .describe('number of each class for the line; 0 is none, 65535 one without number'),
});
export type HandshakeSettings = z.output<typeof handshakeSettings>;

/** As they may be shown: the password is covered. */
export const shownSettings = (settings: HandshakeSettings): HandshakeSettings =>
  settings.plc ? { ...settings, plc: withoutPassword(settings.plc) } : settings;

/** A covered password that comes back is the one that is stored, for the same host. Throws MEDIA_PASSWORD_ELSEWHERE. */
export const storedSettings = (settings: HandshakeSettings, before: HandshakeSettings | null): HandshakeSettings =>
  settings.plc ? { ...settings, plc: withStoredPassword(settings.plc, before?.plc ?? undefined) } : settings;

/** Number that the line reads for a class. */
export const classNumberOf = ({ classNumbers }: HandshakeSettings, name: string | null): number =>
  name === null ? 0 : Object.hasOwn(classNumbers, name) ? classNumbers[name]! : 65_535;
