import { z } from 'zod';

/**
 * What an answer says beside its numbers: an assumption, something left out, a warning. `code` and `values` are for
 * whoever translates it or acts on it; `text` is the same as an English sentence.
 */
export const noteSchema = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
export type Note = Readonly<z.output<typeof noteSchema>>;
export type NoteValues = Readonly<Record<string, string | number>>;

export interface NoteEntry {
  readonly code: string;
  readonly area: string;
  /** Names of the values that the sentence is made from. */
  readonly values: readonly string[];
}

const catalogue = new Map<string, NoteEntry>();

/** Every note that has been defined by the code loaded so far, by code. A test holds the console's texts to it. */
export function noteCatalogue(): NoteEntry[] {
  return [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** The members that a sentence reads, found by letting it read them. */
function namesRead(sentence: (values: never) => string): string[] {
  const names = new Set<string>();
  const values = new Proxy({}, { get: (_, name) => names.add(String(name)) && '0' });
  sentence(values as never);
  return [...names].sort();
}

// biome-ignore lint/suspicious/noExplicitAny: notes of many kinds of values; each is typed at its own entry.
type Sentences = Record<string, (values: any) => string>;

/**
 * Declares the notes of one area and returns a function per code that makes the note. A sentence reads all of its values,
 * whatever they are: two sentences are two codes, so that each can be translated.
 *
 *     export const esgNotes = defineNotes('esg', {
 *       'meter-alone': ({ site, point }: { site: string; point: string }) => `${site}: ${point} is the only meter.`,
 *     });
 *     notes.push(esgNotes['meter-alone']({ site, point })); // { code: 'esg.meter-alone', values: {…}, text: '…' }
 */
export function defineNotes<D extends Sentences>(
  area: string,
  sentences: D,
): { [K in keyof D]: (values: Parameters<D[K]>[0]) => Note } {
  const makers: Record<string, (values: NoteValues) => Note> = {};
  for (const [name, sentence] of Object.entries(sentences)) {
    const code = `${area}.${name}`;
    if (catalogue.has(code)) throw new Error(`note ${code} is defined twice`);
    catalogue.set(code, { code, area, values: namesRead(sentence) });
    makers[name] = (values) => ({ code, values: { ...values }, text: sentence(values) });
  }
  return makers as { [K in keyof D]: (values: Parameters<D[K]>[0]) => Note };
}
