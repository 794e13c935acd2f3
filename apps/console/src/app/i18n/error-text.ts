import { ApiError } from '../../api/api-error.ts';
import { type Said, textFor, type Voice } from './said.ts';
import { namespace } from './server-texts/server-texts.ts';

export interface ErrorText {
  readonly code: string;
  /** What was wrong. */
  readonly message: string;
  /** What to do about it; empty where the message says it. */
  readonly remedy: string;
}

/** What is known of an error: a code of the catalogue, its details, and the English of the server. */
export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error in the reader's language by its code; without a text there, as the server said it. */
export function errorText(error: unknown, voice: Voice): ErrorText {
  if (error instanceof ApiError) return factsText(error, voice);
  const text = error instanceof Error ? error.message : String(error);
  return { code: 'CONSOLE_FAILED', message: voice.t('errors.CONSOLE_FAILED', { text }), remedy: '' };
}

export function factsText({ code, message, status, details = {} }: ErrorFacts, voice: Voice): ErrorText {
  if (voice.exists(`errors.${code}`)) return { code, message: voice.t(`errors.${code}`), remedy: '' };
  // An answer of something between server and console, which has no code of the catalogue.
  if (code === `HTTP_${status}`) return { code, message: voice.t('errors.HTTP', { status }), remedy: '' };
  const values = moments(details);
  const text = textFor(`${namespace}:errors.${code}.message`, values, voice);
  if (text === undefined) return { code, message, remedy: '' };
  return { code, message: text, remedy: textFor(`${namespace}:errors.${code}.remedy`, values, voice) ?? '' };
}

/** Details carry moments as ISO 8601; the reader sees them on the own clock. */
function moments(details: Said['values']): Said['values'] {
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
  const entries = Object.entries(details).map(([name, value]) => [
    name,
    typeof value === 'string' && moment.test(value) ? { time: value } : value,
  ]);
  return Object.fromEntries(entries);
}
