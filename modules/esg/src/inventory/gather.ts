import type { MeasurementService, PlantNode, PlantService, Point, PointService } from '@millwright/cloud/server';
import { type PointFacts, siteClock } from '@millwright/energy';
import type { Actor, Clock, Note } from '@millwright/kernel';
import type { InputReference } from '@millwright/ledger';
import type { ActivityStatement } from '../activity/activity-entry.ts';
import type { Activity, ActivityService } from '../activity/service.ts';
import type { CertificateService, RegisteredCertificate } from '../certificates/service.ts';
import { Exact } from '../decimal.ts';
import type { GridFamily } from '../factors/grid-factor.ts';
import { amountOf, carrierTerm, esgNotes } from '../notes.ts';
import type { SteamMeterService } from '../steam/service.ts';
import { amountUnit, kindKey, meteredKind } from './meter-kind.ts';
import type { ActivityPlan, FloorAreaPlan, MeterPlan } from './plan.ts';

/** First and last day, on the clock of each site. */
export interface Days {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

export interface GatherRequest {
  readonly days: Days;
  /** Left out: all sites that the actor may see, and what belongs to no site. */
  readonly siteIds?: readonly string[];
  /** `auto`: what was stated, and meters where nothing was. */
  readonly source: 'auto' | 'entered' | 'measured';
  readonly factor?: string;
  readonly residualFactor?: string;
  readonly family?: GridFamily;
}

export interface Gathered {
  readonly plan: ActivityPlan;
  readonly inputs: readonly InputReference[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Chooses what a figure of a period is made of: statements, main meters, certificates. */
export class Gatherer {
  #parts: GatherParts;
  constructor(parts: GatherParts) {
    this.#parts = parts;
  }

  async gather(actor: Actor, request: GatherRequest): Promise<Gathered> {
    const { days, factor, residualFactor, family } = request;
    const notes: Note[] = [];
    const sites = await this.#sites(actor, request.siteIds);
    const year = Number(days.from.slice(0, 4));
    const entries = request.source === 'measured' ? [] : await this.#entries(actor, request, sites, notes);
    const stated = new Set(entries.map(({ statement }) => `${statement.siteId} ${kindKey(statement)}`));
    const inputs: InputReference[] = [];
    const meters: MeterPlan[] = [];
    if (request.source !== 'entered')
      for (const site of sites)
        for (const meter of await this.#meters(actor, site, days, stated, notes)) {
          meters.push(meter.plan);
          inputs.push(meter.input);
        }
    const certificates = await this.#certificates(actor, request, sites, notes);
    for (const { id, statement } of [...entries, ...certificates]) {
      inputs.push({ kind: 'certificate' in statement ? 'certificate' : 'activity', reference: { id } });
      if (statement.document) inputs.push({ kind: 'blob', reference: { hash: statement.document.hash } });
    }
    const plan: ActivityPlan = {
      ...days,
      year,
      sites: sites.map(({ id, name, region }) => ({ id, name, ...(region?.trim() && { region: region.trim() }) })),
      meters,
      entries: entries.map(({ id }) => id),
      certificates: certificates.map(({ id }) => id),
      floorAreas: floorAreas(sites, entries),
      ...(factor !== undefined && { factor }),
      ...(residualFactor !== undefined && { residualFactor }),
      ...(family !== undefined && { family }),
      notes,
    };
    return { plan, inputs: once(inputs) };
  }

  async #sites(actor: Actor, siteIds: readonly string[] | undefined): Promise<PlantNode[]> {
    const { plant } = this.#parts;
    if (!siteIds) return (await plant.tree(actor)).filter(({ kind }) => kind === 'site');
    return Promise.all([...new Set(siteIds)].map((id) => plant.site(actor, id)));
  }

  /** Statements that lie wholly in the period. */
  async #entries(
    actor: Actor,
    request: GatherRequest,
    sites: readonly PlantNode[],
    notes: Note[],
  ): Promise<Activity[]> {
    const { from, to } = request.days;
    const wanted = new Set(sites.map(({ id }) => id));
    const found: Activity[] = [];
    for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1)
      for (const activity of await this.#parts.activity.list(actor, { year })) {
        const { siteId } = activity.statement;
        if (siteId === undefined ? request.siteIds !== undefined : !wanted.has(siteId)) continue;
        const span = daysOf(activity.statement);
        if (span.to < from || span.from > to) continue;
        // A floor area is no amount: it holds for any part of its year.
        const inside = span.from >= from && span.to <= to;
        if (inside || activity.statement.kind === 'floor-area') found.push(activity);
        else notes.push(beyondPeriod(activity.statement, span));
      }
    noteOverlaps(found, notes);
    return found;
  }

  async #meters(
    actor: Actor,
    site: PlantNode,
    days: Days,
    stated: ReadonlySet<string>,
    notes: Note[],
  ): Promise<{ plan: MeterPlan; input: InputReference }[]> {
    const { points, measurements, clock } = this.#parts;
    const all = await points.list(actor, { siteId: site.id });
    const timezone = site.timezone ?? 'UTC';
    const bounds = siteClock(timezone, Date.parse(days.from) - dayMs, Date.parse(days.to) + 3 * dayMs);
    const from = bounds.instantOf(days.from);
    const end = bounds.instantOf(new Date(Date.parse(days.to) + dayMs).toISOString().slice(0, 10));
    const to = Math.min(end, Math.floor(clock.now().getTime() / hourMs) * hourMs);
    const metered: { plan: MeterPlan; input: InputReference }[] = [];
    for (const point of chooseMeters(all, site.name, notes)) {
      const counts = meteredKind(point.carrier)!;
      if (stated.has(`${site.id} ${kindKey(counts)}`)) {
        notes.push(
          esgNotes['meter-not-read']({ site: site.name, point: point.name, what: carrierTerm(kindKey(counts)) }),
        );
        continue;
      }
      if (to <= from) continue;
      const unit = amountUnit(counts, point)!;
      const steam = unit === 't' && counts.kind === 'heat' ? await this.#parts.steam.stateOf(point.id) : undefined;
      const window = await measurements.windowAround(actor, point.id, from, to);
      const iso = (time: number) => new Date(time).toISOString();
      metered.push({
        plan: {
          ...{ pointId: point.id, point: point.name, siteId: site.id, site: site.name, counts, timezone },
          facts: factsOf(point),
          unit,
          ...{ from: iso(from), to: iso(to) },
          ...(steam && { steam }),
        },
        input: { kind: 'measurements', reference: { pointId: point.id, from: iso(window.from), to: iso(window.to) } },
      });
    }
    if (metered.length > 0 && to < end)
      notes.push(
        esgNotes['period-open']({ site: site.name, until: { time: new Date(to).toISOString(), zone: timezone } }),
      );
    return metered;
  }

  async #certificates(
    actor: Actor,
    { days, siteIds }: GatherRequest,
    sites: readonly PlantNode[],
    notes: Note[],
  ): Promise<RegisteredCertificate[]> {
    const wanted = new Set(sites.map(({ id }) => id));
    const year = days.from.slice(0, 4);
    const found = (await this.#parts.certificates.list(actor, { year: Number(year) })).filter(
      ({ statement: { siteId } }) => (siteId === undefined ? siteIds === undefined : wanted.has(siteId)),
    );
    if (found.length === 0 || (days.from === `${year}-01-01` && days.to === `${year}-12-31`)) return found;
    notes.push(esgNotes['certificates-of-year-left-out']({ count: found.length, year }));
    return [];
  }
}

interface GatherParts {
  readonly plant: PlantService;
  readonly points: PointService;
  readonly measurements: MeasurementService;
  readonly activity: ActivityService;
  readonly certificates: CertificateService;
  readonly steam: SteamMeterService;
  readonly clock: Clock;
}

/**
 * The main meters that count an amount: a power curve only where no register stands beside it, a lone meter without the
 * mark too. Not so heat, steam and cooling: a plant makes them from energy that is counted already, so that only what is
 * marked as supply was bought.
 */
function chooseMeters(points: readonly Point[], site: string, notes: Note[]): Point[] {
  const fitting = points.filter((point) => {
    const counts = meteredKind(point.carrier);
    return counts !== undefined && amountUnit(counts, point) !== undefined;
  });
  const chosen: Point[] = [];
  for (const carrier of new Set(fitting.map((point) => point.carrier))) {
    const all = fitting.filter((point) => point.carrier === carrier);
    const marked = withoutCurves(all.filter(({ mainMeter }) => mainMeter));
    const lone = withoutCurves(all);
    const what = carrierTerm(carrier!);
    if (marked.length > 1) notes.push(esgNotes['meters-added']({ site, what, count: marked.length }));
    if (marked.length > 0) chosen.push(...marked);
    else if (meteredKind(carrier)!.kind === 'heat') notes.push(esgNotes['heat-unmarked']({ site, what }));
    else if (lone.length === 1) {
      chosen.push(lone[0]!);
      notes.push(esgNotes['meter-alone']({ site, point: lone[0]!.name, what }));
    } else notes.push(esgNotes['meters-unmarked']({ site, what, count: lone.length }));
  }
  for (const point of points)
    if (point.mainMeter && meteredKind(point.carrier) && !fitting.includes(point))
      notes.push(
        esgNotes['meter-unsuitable']({ site, point: point.name, unit: point.unit, what: carrierTerm(point.carrier!) }),
      );
  return chosen;
}

/** Power is integrated only where the same source has no register of its energy. */
const withoutCurves = (points: readonly Point[]): Point[] =>
  points.filter(
    (point) =>
      point.kind !== 'gauge' || !points.some(({ kind, sourceId }) => kind !== 'gauge' && sourceId === point.sourceId),
  );

function factsOf(point: Point): PointFacts {
  return {
    kind: point.kind,
    ...(point.kind === 'delta' && { stamp: point.stamp }),
    ...(point.intervalSeconds !== null && { intervalSeconds: point.intervalSeconds }),
    unit: point.unit,
    ...(point.registerMaximum !== null && { registerMaximum: point.registerMaximum }),
  };
}

function floorAreas(sites: readonly PlantNode[], entries: readonly Activity[]): FloorAreaPlan[] {
  const stated = new Set(
    entries.flatMap(({ statement }) => (statement.kind === 'floor-area' ? [statement.siteId] : [])),
  );
  return sites.flatMap(({ id, name, floorAreaM2 }) =>
    floorAreaM2 === null || stated.has(id) ? [] : [{ site: name, quantity: new Exact(floorAreaM2).toFixed() }],
  );
}

function daysOf({ year, month }: ActivityStatement): { from: string; to: string } {
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
  return { from: `${last.slice(0, 8)}01`, to: last };
}

export function saysOf({ place, year, month, quantity, unit, ...statement }: ActivityStatement): string {
  const time = month === undefined ? year : `${year}-${String(month).padStart(2, '0')}`;
  return `${kindKey(statement)} of ${place} ${time}: ${quantity} ${unit}`;
}

function beyondPeriod(
  { place, quantity, unit, ...counts }: ActivityStatement,
  span: { from: string; to: string },
): Note {
  const [what, amount] = [carrierTerm(kindKey(counts)), amountOf(quantity, unit)];
  const [from, to] = [{ day: span.from }, { day: span.to }];
  return esgNotes['statement-beyond-period']({ what, amount, place, from, to });
}

/** The same thing stated for the year and for a month of it is likely counted twice. */
function noteOverlaps(activities: readonly Activity[], notes: Note[]): void {
  const key = ({ statement }: Activity) => `${kindKey(statement)} ${statement.place} ${statement.year}`;
  for (const same of Map.groupBy(activities, key).values()) {
    const { place, year, ...counts } = same[0]!.statement;
    if (new Set(same.map(({ statement }) => statement.month === undefined)).size > 1)
      notes.push(esgNotes['stated-twice']({ what: carrierTerm(kindKey(counts)), place, year }));
  }
}

function once(inputs: readonly InputReference[]): InputReference[] {
  return [...new Map(inputs.map((input) => [JSON.stringify(input), input])).values()];
}
