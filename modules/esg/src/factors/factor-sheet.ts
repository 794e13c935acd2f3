import { writeCsv } from '../tables/csv.ts';
import { writeXlsx } from '../tables/table.ts';
import { type Factor, factorFamilies, factorUnitText, fuels } from './factor.ts';
import { builtInLibrary, findFactor } from './library.ts';

/** A column of the table that factors are imported from. */
interface FactorColumn {
  readonly name: string;
  readonly required: boolean;
  readonly meaning: string;
}

const column = (name: string, meaning: string, required = false): FactorColumn => ({ name, required, meaning });

export const factorColumns: readonly FactorColumn[] = [
  column('id', 'Small letters, digits, hyphens; names the factor for good, e.g. hk-clp-2023', true),
  column('value', 'Decimal number with a point', true),
  column(
    'unit',
    'Gas per activity: tCO2/MWh, kgCO2e/kWh, tCO2/GJ, kgCO2/TJ, kgCH4/TJ, ...; fuels per net calorific value',
    true,
  ),
  column('region', 'ISO 3166 country code, or world', true),
  column('subregion', 'Part of the grid, or the utility'),
  column('family', factorFamilies.join(' | '), true),
  column('carrier', 'electricity | heat | fuel', true),
  column('fuel', `For fuels: ${fuels.join(' | ')}`),
  column('scopes', '1 or 2; by default 1 for fuels, 2 for electricity and heat'),
  column('methods', 'direct, location, market, separated by ;  by default what the family is made for'),
  column('publisher', 'Who published it', true),
  column('document', 'Title or number of the document, with table or page', true),
  column('published', 'YYYY, YYYY-MM or YYYY-MM-DD'),
  column('appliesToYear', 'Year of activity that it is for'),
  column('validFrom', 'YYYY-MM-DD, where it is not for one year'),
  column('validTo', 'YYYY-MM-DD'),
  column('confidence', 'What is known about the value and what still has to be checked', true),
  column('confirmed', 'yes once someone compared the value with the document; else no'),
  column('note', 'Anything a user of the factor should know'),
];

export const factorColumnNames = factorColumns.map(({ name }) => name);

/** A factor as a row of the table. */
export function factorRow(factor: Factor): string[] {
  const cells: Record<string, string | undefined> = {
    ...Object.fromEntries(
      Object.entries(factor).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    unit: factorUnitText(factor),
    scopes: factor.scopes.join(';'),
    methods: factor.methods.join(';'),
    appliesToYear: factor.appliesToYear?.toString(),
    confirmed: factor.confirmed ? 'yes' : 'no',
  };
  return factorColumnNames.map((name) => cells[name] ?? '');
}

/** Factors as a CSV that `importFactors` reads back to the same. */
export function writeFactorsCsv(factors: readonly Factor[]): string {
  return writeCsv([factorColumnNames, ...factors.map(factorRow)]);
}

/** The empty table to fill in, with a sheet that explains each column and one with an example. */
export async function writeFactorTemplate(): Promise<Uint8Array> {
  const example = ['cn-grid-ets-2022', 'ipcc-2006-natural-gas'].map((id) => factorRow(findFactor(builtInLibrary, id)));
  return writeXlsx([
    { name: 'Factors', rows: [factorColumnNames] },
    {
      name: 'Columns',
      rows: [
        ['column', 'required', 'meaning'],
        ...factorColumns.map(({ name, required, meaning }) => [name, required ? 'yes' : 'no', meaning]),
      ],
    },
    { name: 'Example', rows: [factorColumnNames, ...example] },
  ]);
}
