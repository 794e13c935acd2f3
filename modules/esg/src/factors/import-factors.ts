import { readCells, type TableRow, tableRows } from '../tables/table.ts';
import { type Factor, type FactorFamily, factorKey, factorSchema } from './factor.ts';
import { factorColumnNames, factorColumns } from './factor-sheet.ts';
import type { FactorLibrary } from './library.ts';
import { problemsOf, sameStatement, supersede } from './supersede.ts';

export interface FactorImport {
  accepted: Factor[];
  /** Rows that say what the library says already. */
  unchanged: { row: number; id: string }[];
  /** Only when superseding was asked for. */
  superseded: { row: number; superseded: Factor; current: Factor }[];
  rejected: { row: number; id?: string; reasons: string[] }[];
}

export interface FactorImportOptions {
  /** What to do with an id that the library has with other content; a factor is never overwritten. */
  existing?: 'reject' | 'supersede';
}

/** Reads factors from a CSV or XLSX file; see `importFactorRows`. */
export async function importFactors(
  bytes: Uint8Array,
  library: FactorLibrary,
  options: FactorImportOptions = {},
): Promise<FactorImport> {
  return importFactorRows(await readCells(bytes), library, options);
}

/**
 * Checks each row and sorts it into accepted, unchanged, superseded and rejected; a bad row never hides another.
 * Throws ESG_TABLE_COLUMNS_WRONG when the header does not fit, as then no row can be understood.
 */
export function importFactorRows(
  cells: string[][],
  library: FactorLibrary,
  options: FactorImportOptions = {},
): FactorImport {
  const required = factorColumns.filter((column) => column.required).map(({ name }) => name);
  const result: FactorImport = { accepted: [], unchanged: [], superseded: [], rejected: [] };
  const current = new Map<string, Factor>();
  for (const factor of library.factors)
    if (factor.version >= (current.get(factor.id)?.version ?? 0)) current.set(factor.id, factor);
  const rowOf = new Map<string, number>();
  for (const row of tableRows(cells, factorColumnNames, required)) {
    const { id } = row.cells;
    const parsed = factorSchema.safeParse(draftOf(row));
    if (!parsed.success) {
      result.rejected.push({ row: row.row, ...(id ? { id } : {}), reasons: problemsOf(parsed.error) });
      continue;
    }
    const factor = parsed.data;
    const known = current.get(factor.id);
    if (known && sameStatement(known, factor)) result.unchanged.push({ row: row.row, id: factor.id });
    else if (!known) {
      result.accepted.push(factor);
      current.set(factor.id, factor);
      rowOf.set(factor.id, row.row);
    } else if (options.existing === 'supersede' && !rowOf.has(factor.id) && !known.supersededBy) {
      const change = supersede(known, factor);
      result.superseded.push({ row: row.row, ...change });
      current.set(factor.id, change.current);
      rowOf.set(factor.id, row.row);
    } else result.rejected.push({ row: row.row, id: factor.id, reasons: [conflict(known, rowOf.get(factor.id))] });
  }
  return result;
}

function conflict(known: Factor, earlierRow: number | undefined): string {
  if (earlierRow !== undefined)
    return `id: row ${earlierRow} gives ${known.id} with other content; keep one of the two`;
  if (known.supersededBy) return `id: ${factorKey(known)} was superseded by ${known.supersededBy}; give a new id`;
  return `id: the library has ${factorKey(known)} with other content; supersede it instead, a factor is never overwritten`;
}

const defaultMethods: Record<FactorFamily, Factor['methods']> = {
  'trading-scheme': ['location'],
  'statistical-average': ['location'],
  'residual-mix': ['market'],
  'fossil-generation-average': ['market'],
  'operating-margin': ['location'],
  'supplier-specific': ['market'],
  'fuel-default': ['direct'],
  'heat-default': ['location', 'market'],
};

/** The row in the shape of the schema; whatever cannot be understood is left as it is for the schema to name. */
function draftOf({ cells }: TableRow): Record<string, unknown> {
  const { unit, scopes, methods, confirmed, ...rest } = cells;
  const words = (text: string) => text.split(/[;,\s]+/).filter(Boolean);
  const parts = /^(t|kg|g)(CO2e|CO2|CH4|N2O)\/(\w+)$/.exec((unit ?? '').replaceAll(' ', ''));
  return {
    ...rest,
    version: 1,
    unit: parts
      ? { numerator: parts[1], denominator: parts[3], ...(cells.carrier === 'fuel' ? { calorificBasis: 'net' } : {}) }
      : unit,
    gasBasis: parts?.[2],
    ...(rest.appliesToYear === undefined ? {} : { appliesToYear: Number(rest.appliesToYear) }),
    ...(rest.published === undefined ? {} : { published: rest.published.replaceAll(/[/.]/g, '-') }),
    scopes: scopes === undefined ? [cells.carrier === 'fuel' ? 1 : 2] : words(scopes).map(Number),
    methods: methods === undefined ? (defaultMethods[cells.family as FactorFamily] ?? []) : words(methods),
    confirmed: ['yes', 'true', '1'].includes((confirmed ?? 'no').toLowerCase()),
  };
}
