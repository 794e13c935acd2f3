import { z } from 'zod';
import { timeFormats } from '../parse-time.ts';

const path = z.string().describe('Path into the payload: `a.b`, `a[0].b`; empty is the payload itself.');

const timeAndQuality = {
  /** Left out: the time of receiving. */
  time: path.optional(),
  timeFormat: z.enum(timeFormats).default('auto'),
  /** IANA zone of times without an offset. */
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  quality: path.optional(),
  /** Where the unit stands, to be announced with the point. */
  unitPath: path.optional(),
};

const payload = z.discriminatedUnion('shape', [
  /** One value per message: `{"ts": 1, "v": 2}` or a bare number. */
  z.strictObject({ shape: z.literal('value'), value: path.default(''), ...timeAndQuality }),
  /** Each numeric member of an object is a reading: `{"ts": 1, "power": 2, "flow": 3}`. */
  z.strictObject({
    shape: z.literal('object'),
    values: path.default(''),
    ignore: z.array(z.string()).default([]),
    ...timeAndQuality,
  }),
  /** An array of readings: `[{"name": "power", "ts": 1, "v": 2}]`; the other paths count from one element. */
  z.strictObject({
    shape: z.literal('readings'),
    readings: path.default(''),
    value: path.default('value'),
    ...timeAndQuality,
  }),
]);

export const mqttJsonConfig = z.strictObject({
  /** Topic filter; `+` and `#` allowed. */
  topic: z.string().min(1).refine(isFilter, 'must be an MQTT topic filter: + alone in a level, # alone at the end'),
  /**
   * How the key of a point is made: `{topic}`, `{2}` (second level of the topic), `{member}` (name in an object of
   * values), `{$.path}` (text in the payload, or in the element of an array of readings). Left out: `{topic}`, and
   * `{topic}/{member}` for an object of values.
   */
  key: z.string().min(1).optional(),
  payload,
  /** A publisher of ever new names must not fill the database with points. */
  maxPoints: z.number().int().min(1).max(1_000_000).default(10_000),
});
export type MqttJsonConfig = z.output<typeof mqttJsonConfig>;

function isFilter(filter: string): boolean {
  const levels = filter.split('/');
  return levels.every(
    (level, index) =>
      level === '+' || (level === '#' && index === levels.length - 1) || (!level.includes('+') && !level.includes('#')),
  );
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
