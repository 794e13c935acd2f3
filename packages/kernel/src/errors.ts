import { inEnglish, isNote, type Note, type NoteValue } from './notes.ts';

/**
 * The one error family of the product. Every error that a user can meet has a code in a catalogue: what went wrong,
 * which HTTP status it is, and what to do about it. `docs/reference/errors.md` is generated from the same catalogue,
 * and a test fails when the two differ.
 */
export class MillwrightError extends Error {
  override readonly name = 'MillwrightError';
  readonly code: string;
  /** HTTP status; the CLI exits 2 for 400, 404 and 422 of its own call, 1 for everything else. */
  readonly status: number;
  /**
   * Machine-readable facts that the message was made from. Safe to show to the caller. A note among them is a sentence of
   * the product, which the console translates; a string that says why is in words from outside.
   */
  readonly details: Record<string, unknown>;

  constructor(code: string, status: number, message: string, details: Record<string, unknown>, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** Why something went wrong: the product's own sentence, or words from outside (the system, a broker, a PLC). */
export type Reason = string | Note;

/** One entry of a catalogue. `message` says what was wrong, `remedy` says what the reader can do. */
export interface ErrorDefinition<P> {
  readonly status: number;
  readonly message: (details: P) => string;
  readonly remedy: string;
}

export interface CatalogueEntry {
  readonly code: string;
  readonly area: string;
  readonly status: number;
  readonly remedy: string;
  /** What it says of the details it is given. */
  readonly message: (details: never) => string;
}

const catalogue = new Map<string, CatalogueEntry>();

/** Every error code that has been defined by the code loaded so far, sorted by code. */
export function errorCatalogue(): CatalogueEntry[] {
  return [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Types the details of one catalogue entry; see `defineErrors`. */
export function errorKind<P extends object>(definition: ErrorDefinition<P>): ErrorDefinition<P> {
  return definition;
}

// biome-ignore lint/suspicious/noExplicitAny: a catalogue holds entries of many detail types; each is typed at its own entry.
type Definitions = Record<string, ErrorDefinition<any>>;
type DetailsOf<D> = D extends ErrorDefinition<infer P> ? P : never;

/**
 * Declares the errors of one area and returns a function per code that makes the error.
 *
 *     export const cloudErrors = defineErrors('cloud', {
 *       CLOUD_POINT_UNKNOWN: errorKind<{ id: string }>({
 *         status: 404, message: ({ id }) => `No point has the id ${id}.`, remedy: 'List the points with `millwright cloud points`.' }),
 *     });
 *     throw cloudErrors.CLOUD_POINT_UNKNOWN({ id });
 */
export function defineErrors<D extends Definitions>(
  area: string,
  definitions: D,
): { [K in keyof D]: (details: DetailsOf<D[K]>, cause?: unknown) => MillwrightError } {
  const makers: Record<string, (details: object, cause?: unknown) => MillwrightError> = {};
  for (const [code, definition] of Object.entries(definitions)) {
    if (catalogue.has(code)) throw new Error(`error code ${code} is defined twice`);
    catalogue.set(code, { code, area, ...definition });
    makers[code] = (details, cause) => {
      const message = `${definition.message(spoken(details))} ${definition.remedy}`.trim();
      return new MillwrightError(code, definition.status, message, { ...details }, cause);
    };
  }
  return makers as { [K in keyof D]: (details: DetailsOf<D[K]>, cause?: unknown) => MillwrightError };
}

/** The details as a message puts them into text: notes in their English. */
function spoken(details: object): object {
  const english = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(english);
    return isNote(value) || isTerm(value) ? inEnglish(value) : value;
  };
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, english(value)]));
}

const isTerm = (value: unknown): value is NoteValue & { readonly term: string } =>
  typeof value === 'object' && value !== null && 'term' in value;

/** Why something was not done, to be put into a note: the console says an error by its code and details, as it says a note. */
export function reasonOf(error: unknown): Reason {
  if (!isMillwrightError(error)) return error instanceof Error ? error.message : String(error);
  const { code, details, message } = error;
  return { code, values: details, text: message };
}

/** True for errors whose message may be shown to the caller as it is. */
export function isMillwrightError(error: unknown): error is MillwrightError {
  return error instanceof MillwrightError;
}
