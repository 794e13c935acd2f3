import { toCsv } from '../../../components/data-table/to-csv.ts';

/** A factor as the form asks for it. */
export interface NewFactorFields {
  readonly id: string;
  readonly value: string;
  readonly unit: string;
  readonly region: string;
  readonly subregion?: string;
  readonly family: string;
  readonly carrier: string;
  readonly appliesToYear?: string;
  readonly publisher: string;
  readonly document: string;
  readonly published?: string;
  readonly confidence: string;
  readonly confirmed?: boolean;
}

/** The table of one row that the import of factors takes, so that a single factor goes the way of all others. */
export function newFactorTable({ confirmed, ...fields }: NewFactorFields): string {
  const cells = Object.entries({ ...fields, confirmed: confirmed ? 'yes' : 'no' }).filter(([, value]) => value);
  return toCsv(
    cells.map(([name]) => name),
    [cells.map(([, value]) => String(value).trim())],
  );
}

/** `DE-HH` and `DE / Hamburg` are of DE. */
export const countryOf = (region: string): string => /^[a-z]{2}(?![a-z])/i.exec(region.trim())?.[0].toUpperCase() ?? '';
