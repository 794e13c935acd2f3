import { cleanDecimal } from '../shared/decimal.ts';
import { steamStateOf } from '../shared/steam-state.ts';
import type { Activity, ActivityEntry, ActivityKind, SteamState, StoredDocument } from '../types.ts';

/** The form: everything a statement may say, of which each kind takes its part. */
export interface ActivityFields {
  readonly kind: ActivityKind;
  /** A site, or null for a unit that the plant tree does not have. */
  readonly siteId?: string | null;
  readonly place?: string;
  readonly year: number;
  readonly month?: number;
  readonly quantity: string;
  readonly unit: string;
  readonly factor?: string;
  readonly fuel?: string;
  readonly medium?: string;
  readonly netCalorificValue?: string;
  readonly netCalorificUnit?: string;
  readonly densityKgPerL?: string;
  readonly claimedRenewableMWh?: string;
  /** Of a unit that is no site: where it buys its electricity and heat. */
  readonly region?: string;
  /** Of steam by mass. */
  readonly steam?: SteamState;
  readonly document?: StoredDocument;
  readonly note?: string;
}

export const kinds: readonly ActivityKind[] = ['electricity', 'fuel', 'heat', 'water', 'floor-area'];

/** Units of each kind, the usual one first. */
export const unitsOf: Record<ActivityKind, readonly string[]> = {
  electricity: ['MWh', 'kWh', 'GWh'],
  fuel: ['m3', 't', 'kg', 'L', 'GJ', 'TJ', 'kWh', 'MWh'],
  heat: ['GJ', 'MWh', 'kWh', 'TJ', 'MJ', 't', 'kg'],
  water: ['m3', 't'],
  'floor-area': ['m2'],
};

export const fuels = [
  'natural-gas',
  'liquefied-petroleum-gas',
  'motor-gasoline',
  'gas-diesel-oil',
  'residual-fuel-oil',
  'other-bituminous-coal',
  'anthracite',
] as const;
export const media = ['heat', 'steam', 'hot-water', 'cooling'] as const;
export const calorificUnits = ['MJ/m3', 'GJ/m3', 'GJ/t', 'MJ/kg', 'GJ/kg', 'MJ/L'] as const;

/** Steam by mass is energy only by what steam it was. */
export const isMass = (unit: string): boolean => unit === 't' || unit === 'kg';

/** The form as the server takes it: what the kind does not know, and what was left empty, is left out. */
export function entryOf(fields: ActivityFields): ActivityEntry {
  const { kind, siteId, place, year, month, quantity, unit, document, note } = fields;
  const common = {
    ...(siteId ? { siteId } : { place }),
    year,
    month,
    quantity: cleanDecimal(quantity) ?? quantity,
    unit,
    document,
    note: note?.trim() || undefined,
  };
  const { factor, fuel, medium, netCalorificValue, netCalorificUnit, densityKgPerL, claimedRenewableMWh } = fields;
  const region = siteId ? undefined : fields.region?.trim() || undefined;
  const own: Record<ActivityKind, object> = {
    electricity: { factor, region, claimedRenewableMWh: claimedRenewableMWh || undefined },
    fuel: {
      fuel,
      factor,
      densityKgPerL: densityKgPerL || undefined,
      netCalorificValue: netCalorificValue ? { value: netCalorificValue, unit: netCalorificUnit } : undefined,
    },
    heat: { factor, medium, region, steam: isMass(unit) ? steamStateOf(fields.steam) : undefined },
    water: {},
    'floor-area': {},
  };
  const entry = Object.entries({ kind, ...common, ...own[kind] }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entry) as ActivityEntry;
}

/** A statement as the form shows it, to be corrected. */
export function fieldsOf({ statement }: Activity): ActivityFields {
  const { netCalorificValue, siteId, ...rest } = statement;
  return {
    ...rest,
    siteId: siteId ?? null,
    netCalorificValue: netCalorificValue?.value,
    netCalorificUnit: netCalorificValue?.unit,
  };
}
