import { severities } from '@millwright/kernel';
import { z } from 'zod';

export const alertLanguages = ['en', 'zh-CN', 'zh-TW'] as const;
export type AlertLanguage = (typeof alertLanguages)[number];

/** What is longer is cut: an alert with half of its words is better than none. */
const words = (longest: number) =>
  z.string().transform((text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text));

/** Words of an alert: the same for every reader (a name that a user gave), or in each language. */
const textSchema = (longest: number) =>
  z.union([words(longest), z.object({ en: words(longest), 'zh-CN': words(longest), 'zh-TW': words(longest) })]);
export type AlertText = string | Readonly<Record<AlertLanguage, string>>;

const name = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);

/** What a module asks attention for. */
export const attentionSchema = z.object({
  /** UUID; the same when the same thing is raised again, which then changes nothing. Left out, a new one. */
  id: z.uuid().optional(),
  /** The module that raises it. */
  module: name,
  /** What it is in the words of the module, e.g. `line-crossed`; channels may ask for single kinds. */
  kind: name,
  severity: z.enum(severities),
  /** Left out: of no single site, for channels of all sites only. */
  siteId: z.uuid().nullable().default(null),
  /** Id of the rule, camera, meter that it is about; what is of the same subject and kind is grouped. */
  subject: z.string().min(1).max(500),
  title: textSchema(300),
  text: textSchema(4000).default(''),
  /** When it happened, milliseconds since 1970. */
  at: z.number().min(-8.64e15).max(8.64e15),
  /** Path in the console, `/matrixvision/events/…`. */
  link: z
    .string()
    .max(1000)
    .regex(/^\/(?!\/)/)
    .nullable()
    .default(null),
  /** Facts for machines; plain JSON. More than 8 kB are left out, and `leftOutBytes` stands in their place. */
  details: z.record(z.string(), z.unknown()).default({}),
  /** SHA-256 of a JPEG or PNG in `host.blobs`. */
  pictureBlob: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .default(null),
  /** Permission that shows the picture in the console; left out: it goes to channels only. */
  pictureRight: z.string().max(100).nullable().default(null),
});
export type Attention = z.input<typeof attentionSchema>;

export const mostDetailBytes = 8192;

export const inLanguage = (text: AlertText, language: AlertLanguage): string =>
  typeof text === 'string' ? text : text[language];
