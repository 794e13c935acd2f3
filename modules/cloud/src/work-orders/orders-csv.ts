import type { WorkOrderFacts } from './work-order.ts';

/** Spreadsheets run what begins like this as a formula; a title must not become one. */
const formula = /^[=+@\t\r-]/;

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const columns: readonly (readonly [string, (order: WorkOrderFacts) => string | number | null])[] = [
  ['number', ({ number }) => number],
  ['title', ({ title }) => title],
  ['state', ({ state }) => state],
  ['priority', ({ priority }) => priority],
  ['site', ({ siteName }) => siteName],
  ['asset', ({ nodeName }) => nodeName],
  ['owner', ({ owner }) => owner?.name ?? null],
  ['due', ({ dueAt }) => dueAt],
  ['overdue', ({ overdue }) => (overdue ? 'yes' : 'no')],
  ['checked', ({ checked }) => checked],
  ['to_check', ({ toCheck }) => toCheck],
  ['minutes', ({ minutes }) => minutes],
  ['source', ({ source }) => source?.title ?? null],
  ['cause', ({ outcome }) => outcome?.cause ?? null],
  ['action', ({ outcome }) => outcome?.action ?? null],
  ['verdict', ({ outcome }) => outcome?.verdict ?? null],
  ['created', ({ createdAt }) => createdAt],
  ['created_by', ({ createdBy }) => createdBy],
  ['closed', ({ closedAt }) => closedAt],
];

/** RFC 4180 in UTF-8 with a byte order mark, without which Excel reads Chinese as noise; times in ISO 8601. */
export async function* ordersCsv(pages: AsyncIterable<readonly WorkOrderFacts[]>): AsyncGenerator<string> {
  yield `\uFEFF${columns.map(([name]) => name).join(',')}\r\n`;
  for await (const orders of pages)
    yield orders.map((order) => `${columns.map(([, of]) => cell(of(order))).join(',')}\r\n`).join('');
}
