import { trackingErrors } from './errors.ts';

/** What a filter or an order looks at: `metrics.rmse`, `params.kind`, `tags.team`, or an attribute such as `status`. */
export interface Field {
  readonly of: 'metric' | 'param' | 'tag' | 'attribute';
  readonly name: string;
}

export type FieldValue = string | number | undefined;
type Test = (read: (field: Field) => FieldValue) => boolean;

const families: Readonly<Record<string, Field['of']>> = {
  ...{ metric: 'metric', metrics: 'metric', param: 'param', params: 'param', parameter: 'param', parameters: 'param' },
  ...{ tag: 'tag', tags: 'tag', attribute: 'attribute', attributes: 'attribute', attr: 'attribute', run: 'attribute' },
};
const token =
  /\s*(>=|<=|!=|=|>|<|\(|\)|,|'(?:[^'\\]|\\.)*'|"[^"]*"|`[^`]*`|[^\s=<>!(),'"`]+(?:(?<=\.)(?:"[^"]*"|`[^`]*`))?)/gy;

/**
 * The filter language of MLflow's search: comparisons joined by `and`, with =, !=, <, <=, >, >=, LIKE, ILIKE, IN. Throws
 * TRACKING_FILTER_INVALID.
 */
export function parseFilter(filter: string | undefined): Test {
  if (filter === undefined || filter.trim() === '') return () => true;
  const words = tokensOf(filter);
  const refuse = (reason: string) => trackingErrors.TRACKING_FILTER_INVALID({ filter, reason });
  const tests: Test[] = [];
  for (let at = 0; at < words.length; ) {
    if (tests.length > 0) {
      if (words[at]!.toLowerCase() !== 'and') throw refuse(`"${words[at]}" stands where "and" is expected`);
      at += 1;
    }
    const field = fieldOf(words[at++] ?? '');
    let comparison = (words[at++] ?? '').toUpperCase();
    if (comparison === 'NOT') comparison = `NOT ${(words[at++] ?? '').toUpperCase()}`;
    if (comparison.endsWith('IN')) {
      const end = words.indexOf(')', at);
      if (words[at] !== '(' || end < 0) throw refuse('a list stands in parentheses');
      const wanted = new Set(
        words
          .slice(at + 1, end)
          .filter((word) => word !== ',')
          .map(unquoted),
      );
      at = end + 1;
      const isIn = comparison === 'IN';
      tests.push((read) => wanted.has(String(read(field))) === isIn);
      continue;
    }
    const word = words[at++];
    const compare = comparisons[comparison];
    if (!compare) throw refuse(`"${comparison}" is no comparison`);
    if (word === undefined) throw refuse('a value is missing at its end');
    const wanted = field.of === 'metric' || timeFields.has(field.name) ? Number(unquoted(word)) : unquoted(word);
    if (Number.isNaN(wanted)) throw refuse(`${word} is no number`);
    tests.push((read) => {
      const value = read(field);
      return value !== undefined && compare(value, wanted);
    });
  }
  return (read) => tests.every((test) => test(read));
}

/** What `order_by` asks for: `metrics.rmse ASC`. */
export function parseOrder(text: string): { readonly field: Field; readonly descending: boolean } {
  const words = tokensOf(text);
  return { field: fieldOf(words[0] ?? ''), descending: words[1]?.toUpperCase() === 'DESC' };
}

const timeFields: ReadonlySet<string> = new Set([
  'start_time',
  'end_time',
  'creation_time',
  'last_update_time',
  'created',
]);

const comparisons: Readonly<Record<string, (value: string | number, wanted: string | number) => boolean>> = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
  LIKE: (value, wanted) => pattern(String(wanted), '').test(String(value)),
  ILIKE: (value, wanted) => pattern(String(wanted), 'i').test(String(value)),
};

const pattern = (like: string, flags: string): RegExp => {
  const escaped = like
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${escaped}$`, `${flags}s`);
};

function tokensOf(text: string): string[] {
  const words: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ''; at = token.lastIndex) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (!found)
      throw trackingErrors.TRACKING_FILTER_INVALID({ filter: text, reason: `it is unclear from place ${at} on` });
    words.push(found[1]!);
  }
  return words;
}

function fieldOf(word: string): Field {
  const dot = word.indexOf('.');
  const of = dot < 0 ? undefined : families[word.slice(0, dot).toLowerCase()];
  const name = unquoted(of ? word.slice(dot + 1) : word);
  return { of: of ?? 'attribute', name };
}

const unquoted = (word: string): string => (/^(['"`]).*\1$/s.test(word) ? word.slice(1, -1) : word);
