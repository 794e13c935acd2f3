import type { LedgerEntry } from '../../api/types.ts';

const longest = 90;

/** How names and values of a record are put into words. */
export interface Wording {
  readonly word: (name: string) => string;
  readonly said: (name: string, value: string) => string;
}

const plain: Wording = { word: (name) => name, said: (_, value) => value };

/** The plain facts of an entry on one line: names and values that are neither ids nor nested. */
export function summaryOf(entry: Pick<LedgerEntry, 'kind' | 'content'>, { word, said }: Wording = plain): string {
  const { content } = entry;
  if (typeof content !== 'object' || content === null) return '';
  const facts = entry.kind === 'finding' && 'parameters' in content ? content.parameters : content;
  if (typeof facts !== 'object' || facts === null) return '';
  const text = Object.entries(facts)
    .filter(([, value]) => (typeof value === 'string' && value !== '') || typeof value === 'number')
    .filter(([, value]) => !/^[0-9a-f-]{36}$/.test(String(value)))
    .map(([name, value]) => `${word(name)}: ${said(name, String(value))}`)
    .join(' · ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
