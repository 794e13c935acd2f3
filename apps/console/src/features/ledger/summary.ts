import type { LedgerEntry } from '../../api/types.ts';

const longest = 90;

/** The plain facts of an entry on one line: names and values that are neither ids nor nested; `word` gives a name in the reader's language. */
export function summaryOf(
  entry: Pick<LedgerEntry, 'kind' | 'content'>,
  word: (name: string) => string = (name) => name,
): string {
  const { content } = entry;
  if (typeof content !== 'object' || content === null) return '';
  const facts = entry.kind === 'finding' && 'parameters' in content ? content.parameters : content;
  if (typeof facts !== 'object' || facts === null) return '';
  const text = Object.entries(facts)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .filter(([, value]) => !/^[0-9a-f-]{36}$/.test(String(value)))
    .map(([name, value]) => `${word(name)}: ${value}`)
    .join(' · ');
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
