import { convertUnit, type MeasurementService, type MeasurementsReference } from '@millwright/cloud/server';
import { toIntervalAmounts } from '@millwright/energy';
import type { Note } from '@millwright/kernel';
import type { InputReference } from '@millwright/ledger';
import type { ActivityStatement } from '../activity/activity-entry.ts';
import type { CertificateStatement } from '../certificates/service.ts';
import { Exact, exactText, sumOf } from '../decimal.ts';
import type { Certificate } from '../emissions/activity-line.ts';
import type { ActivityYear } from '../kpi/activity-file.ts';
import { amountOf, esgNotes } from '../notes.ts';
import { esgActor } from '../permissions.ts';
import { kindKey } from './meter-kind.ts';
import type { ActivityPlan, MeterPlan } from './plan.ts';

/** Where an amount comes from. */
export type ActivitySource =
  | {
      kind: 'measurements';
      pointId: string;
      point: string;
      quantity: string;
      unit: string;
      from: string;
      to: string;
      /** Readings that were usable. */
      readings: number;
      /** Share of the period that they speak for, 0 to 1. */
      coverage: number;
    }
  | { kind: 'activity'; id: string; quantity: string; unit: string; document?: string };

/** The activity of a period, and for each entry of `electricity`, `fuels` and `heat` what it was added up from. */
export interface ResolvedActivity {
  readonly year: ActivityYear;
  readonly sources: Record<'electricity' | 'fuels' | 'heat', ActivitySource[][]>;
  readonly water: { site: string; sources: ActivitySource[] }[];
  readonly notes: Note[];
}

export interface ResolveParts {
  readonly measurements: MeasurementService;
  readonly activity: (id: string) => Promise<ActivityStatement>;
  readonly certificate: (id: string) => Promise<CertificateStatement>;
}

/** Reads what a plan chose; the same when a figure is made and when it is proved. */
export async function resolvePlan(
  plan: ActivityPlan,
  inputs: readonly InputReference[],
  parts: ResolveParts,
): Promise<ResolvedActivity> {
  const year: ActivityYear = {};
  const resolved: ResolvedActivity = {
    year,
    sources: { electricity: [], fuels: [], heat: [] },
    water: [],
    notes: [...plan.notes],
  };
  const regions = new Map(plan.sites.map(({ id, region }) => [id, region]));
  for (const id of plan.entries) addStatement(resolved, id, await parts.activity(id), regions);
  for (const meters of bySiteAndKind(plan.meters)) {
    const sources: ActivitySource[] = [];
    for (const meter of meters) {
      const source = await readMeter(meter, inputs, parts.measurements, resolved.notes);
      if (source) sources.push(source);
    }
    if (sources.length > 0) addMetered(resolved, meters[0]!, sources, regions.get(meters[0]!.siteId));
  }
  for (const { site, quantity } of plan.floorAreas) addAmount(year, 'floorAreaM2', site, quantity);
  const certificates: CertificateStatement[] = [];
  for (const id of plan.certificates) certificates.push(await parts.certificate(id));
  assign(certificates, plan, year, resolved.notes);
  return resolved;
}

/** Whether a plan found nothing that was used: no statement, and no meter with readings. */
export function isEmpty({ sources, water }: ResolvedActivity): boolean {
  return [sources.electricity, sources.fuels, sources.heat, water].every((found) => found.length === 0);
}

/** What is bought is of the region that the statement names, else of its site's. */
function addStatement(
  { year, sources, water }: ResolvedActivity,
  id: string,
  statement: ActivityStatement,
  regions: ReadonlyMap<string, string | undefined>,
): void {
  const { place: site, quantity, unit, document } = statement;
  const source: ActivitySource = { kind: 'activity', id, quantity, unit, ...(document && { document: document.hash }) };
  if (statement.kind === 'electricity') {
    const { factor, residualFactor, claimedRenewableMWh } = statement;
    const region = statement.region ?? regions.get(statement.siteId ?? '');
    year.electricity = [
      ...(year.electricity ?? []),
      defined({ site, quantity, unit, factor, residualFactor, region, claimedRenewableMWh }),
    ];
    sources.electricity.push([source]);
  } else if (statement.kind === 'fuel') {
    const { fuel, factor, netCalorificValue, densityKgPerL, oxidationFraction, otherGases } = statement;
    const facts = { factor, netCalorificValue, densityKgPerL, oxidationFraction, otherGases };
    year.fuels = [...(year.fuels ?? []), defined({ site, fuel, quantity, unit, ...facts })];
    sources.fuels.push([source]);
  } else if (statement.kind === 'heat') {
    const { medium, factor, steam } = statement;
    const region = statement.region ?? regions.get(statement.siteId ?? '');
    year.heat = [...(year.heat ?? []), defined({ site, medium, quantity, unit, factor, steam, region })];
    sources.heat.push([source]);
  } else if (statement.kind === 'water') {
    addAmount(year, 'waterM3', site, quantity);
    water.push({ site, sources: [source] });
  } else addAmount(year, 'floorAreaM2', site, quantity);
}

function addMetered(
  { year, sources, water }: ResolvedActivity,
  { site, counts, unit, steam }: MeterPlan,
  read: ActivitySource[],
  region: string | undefined,
): void {
  const quantity = exactText(sumOf(read.map((source) => new Exact(source.quantity))));
  const amount = { site, quantity, unit: unit === 'kW.h' ? 'kWh' : unit };
  if (counts.kind === 'electricity') {
    year.electricity = [...(year.electricity ?? []), defined({ ...amount, region })];
    sources.electricity.push(read);
  } else if (counts.kind === 'fuel') {
    year.fuels = [...(year.fuels ?? []), { ...amount, fuel: counts.fuel }];
    sources.fuels.push(read);
  } else if (counts.kind === 'heat') {
    year.heat = [...(year.heat ?? []), defined({ ...amount, medium: counts.medium, steam, region })];
    sources.heat.push(read);
  } else {
    addAmount(year, 'waterM3', site, quantity);
    water.push({ site, sources: read });
  }
}

/** Meters of one site that count the same, together; in the order of the plan. */
function bySiteAndKind(meters: readonly MeterPlan[]): MeterPlan[][] {
  const groups = new Map<string, MeterPlan[]>();
  for (const meter of meters) {
    const key = `${meter.siteId} ${kindKey(meter.counts)} ${meter.unit} ${JSON.stringify(meter.steam)}`;
    groups.set(key, [...(groups.get(key) ?? []), meter]);
  }
  return [...groups.values()];
}

/** More digits than any meter has, and fewer than those in which sums of binary numbers go astray. */
const meterDigits = 12;

async function readMeter(
  meter: MeterPlan,
  inputs: readonly InputReference[],
  measurements: MeasurementService,
  notes: Note[],
): Promise<ActivitySource | undefined> {
  const input = inputs.find(
    ({ kind, reference }) =>
      kind === 'measurements' &&
      (reference as MeasurementsReference).pointId === meter.pointId &&
      covers(reference as MeasurementsReference, meter),
  );
  const { from, to } = input!.reference as MeasurementsReference;
  const { series } = await measurements.series(esgActor, meter.pointId, Date.parse(from), Date.parse(to));
  const { amount, coverage, readings } = toIntervalAmounts(series, meter.facts, {
    ...{ from: Date.parse(meter.from), to: Date.parse(meter.to), timezone: meter.timezone },
    intervalMinutes: 60,
    unit: meter.unit,
    convert: convertUnit,
  });
  const covered = coverage.reduce((sum, share) => sum + share, 0) / coverage.length;
  if (covered === 0) {
    // A line of zero would say that nothing was used.
    notes.push(esgNotes['meter-without-readings']({ site: meter.site, point: meter.point }));
    return undefined;
  }
  const { pointId, point, unit, site } = meter;
  if (covered < 0.9995)
    notes.push(esgNotes['meter-covers']({ site, point, share: { share: Number(covered.toFixed(6)) } }));
  const isElectricity = meter.counts.kind === 'electricity';
  const drawn = amount.map((value) => (Number.isNaN(value) || (isElectricity && value < 0) ? 0 : value));
  const quantity = meterText(drawn);
  if (isElectricity && amount.some((value) => value < 0)) {
    const exported = meterText(amount.map((value) => (value < 0 ? -value : 0)));
    notes.push(esgNotes['electricity-exported']({ site, point, amount: amountOf(exported, unit) }));
  }
  return {
    kind: 'measurements',
    ...{ pointId, point, quantity, unit, from: meter.from, to: meter.to },
    readings: readings.usable,
    coverage: Number(covered.toFixed(6)),
  };
}

const meterText = (amounts: Float64Array): string =>
  exactText(new Exact(amounts.reduce((sum, value) => sum + value, 0)).toSignificantDigits(meterDigits));

/** A table has the same meter in both of its years: its own readings are those that begin at or before its period. */
const covers = (reference: MeasurementsReference, { from, to }: MeterPlan) =>
  Date.parse(reference.from) <= Date.parse(from) && Date.parse(reference.to) >= Date.parse(to);

function addAmount(year: ActivityYear, field: 'waterM3' | 'floorAreaM2', site: string, quantity: string): void {
  const amounts = (year[field] ?? {}) as Record<string, string>;
  amounts[site] = exactText(new Exact(amounts[site] ?? '0').plus(quantity));
  year[field] = amounts;
}

/** Gives each certificate to the electricity of its site with most left to cover; one that covers more than any is left out. */
function assign(
  statements: readonly CertificateStatement[],
  plan: ActivityPlan,
  year: ActivityYear,
  notes: Note[],
): void {
  const entries = year.electricity ?? [];
  const left = entries.map(({ quantity, unit }) =>
    new Exact(quantity).div(unit === 'MWh' ? 1 : unit === 'GWh' ? '0.001' : 1000),
  );
  for (const statement of statements) {
    const site = plan.sites.find(({ id }) => id === statement.siteId)?.name;
    let best = -1;
    for (const [index, entry] of entries.entries())
      if ((site === undefined || entry.site === site) && (best < 0 || left[index]!.gt(left[best]!))) best = index;
    if (best < 0 || left[best]!.lt(statement.MWh)) {
      const { certificate } = statement;
      const amount = amountOf(statement.MWh, 'MWh');
      notes.push(
        site === undefined
          ? esgNotes['certificate-left-out']({ certificate, amount })
          : esgNotes['certificate-of-site-left-out']({ certificate, amount, site }),
      );
      continue;
    }
    left[best] = left[best]!.minus(statement.MWh);
    entries[best]!.certificates = [...(entries[best]!.certificates ?? []), certificateOf(statement)];
  }
}

/** Only a stored document is evidence: a certificate without one is calculated like the rest. */
function certificateOf(statement: CertificateStatement): Certificate {
  const { certificate: id, kind, MWh, registry, vintage, region, tCO2PerMWh, document } = statement;
  const facts = { id, kind, MWh, registry, vintage, region, tCO2PerMWh };
  return document ? { ...facts, evidence: { sha256: document.hash, reference: document.name } } : facts;
}

function defined<T extends object>(entry: T): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as T;
}
