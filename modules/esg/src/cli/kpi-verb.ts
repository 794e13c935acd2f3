import type { Verb } from '@millwright/kernel';
import { kpiDefinitions } from '../kpi/kpi-definitions.ts';
import type { KpiAnswer } from '../kpi/kpi-schemas.ts';
import { familyOption, siteOption, sourceOption, upload, yearOf } from './options.ts';
import { noteLines } from './print.ts';

/** The table as text: label, unit, a column a year; a figure that lacks something is marked. */
function printKpi(answer: KpiAnswer): string {
  const { reportingYear, previousYear, years, incomplete, changes, notes, evidence } = answer;
  const shown = previousYear ? [reportingYear, previousYear] : [reportingYear];
  const cell = (year: string, key: (typeof kpiDefinitions)[number]['key']) => {
    const value = years[year]?.[key];
    if (value === undefined) return '–';
    return incomplete[year]?.includes(key) ? `at least ${value}` : value;
  };
  const rows = kpiDefinitions.flatMap(({ key, label, unit }) =>
    shown.some((year) => years[year]?.[key] !== undefined)
      ? [[label, unit, ...shown.map((year) => cell(year, key)), changes[key]?.percent ?? '']]
      : [],
  );
  const table = [['', '', ...shown, 'change'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((text, column) => (column < 2 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!))).join('  ');
  return [...table.map(line), '', ...noteLines(notes), `evidence ${evidence}`].join('\n');
}

export const kpiVerb: Verb = {
  name: 'kpi',
  summary: 'The environmental table of a year beside the year before, from a file or from the database.',
  arguments: [{ name: 'FILE?', summary: 'Activity data as JSON, CSV or XLSX. Left out: what the database has.' }],
  options: [
    {
      name: 'factor',
      summary: 'Electricity factor of its country: with a file for every year, else for what names none of its own.',
      placeholder: 'ID',
    },
    familyOption,
    { name: 'year', summary: 'Reporting year. Left out: the newest of the file, or last year.', placeholder: 'YYYY' },
    {
      name: 'previous-year-with',
      summary: 'Whether the year before keeps its own factor or takes that of the reporting year.',
      placeholder: 'own|current',
    },
    siteOption,
    sourceOption,
  ],
  async run({ call, arguments: given, options }) {
    const { factor, family, site, source } = options;
    const year = yearOf(options);
    const shared = { factor, family, recalculatePreviousYearWith: options['previous-year-with'] };
    if (given.FILE === undefined) {
      const body = { ...shared, year: year ?? new Date().getFullYear() - 1, source };
      return call<KpiAnswer>('POST', '/api/esg/kpi', {
        body: { ...body, ...(site !== undefined && { sites: [site] }) },
      });
    }
    const { hash, name: fileName } = await upload(call, given.FILE);
    return call<KpiAnswer>('POST', '/api/esg/kpi/file', { body: { ...shared, hash, fileName, reportingYear: year } });
  },
  print: printKpi,
};
