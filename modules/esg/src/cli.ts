/** The command line's part of ESG. */
import { basename } from 'node:path';
import type { Verb, VerbContext, VerbOption } from '@millwright/kernel';
import type { EmissionAnswer } from './emissions/emission-schemas.ts';
import { esgErrors } from './errors.ts';
import { type Factor, factorFamilies, factorUnitText, type GasBasis } from './factors/factor.ts';
import type { InventoryAnswer } from './inventory/inventory-schemas.ts';
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
    const year = yearOf(options);
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

/** A year given as an option. Throws ESG_QUANTITY_INVALID. */
const yearOf = (options: VerbContext['options']) =>
  options.year === undefined ? undefined : Number(quantityOf('year', options.year));

const sourceOption: VerbOption = {
  name: 'source',
  summary: 'What is counted. Left out: what was entered, and main meters where nothing was.',
  placeholder: 'auto|entered|measured',
};
const siteOption: VerbOption = { name: 'site', summary: 'One site. Left out: all.', placeholder: 'NAME' };

const kpiVerb: Verb = {
  name: 'kpi',
  summary: 'The environmental table of a year beside the year before, from a file or from the database.',
  arguments: [{ name: 'FILE?', summary: 'Activity data as JSON, CSV or XLSX. Left out: what the database has.' }],
  options: [
    {
      name: 'factor',
      summary: 'Electricity factor: with a file for every year, else for what names none of its own.',
      placeholder: 'ID',
    },
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
    const { factor, site, source } = options;
    const year = yearOf(options);
    const recalculatePreviousYearWith = options['previous-year-with'];
    if (given.FILE === undefined) {
      const body = { year: year ?? new Date().getFullYear() - 1, factor, source, recalculatePreviousYearWith };
      return call<KpiAnswer>('POST', '/api/esg/kpi', {
        body: { ...body, ...(site !== undefined && { sites: [site] }) },
      });
    }
    const { hash } = await call<{ hash: string }>('POST', '/api/esg/uploads', { file: given.FILE });
    const body = { hash, fileName: basename(given.FILE), factor, reportingYear: year, recalculatePreviousYearWith };
    return call<KpiAnswer>('POST', '/api/esg/kpi/file', { body });
  },
  print: printKpi,
};

const inventoryVerb: Verb = {
  name: 'inventory',
  summary: 'Scope 1 and 2 of the sites and a period, from meters, entered quantities and certificates.',
  options: [
    { name: 'year', summary: 'Calendar year.', placeholder: 'YYYY' },
    { name: 'from', summary: 'Or the first day.', placeholder: 'YYYY-MM-DD' },
    { name: 'to', summary: 'And the last day.', placeholder: 'YYYY-MM-DD' },
    siteOption,
    sourceOption,
    { name: 'factor', summary: 'Electricity factor for what names none of its own.', placeholder: 'ID' },
    { name: 'residual-factor', summary: 'The same for the market-based method.', placeholder: 'ID' },
  ],
  run({ call, options }) {
    const { site, from, to, source, factor, 'residual-factor': residualFactor } = options;
    const body = { year: yearOf(options), from, to, source, factor, residualFactor };
    return call<InventoryAnswer>('POST', '/api/esg/inventory', {
      body: { ...body, ...(site !== undefined && { sites: [site] }) },
    });
  },
  print({ period, result, sources, notes, evidence }: InventoryAnswer) {
    const { scope1, scope2Location, scope2Market, total } = result.printed;
    return [
      `${period.label}: ${total} t CO2e (scope 1 ${scope1}, scope 2 location-based ${scope2Location}, market-based ${scope2Market})`,
      ...result.lines.map(
        ({ line, scope, method, formula, tCO2e }) => `  ${line}  scope ${scope} ${method}  ${formula} = ${tCO2e} t`,
      ),
      ...sources.flatMap(({ line, sources: from }) =>
        from.map((source) =>
          source.kind === 'measurements'
            ? `  ${line}: ${source.quantity} ${source.unit} of ${source.point}, ${source.readings} readings`
            : `  ${line}: ${source.quantity} ${source.unit} entered as ${source.id}`,
        ),
      ),
      ...notes.map((text) => `  ${text}`),
      `evidence ${evidence}`,
    ].join('\n');
  },
};

interface ListedFactors {
  items: {
    key: string;
    value: string;
    unit: Factor['unit'];
    gasBasis: GasBasis;
    region: string;
    family: string;
    confirmed: boolean;
  }[];
}

const factorsVerb: Verb = {
  name: 'factors',
  summary: 'List emission factors.',
  options: [
    {
      name: 'search',
      summary: 'Only those whose id, publisher, document or note holds these words.',
      placeholder: 'TEXT',
    },
    { name: 'family', summary: 'Only one family.', placeholder: factorFamilies.join('|') },
    { name: 'region', summary: 'Only one region.', placeholder: 'CN' },
    { name: 'year', summary: 'Only those that apply to this year.', placeholder: 'YYYY' },
    { name: 'unconfirmed', summary: 'Only those that nobody has compared with their document.', type: 'boolean' },
    { name: 'all', summary: 'Superseded versions too.', type: 'boolean' },
  ],
  run({ call, options }) {
    const { search, family, region, unconfirmed, all } = options;
    return call<ListedFactors>('GET', '/api/esg/factors', {
      query: { search, family, region, year: yearOf(options), unconfirmed, all },
    });
  },
  print: ({ items }: ListedFactors) =>
    items
      .map((factor) => {
        const { key, value, region, family, confirmed } = factor;
        return `${key}  ${value} ${factorUnitText(factor)}  ${region}  ${family}${confirmed ? '' : '  unconfirmed'}`;
      })
      .join('\n') || 'No factor fits.',
};

export const verbs: readonly Verb[] = [emissionsVerb, kpiVerb, inventoryVerb, factorsVerb];
