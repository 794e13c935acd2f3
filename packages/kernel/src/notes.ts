import { z } from 'zod';

/**
 * What the product says beside its numbers: an assumption, something left out, a warning, why something was guessed.
 * `code` and `values` are for whoever translates it or acts on it (the kinds of values are those of `NoteValue`);
 * `text` is the same as an English sentence, for the command line and the logs.
 */
export const noteSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.unknown()),
  text: z.string(),
});
export type Note = Readonly<z.output<typeof noteSchema>>;

/**
 * What a sentence is made from. A string is a name and stays as it is; a number is written by the reader's habits; a
 * list is joined with commas; a note inside a note is said in the same language, without its full stop.
 */
export type NoteValue =
  | string
  | number
  /** A moment; `zone` is the plant's, so that reader and plant speak of the same clock. */
  | { readonly time: string; readonly zone?: string }
  /** A day of a calendar, `2024-03-01`. */
  | { readonly day: string }
  /** With a UCUM unit; a decimal may come as text, so that nothing is lost on the way. */
  | { readonly amount: number | string; readonly unit: string }
  /** A fraction of one, shown as percent. */
  | { readonly share: number }
  /** A word that the console has in every language: `carrier.natural-gas`, `quantity.power`. */
  | { readonly term: string }
  | Note
  | readonly NoteValue[];
export type NoteValues = Readonly<Record<string, NoteValue>>;

export interface NoteEntry {
  readonly code: string;
  readonly area: string;
  /** Names of the values that the sentence is made from. */
  readonly values: readonly string[];
  /** The English sentence with `{{name}}` in place of each value. */
  readonly template: string;
}

const catalogue = new Map<string, NoteEntry>();

/** Every note that has been defined by the code loaded so far, by code. A test holds the console's texts to it. */
export function noteCatalogue(): NoteEntry[] {
  return [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The sentence with the names of its members in place of them. */
function templateOf(sentence: (values: never) => string): Pick<NoteEntry, 'template' | 'values'> {
  const template = sentence(new Proxy({}, { get: (_, name) => `{{${String(name)}}}` }) as never);
  const names = [...template.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!);
  return { template, values: [...new Set(names)].sort() };
}

// biome-ignore lint/suspicious/noExplicitAny: notes of many kinds of values; each is typed at its own entry.
type Sentences = Record<string, (values: any) => string>;
type Maker<S> = S extends () => string
  ? (values?: Record<string, never>) => Note
  : S extends (values: infer V) => string
    ? (values: V) => Note
    : never;

/**
 * Declares the notes of one area and returns a function per code that makes the note. A sentence puts each of its values
 * into text and decides nothing by them (it is handed their English): two sentences are two codes, so that each can be
 * translated.
 *
 *     export const esgNotes = defineNotes('esg', {
 *       'meter-alone': ({ site, point }: { site: string; point: string }) => `${site}: ${point} is the only meter.`,
 *     });
 *     notes.push(esgNotes['meter-alone']({ site, point })); // { code: 'esg.meter-alone', values: {…}, text: '…' }
 */
export function defineNotes<D extends Sentences>(area: string, sentences: D): { [K in keyof D]: Maker<D[K]> } {
  const makers: Record<string, (values?: NoteValues) => Note> = {};
  for (const [name, sentence] of Object.entries(sentences)) {
    const code = `${area}.${name}`;
    if (catalogue.has(code)) throw new Error(`note ${code} is defined twice`);
    catalogue.set(code, { code, area, ...templateOf(sentence) });
    makers[name] = (values = {}) => {
      const english = Object.entries(values).map(([key, value]) => [key, inEnglish(value)]);
      return { code, values: { ...values }, text: sentence(Object.fromEntries(english)) };
    };
  }
  return makers as { [K in keyof D]: Maker<D[K]> };
}

export const isNote = (value: unknown): value is Note => noteSchema.safeParse(value).success;

/** The note without values that reads so, if there is one: a schema's own message is known by its words. */
export function noteSaying(text: string): Note | undefined {
  const entry = [...catalogue.values()].find(({ template, values }) => template === text && values.length === 0);
  return entry && { code: entry.code, values: {}, text };
}

/** The English of a reason: the product's own sentence, or words from outside (the system, a broker, a PLC). */
export const textOf = (reason: string | Note): string => (typeof reason === 'string' ? reason : reason.text);

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 6, useGrouping: 'min2' });

/** Swedish writes a time the way ISO 8601 does. */
const minute = (time: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(time));

/** How a value stands in an English sentence. */
export function inEnglish(value: NoteValue): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return number.format(value);
  if ('text' in value)
    return `${'path' in value && value.path ? `${value.path}: ` : ''}${value.text.replace(/\.$/, '')}`;
  if ('time' in value) return `${minute(value.time, value.zone ?? 'UTC')} (${value.zone ?? 'UTC'})`;
  if ('day' in value) return value.day;
  if ('amount' in value) return `${inEnglish(value.amount)} ${value.unit === '1' ? '' : value.unit}`.trim();
  if ('share' in value) return `${number.format(Math.round(value.share * 1000) / 10)} %`;
  if ('term' in value) return value.term.slice(value.term.lastIndexOf('.') + 1).replaceAll('-', ' ');
  return value.map(inEnglish).join(value.every(isNote) ? '; ' : ', ');
}
