import type { CarrierOverview, Overview, SiteCost } from '../types.ts';

/** One site as the overview lists it. */
export interface SiteRow {
  readonly id: string;
  readonly name: string;
  /** Undefined where nothing of the carrier is metered. */
  readonly carrier: CarrierOverview | undefined;
  readonly cost: SiteCost | undefined;
}

/** A carrier in one unit: gas in m³ and gas in kWh are not added up. */
export interface CarrierChoice {
  readonly key: string;
  readonly carrier: CarrierOverview['carrier'];
  readonly unit: string;
}

const keyOf = ({ carrier, unit }: Pick<CarrierChoice, 'carrier' | 'unit'>) => `${carrier} ${unit}`;

/** What can be chosen, in the order the server lists it. */
export function carrierChoices(sites: Overview['sites']): CarrierChoice[] {
  const choices = new Map<string, CarrierChoice>();
  for (const { carriers } of sites)
    for (const { carrier, unit } of carriers) {
      const key = keyOf({ carrier, unit });
      if (!choices.has(key)) choices.set(key, { key, carrier, unit });
    }
  return [...choices.values()];
}

/** The sites with their figures of one carrier, the largest first. */
export function siteRows(sites: Overview['sites'], key: string, costs: readonly SiteCost[] = []): SiteRow[] {
  return sites
    .map(({ site, carriers }) => ({
      id: site.id,
      name: site.name,
      carrier: carriers.find((one) => keyOf(one) === key),
      cost: costs.find((one) => one.site.id === site.id),
    }))
    .sort((a, b) => (b.carrier?.thisMonth.value ?? -1) - (a.carrier?.thisMonth.value ?? -1));
}

/** Adds up what is known; null when nothing is. */
export function sumOf(rows: readonly SiteRow[], pick: (carrier: CarrierOverview) => number | null): number | null {
  const known = rows.flatMap(({ carrier }) => (carrier ? (pick(carrier) ?? []) : []));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** How all sites together moved, per day; only those count whose readings let both periods be compared. */
export function changeOf(rows: readonly SiteRow[], key: keyof CarrierOverview['comparisons']): number | null {
  let [now, then] = [0, 0];
  for (const { carrier } of rows) {
    const comparison = carrier?.comparisons[key];
    if (!comparison?.comparable) continue;
    now += comparison.perDay.current ?? 0;
    then += comparison.perDay.reference ?? 0;
  }
  return then === 0 ? null : (now - then) / then;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly value: number;
  /** Of all sites. */
  readonly share: number | null;
}

/** The largest users of all sites together. */
export function largestUsers(rows: readonly SiteRow[], most = 10): User[] {
  const total = sumOf(rows, ({ thisMonth }) => thisMonth.value);
  return rows
    .flatMap(({ name: site, carrier }) =>
      (carrier?.top ?? []).map(({ id, name, value }) => ({
        ...{ id, name, site, value },
        share: total ? value / total : null,
      })),
    )
    .sort((a, b) => b.value - a.value)
    .slice(0, most);
}

/** Cost so far by currency, of the sites that could be billed. */
export function costTotals(rows: readonly SiteRow[]): { currency: string; total: number; example: boolean }[] {
  const totals = new Map<string, { currency: string; total: number; example: boolean }>();
  for (const { cost: item } of rows) {
    if (!item?.cost) continue;
    const { currency, total, tariffs } = item.cost;
    const before = totals.get(currency) ?? { currency, total: 0, example: false };
    totals.set(currency, {
      currency,
      total: before.total + Number(total),
      example: before.example || tariffs.some(({ example }) => example),
    });
  }
  return [...totals.values()];
}
