import type { TFunction } from 'i18next';
import type { Format } from './format.ts';
import { namespace } from './server-texts/server-texts.ts';

/** A sentence of the server: its code and values, and the English to fall back on. */
export interface Said {
  readonly code: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** What is needed to say something in a language. */
export interface Voice {
  readonly t: TFunction;
  readonly exists: (key: string) => boolean;
  readonly format: Format;
}

/** A note, or an error inside one, in the reader's language; what has no text there is said as the server said it. */
export function noteText({ code, values, text }: Said, voice: Voice): string {
  const keys = [`notes.${code}`, `errors.${code}.message`].map((key) => `${namespace}:${key}`);
  return textFor(keys.find(voice.exists) ?? '', values, voice) ?? text;
}

/** The text of a key with the values in the reader's form, or nothing when there is no such text. */
export function textFor(key: string, values: Said['values'], voice: Voice): string | undefined {
  if (!voice.exists(key)) return undefined;
  const replace = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, valueText(value, voice)]));
  return voice.t(key, { replace });
}

/** One value of a sentence as the reader writes it; the kinds are those of the kernel's `NoteValue`. */
export function valueText(value: unknown, voice: Voice): string {
  const { format } = voice;
  if (value === null || value === undefined) return format.number(null);
  if (typeof value === 'number') return format.plainNumber(value, decimals(value));
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return listText(value, voice);
  if (isSaid(value)) return placeText(value, voice) + noteText(value, voice).replace(/[。.]$/, '');
  if ('time' in value) return format.minute(String(value.time), 'zone' in value ? String(value.zone) : undefined);
  if ('day' in value) return format.date(`${value.day}T00:00:00Z`, 'UTC');
  if ('amount' in value && 'unit' in value) return quantityText(Number(value.amount), String(value.unit), format);
  if ('share' in value) return format.percent(Number(value.share));
  if ('term' in value) return termText(String(value.term), voice);
  return JSON.stringify(value);
}

/** So many entries are enough to see which they are. */
const mostListed = 20;

function listText(list: readonly unknown[], voice: Voice): string {
  if (list.length === 0) return voice.t('facts.none');
  const sentences = list.every((item) => typeof item === 'object' && item !== null && isSaid(item));
  const shown = list.slice(0, mostListed).map((item) => valueText(item, voice));
  const rest = list.length > mostListed ? voice.t('listRest', { n: list.length - mostListed }) : '';
  return shown.join(voice.t(sentences ? 'sentenceSeparator' : 'listSeparator')) + rest;
}

/** Where in what was sent something is wrong: `registers.0.key`, with the words that the forms have for it. */
function placeText(problem: object, voice: Voice): string {
  if (!('path' in problem) || typeof problem.path !== 'string' || problem.path === '') return '';
  const words = problem.path.split('.').map((member) => {
    if (/^\d+$/.test(member)) return String(Number(member) + 1);
    const key = [`${namespace}:terms.field.${member}`, `cloud.setting.${member}`].find(voice.exists);
    return key === undefined ? member : voice.t(key);
  });
  return voice.t('place', { place: words.join(' › ') });
}

export function isSaid(value: object): value is Said {
  return 'code' in value && 'values' in value && 'text' in value && typeof value.code === 'string';
}

const quantityText = (value: number, unit: string, format: Format): string =>
  format.quantity(value, unit, decimals(value));

/** Enough to recognise the number, without the noise behind it. */
const decimals = (value: number): number => (Math.abs(value) >= 100 ? 2 : Math.abs(value) >= 1 ? 3 : 6);

/** `carrier.natural-gas`: a word that the pages have anyway, or one that only sentences need. */
function termText(term: string, { t, exists }: Voice): string {
  const key = [`${namespace}:terms.${term}`, `cloud.${term}`].find(exists);
  return key === undefined ? term.slice(term.lastIndexOf('.') + 1).replaceAll('-', ' ') : t(key);
}
