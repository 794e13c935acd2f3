/** The command line's part of ESG. */
import { basename } from 'node:path';
import type { Verb, VerbContext } from '@millwright/kernel';
import type { EmissionAnswer } from './emissions/emission-schemas.ts';
import { esgErrors } from './errors.ts';
import { kpiDefinitions } from './kpi/kpi-definitions.ts';
import type { KpiAnswer } from './kpi/kpi-schemas.ts';

/** What `--diesel-l` and `--gasoline-l` take for the density when none is given, in kg/L, and say so. */
const usualDensity = { 'gas-diesel-oil': '0.84', 'motor-gasoline': '0.75' } as const;

interface QuantityOption {
  readonly option: string;
  readonly placeholder: string;
  readonly summary: string;
  /** The line of the calculation, without quantity. */
  readonly line: Record<string, unknown>;
}

const fuel = (option: string, placeholder: string, what: string, name: string, unit: string): QuantityOption => ({
  option,
  placeholder,
  summary: `${what} burnt.`,
  line: { kind: 'fuel', id: name, fuel: name, unit },
});

const quantities: readonly QuantityOption[] = [
  {
    option: 'electricity-mwh',
    placeholder: 'MWH',
    summary: 'Electricity bought.',
    line: { kind: 'electricity', id: 'electricity', unit: 'MWh' },
  },
  {
    option: 'heat-gj',
    placeholder: 'GJ',
    summary: 'Heat or steam bought.',
    line: { kind: 'heat', id: 'heat', unit: 'GJ' },
  },
  fuel('gas-m3', 'M3', 'Natural gas', 'natural-gas', 'm3'),
  fuel('diesel-l', 'L', 'Diesel', 'gas-diesel-oil', 'L'),
  fuel('gasoline-l', 'L', 'Gasoline', 'motor-gasoline', 'L'),
  fuel('lpg-t', 'T', 'Liquefied petroleum gas', 'liquefied-petroleum-gas', 't'),
  fuel('fuel-oil-t', 'T', 'Residual fuel oil', 'residual-fuel-oil', 't'),
  fuel('coal-t', 'T', 'Bituminous coal', 'other-bituminous-coal', 't'),
  fuel('anthracite-t', 'T', 'Anthracite', 'anthracite', 't'),
];

/** The option's text as a decimal of zero or more. Throws ESG_QUANTITY_INVALID. */
function quantityOf(option: string, given: unknown): string {
  const value = String(given).trim();
  const refuse = (reason: string) => esgErrors.ESG_QUANTITY_INVALID({ option: `--${option}`, value, reason });
  if (!/^[+-]?\d+(\.\d+)?$/.test(value)) throw refuse('that is not a decimal number');
  if (value.startsWith('-') && /[1-9]/.test(value)) throw refuse('it may not be below zero');
  return value;
}

function linesOf(options: VerbContext['options'], notes: string[]): Record<string, unknown>[] {
  return quantities.flatMap(({ option, line }) => {
    if (options[option] === undefined) return [];
    const quantity = quantityOf(option, options[option]);
    if (line.unit !== 'L') {
      const { factor, 'residual-factor': residualFactor } = options;
      return [{ ...line, quantity, ...(line.kind === 'electricity' && { factor, residualFactor }) }];
    }
    const given = options['density-kg-per-l'];
    const usual = usualDensity[line.fuel as keyof typeof usualDensity];
    if (given === undefined) notes.push(`${line.id}: no density was given; ${usual} kg/L was taken.`);
    const densityKgPerL = given === undefined ? usual : quantityOf('density-kg-per-l', given);
    return [{ ...line, quantity, densityKgPerL }];
  });
}

const emissionsVerb: Verb = {
  name: 'emissions',
  summary: 'Emissions of electricity, heat and fuels, with the factors used and the evidence.',
  options: [
    ...quantities.map(({ option, placeholder, summary }) => ({ name: option, placeholder, summary })),
    {
      name: 'factor',
      summary: 'Factor of the electricity. Left out: China’s newest known trading-scheme factor up to the year.',
      placeholder: 'ID',
    },
    { name: 'residual-factor', summary: 'Factor of the electricity in the market-based method.', placeholder: 'ID' },
    { name: 'density-kg-per-l', summary: 'Density of the diesel or gasoline.', placeholder: 'KG/L' },
    { name: 'year', summary: 'Year of the activity. Left out: this year.', placeholder: 'YYYY' },
  ],
  async run({ call, options }) {
    const notes: string[] = [];
    const lines = linesOf(options, notes);
    if (lines.length === 0)
      throw esgErrors.ESG_NOTHING_TO_CALCULATE({ options: quantities.map(({ option }) => `--${option}`) });
    const year = options.year === undefined ? undefined : Number(quantityOf('year', options.year));
    const answer = await call<EmissionAnswer>('POST', '/api/esg/emissions', { body: { lines, year } });
    return { ...answer, notes: [...notes, ...answer.notes] };
  },
  print({ printed, exact, result, notes, evidence }: EmissionAnswer) {
    return [
      `${printed} t CO2e (exactly ${exact})`,
      ...result.lines.map(
        ({ line, scope, method, formula, tCO2e }) => `  ${line}  scope ${scope} ${method}  ${formula} = ${tCO2e} t`,
      ),
      ...result.factors.map(
        ({ id, version, value, unit, document, confirmed }) =>
          `  factor ${id}@${version}  ${value} ${unit}  ${document}${confirmed ? '' : '  (unconfirmed)'}`,
      ),
      ...notes.map((text) => `  ${text}`),
      `evidence ${evidence}`,
    ].join('\n');
  },
};

/** The table as text: label, unit, a column a year. */
function printKpi({ reportingYear, previousYear, years, changes, notes, evidence }: KpiAnswer): string {
  const shown = previousYear ? [reportingYear, previousYear] : [reportingYear];
  const rows = kpiDefinitions.flatMap(({ key, label, unit }) =>
    shown.some((year) => years[year]?.[key] !== undefined)
      ? [[label, unit, ...shown.map((year) => years[year]?.[key] ?? '–'), changes[key]?.percent ?? '']]
      : [],
  );
  const table = [['', '', ...shown, 'change'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ');
  return [...table.map(line), '', ...notes.map((text) => `  ${text}`), `evidence ${evidence}`].join('\n');
}

const kpiVerb: Verb = {
  name: 'kpi',
  summary: 'The environmental table of a year beside the year before, from a file of activity data.',
  arguments: [{ name: 'FILE', summary: 'Activity data as JSON, CSV or XLSX.' }],
  options: [
    {
      name: 'factor',
      summary: 'Electricity factor for every year, instead of what the file names.',
      placeholder: 'ID',
    },
    { name: 'year', summary: 'Reporting year. Left out: the newest in the file.', placeholder: 'YYYY' },
    {
      name: 'previous-year-with',
      summary: 'Whether the year before keeps its own factor or takes that of the reporting year.',
      placeholder: 'own|current',
    },
  ],
  async run({ call, arguments: given, options }) {
    const { hash } = await call<{ hash: string }>('POST', '/api/esg/uploads', { file: given.FILE! });
    return call<KpiAnswer>('POST', '/api/esg/kpi/file', {
      body: {
        hash,
        fileName: basename(given.FILE!),
        factor: options.factor,
        reportingYear: options.year === undefined ? undefined : Number(quantityOf('year', options.year)),
        recalculatePreviousYearWith: options['previous-year-with'],
      },
    });
  },
  print: printKpi,
};

export const verbs: readonly Verb[] = [emissionsVerb, kpiVerb];
