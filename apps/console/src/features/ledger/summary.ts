import type { LedgerEntry } from '../../api/types.ts';

const longest = 90;

/** How names and values of a record are put into words. */
export interface Wording {
  readonly word: (name: string) => string;
  readonly said: (name: string, value: string) => string;
}

const plain: Wording = { word: (name) => name, said: (_, value) => value };

type Facts = Record<string, unknown>;
const isObject = (value: unknown): value is Facts => typeof value === 'object' && value !== null;

/** Times to the minute, on the clock that they were given on. */
const shortTime = (text: string) => text.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d\S*$/, '$1 $2');

const linesOf = (facts: Facts, { word, said }: Wording): string =>
  Object.entries(facts)
    .filter(([, value]) => (typeof value === 'string' && value !== '') || typeof value === 'number')
    .filter(([, value]) => !/^[0-9a-f-]{36}$/.test(String(value)))
    .map(([name, value]) => `${word(name)}: ${said(name, shortTime(String(value)))}`)
    .join(' · ');

/** What it was done to, and what became of it: `Press 4 · enabled: true → false`. */
function changeOf(before: Facts, after: Facts, { word, said }: Wording): string {
  const changed = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const value = (key: string, facts: Facts) => (isObject(facts[key]) ? '…' : said(key, String(facts[key] ?? '–')));
  const changes = changed.map((key) =>
    isObject(after[key]) ? word(key) : `${word(key)}: ${value(key, before)} → ${value(key, after)}`,
  );
  const name = typeof before.name === 'string' && !changed.includes('name') ? [before.name] : [];
  return [...name, ...changes].join(' · ');
}

/** The plain facts of an entry on one line: names and values that are neither ids nor nested, or what a change changed. */
export function summaryOf(entry: Pick<LedgerEntry, 'kind' | 'content'>, wording: Wording = plain): string {
  const { content } = entry;
  if (!isObject(content)) return '';
  const facts = entry.kind === 'finding' && 'parameters' in content ? content.parameters : content;
  if (!isObject(facts)) return '';
  const { before, after } = facts;
  const text = isObject(before) && isObject(after) ? changeOf(before, after, wording) : linesOf(facts, wording);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
