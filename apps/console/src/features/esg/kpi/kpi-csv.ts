import { toCsv } from '../../../components/data-table/to-csv.ts';
import type { KpiTable } from '../types.ts';
import type { KpiRow } from './kpi-rows.ts';

export interface KpiCsvWords {
  readonly indicator: string;
  readonly unit: string;
  readonly change: string;
  readonly exact: string;
  name(key: KpiRow['key']): string;
}

/** The table as printed, and beside it the figures before rounding. */
export function kpiCsv(table: KpiTable, rows: readonly KpiRow[], words: KpiCsvWords): string {
  const years = [table.reportingYear, ...(table.previousYear ? [table.previousYear] : [])];
  const header = [
    words.indicator,
    words.unit,
    ...years,
    `${words.change} %`,
    ...years.map((year) => `${year} ${words.exact}`),
  ];
  return toCsv(
    header,
    rows.map(({ key, unit, current, previous, change }) => [
      words.name(key),
      unit,
      current,
      ...(table.previousYear ? [previous] : []),
      change?.percent,
      ...years.map((year) => table.exact[year]?.[key]),
    ]),
  );
}
