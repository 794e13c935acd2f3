import type { Note, Verb } from '@millwright/kernel';
import type { EmissionAnswer } from '../emissions/emission-schemas.ts';
import { esgErrors } from '../errors.ts';
import { esgNotes } from '../notes.ts';
import { familyOption, type Options, quantityOf, siteIdOf, steamOf, steamOptions, yearOf } from './options.ts';
import { factorLines, noteLines, resultLines } from './print.ts';

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
  {
    option: 'steam-t',
    placeholder: 'T',
    summary: 'Steam bought by mass; say with --steam-… what steam it was.',
    line: { kind: 'heat', id: 'steam', medium: 'steam', unit: 't' },
  },
  fuel('gas-m3', 'M3', 'Natural gas', 'natural-gas', 'm3'),
  fuel('diesel-l', 'L', 'Diesel', 'gas-diesel-oil', 'L'),
  fuel('gasoline-l', 'L', 'Gasoline', 'motor-gasoline', 'L'),
  fuel('lpg-t', 'T', 'Liquefied petroleum gas', 'liquefied-petroleum-gas', 't'),
  fuel('fuel-oil-t', 'T', 'Residual fuel oil', 'residual-fuel-oil', 't'),
  fuel('coal-t', 'T', 'Bituminous coal', 'other-bituminous-coal', 't'),
  fuel('anthracite-t', 'T', 'Anthracite', 'anthracite', 't'),
];

function linesOf(options: Options, notes: Note[]): Record<string, unknown>[] {
  return quantities.flatMap(({ option, line }) => {
    if (options[option] === undefined) return [];
    const quantity = quantityOf(option, options[option]);
    const { factor, region, 'residual-factor': residualFactor } = options;
    if (line.kind === 'electricity') return [{ ...line, quantity, factor, residualFactor, region }];
    if (line.kind === 'heat')
      return [{ ...line, quantity, region, ...(line.unit === 't' && { steam: steamOf(options) }) }];
    if (line.unit !== 'L') return [{ ...line, quantity }];
    const given = options['density-kg-per-l'];
    const usual = usualDensity[line.fuel as keyof typeof usualDensity];
    if (given === undefined) notes.push(esgNotes['density-default']({ line: String(line.id), density: usual }));
    const densityKgPerL = given === undefined ? usual : quantityOf('density-kg-per-l', given);
    return [{ ...line, quantity, densityKgPerL }];
  });
}

export const emissionsVerb: Verb = {
  name: 'emissions',
  summary: 'Emissions of electricity, heat and fuels, with the factors used and the evidence.',
  options: [
    ...quantities.map(({ option, placeholder, summary }) => ({ name: option, placeholder, summary })),
    {
      name: 'factor',
      summary: 'Factor of the electricity. Left out: that of the region, of the newest year up to the activity’s.',
      placeholder: 'ID',
    },
    { name: 'residual-factor', summary: 'Factor of the electricity in the market-based method.', placeholder: 'ID' },
    { name: 'region', summary: 'Where it was bought. Left out: that of the site, or CN.', placeholder: 'CN|CN-SD' },
    familyOption,
    { name: 'site', summary: 'Site that the figure is about.', placeholder: 'NAME' },
    ...steamOptions,
    { name: 'density-kg-per-l', summary: 'Density of the diesel or gasoline.', placeholder: 'KG/L' },
    { name: 'year', summary: 'Year of the activity. Left out: this year.', placeholder: 'YYYY' },
  ],
  async run({ call, options }) {
    const notes: Note[] = [];
    const lines = linesOf(options, notes);
    if (lines.length === 0)
      throw esgErrors.ESG_NOTHING_TO_CALCULATE({ options: quantities.map(({ option }) => `--${option}`) });
    const body = { lines, year: yearOf(options), family: options.family, siteId: await siteIdOf(call, options) };
    const answer = await call<EmissionAnswer>('POST', '/api/esg/emissions', { body });
    return { ...answer, notes: [...notes, ...answer.notes] };
  },
  print({ printed, exact, result, notes, evidence }: EmissionAnswer) {
    return [
      `${printed} t CO2e (exactly ${exact})`,
      ...resultLines(result),
      ...factorLines(result),
      ...noteLines(notes),
      `evidence ${evidence}`,
    ].join('\n');
  },
};
