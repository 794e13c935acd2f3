import { esgErrors } from '../errors.ts';
import { writeCsv } from '../tables/csv.ts';
import { decodeText, isXlsx, readCells, type TableRow, tableRows } from '../tables/table.ts';
import { type ActivityFile, parseActivityFile } from './activity-file.ts';
import { columnNames, plainCells } from './activity-words.ts';

/** Columns of activity data as a table; README.md explains each kind of row. */
export const activityColumns = [
  'year',
  'kind',
  'item',
  'site',
  'quantity',
  'unit',
  'factor',
  'calorificValue',
  'calorificUnit',
  'densityKgPerL',
  'otherGases',
  'enthalpyKJPerKg',
  'pressureMPa',
  'gaugeMPa',
  'temperatureCel',
  'feedWaterKJPerKg',
  'registry',
  'vintage',
  'region',
  'evidence',
  'note',
] as const;

const steamColumns = ['enthalpyKJPerKg', 'pressureMPa', 'gaugeMPa', 'temperatureCel', 'feedWaterKJPerKg'] as const;

const kinds = ['electricity', 'certificate', 'fuel', 'heat', 'water', 'floor-area', 'setting'];

/** Reads activity data from JSON, CSV or XLSX, told apart by content. Throws ESG_TABLE_…, ESG_ACTIVITY_INVALID. */
export async function readActivityFile(bytes: Uint8Array): Promise<ActivityFile> {
  if (!isXlsx(bytes)) {
    const text = decodeText(bytes).replace(/^\uFEFF/, '');
    if (/^\s*[{[]/.test(text)) return parseActivityFile(parseJson(text));
  }
  return parseActivityFile(activityFromCells(await readCells(bytes)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw esgErrors.ESG_TABLE_UNREADABLE({ reason: error instanceof Error ? error.message : 'not JSON' }, error);
  }
}

interface DraftYear {
  electricity?: Record<string, unknown>[];
  fuels?: Record<string, unknown>[];
  heat?: Record<string, unknown>[];
  waterTonnes?: Record<string, string>;
  floorAreaM2?: Record<string, string>;
}

/** The table as the JSON format's draft, to be checked by `parseActivityFile`. Throws with all rows that do not fit. */
export function activityFromCells(cells: string[][]): Record<string, unknown> {
  const problems: string[] = [];
  const settings: Record<string, unknown> = {};
  const years: Record<string, DraftYear> = {};
  const [header = [], ...body] = cells;
  const table = [columnNames(header), ...body];
  const rows = tableRows(table, activityColumns, ['year', 'kind', 'quantity']).map(
    ({ row, cells: said }): TableRow => ({ row, cells: plainCells(said) }),
  );
  // Certificates stand on an electricity row of their site, whichever of the two comes first in the table.
  const ordered = [...rows].sort(
    (a, b) => Number(a.cells.kind === 'certificate') - Number(b.cells.kind === 'certificate'),
  );
  for (const row of ordered) {
    const problem = row.cells.kind === 'setting' ? addSetting(settings, row) : addRow(years, row);
    if (problem) problems.push(`row ${row.row}: ${problem}`);
  }
  if (problems.length > 0) throw esgErrors.ESG_ACTIVITY_INVALID({ problems });
  return { ...settings, years };
}

function addSetting(settings: Record<string, unknown>, { cells }: TableRow): string | undefined {
  const { item, quantity } = cells;
  if (
    !item ||
    !['recalculatePreviousYearWith', 'reportingYear', 'intensities', 'organisation', 'region'].includes(item)
  )
    return `no setting is called ${item ?? '(empty)'}`;
  settings[item] = item === 'intensities' ? quantity !== 'false' : quantity;
  return undefined;
}

function addRow(years: Record<string, DraftYear>, { cells }: TableRow): string | undefined {
  const { year = '', kind = '', quantity, site, unit } = cells;
  if (!/^(19|20)\d{2}$/.test(year)) return `year is ${year || 'empty'}`;
  if (quantity === undefined) return 'quantity is empty';
  if (!/^[+-]?\d+(\.\d+)?$/.test(quantity)) return `quantity is ${quantity}, not a decimal number`;
  years[year] ??= {};
  const draft = years[year];
  const amount = {
    ...(site ? { site } : {}),
    quantity,
    ...(unit ? { unit } : {}),
    ...(cells.factor ? { factor: cells.factor } : {}),
  };
  switch (kind) {
    case 'electricity':
      draft.electricity = [...(draft.electricity ?? []), { ...amount, ...regionOf(cells) }];
      return undefined;
    case 'certificate':
      return addCertificate(draft, cells);
    case 'fuel':
      if (!unit) return 'a fuel needs a unit';
      draft.fuels = [...(draft.fuels ?? []), { ...amount, ...fuelFacts(cells) }];
      return undefined;
    case 'heat':
      draft.heat = [...(draft.heat ?? []), { ...amount, ...heatFacts(cells) }];
      return undefined;
    case 'water':
      if (unit && !['t', 'm3'].includes(unit)) return `water is counted in t or m3, not in ${unit}`;
      draft.waterTonnes ??= {};
      return addPerSite(draft.waterTonnes, site, quantity, 'water');
    case 'floor-area':
      if (unit && unit !== 'm2') return `floor area is counted in m2, not in ${unit}`;
      draft.floorAreaM2 ??= {};
      return addPerSite(draft.floorAreaM2, site, quantity, 'floor area');
    default:
      return `kind is ${kind || 'empty'}; known: ${kinds.join(', ')}`;
  }
}

function addPerSite(amounts: Record<string, string>, site = 'all', quantity: string, what: string): string | undefined {
  if (amounts[site] !== undefined) return `${what} of ${site} is given twice for the year`;
  amounts[site] = quantity;
  return undefined;
}

function fuelFacts(cells: TableRow['cells']): Record<string, unknown> {
  const { item, calorificValue, calorificUnit, densityKgPerL, otherGases } = cells;
  return {
    fuel: item,
    ...(calorificValue ? { netCalorificValue: { value: calorificValue, unit: calorificUnit } } : {}),
    ...(densityKgPerL ? { densityKgPerL } : {}),
    ...(otherGases ? { otherGases: otherGases.split(/[;\s]+/) } : {}),
  };
}

const regionOf = ({ region }: TableRow['cells']) => (region ? { region } : {});

function heatFacts(cells: TableRow['cells']): Record<string, unknown> {
  const steam = Object.fromEntries(steamColumns.flatMap((name) => (cells[name] ? [[name, cells[name]]] : [])));
  return {
    ...(cells.item ? { medium: cells.item } : {}),
    ...regionOf(cells),
    ...(Object.keys(steam).length > 0 ? { steam } : {}),
  };
}

function addCertificate(draft: DraftYear, cells: TableRow['cells']): string | undefined {
  const entries = (draft.electricity ?? []).filter((entry) => entry.site === cells.site);
  if (entries.length !== 1)
    return `a certificate needs exactly one electricity row of its year${cells.site ? ` and of ${cells.site}` : ''}, not ${entries.length}`;
  const { item, quantity, unit = 'MWh', registry, vintage, region, evidence } = cells;
  if (unit !== 'MWh') return `certificates are counted in MWh, not in ${unit}`;
  const certificate = {
    id: item,
    MWh: quantity,
    registry,
    vintage,
    region,
    ...(evidence ? { evidence: /^[0-9a-f]{64}$/.test(evidence) ? { sha256: evidence } : { reference: evidence } } : {}),
  };
  const entry = entries[0]!;
  entry.certificates = [...((entry.certificates as unknown[] | undefined) ?? []), certificate];
  return undefined;
}

/** An empty table with one row of each kind to write over. */
export function activityTemplate(): string {
  const row = (cells: Partial<Record<(typeof activityColumns)[number], string>>) =>
    activityColumns.map((name) => cells[name] ?? '');
  return writeCsv([
    [...activityColumns],
    row({ kind: 'setting', item: 'recalculatePreviousYearWith', quantity: 'current' }),
    row({
      year: '2023',
      kind: 'electricity',
      site: 'Office',
      quantity: '932.08',
      unit: 'MWh',
      factor: 'cn-grid-ets-2022',
    }),
    row({ year: '2023', kind: 'water', site: 'Office', quantity: '2711', unit: 't' }),
    row({ year: '2023', kind: 'floor-area', site: 'Office', quantity: '19000', unit: 'm2' }),
    row({ year: '2022', kind: 'electricity', site: 'Office', quantity: '1029.03', unit: 'MWh' }),
    row({ year: '2022', kind: 'water', site: 'Office', quantity: '2016', unit: 't' }),
    row({ year: '2022', kind: 'floor-area', site: 'Office', quantity: '25000', unit: 'm2' }),
  ]);
}
