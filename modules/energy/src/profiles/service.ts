import type { CloudServices, Point } from '@millwright/cloud/server';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { baseLoad } from '../analysis/base-load.ts';
import { combineAmounts } from '../analysis/combine.ts';
import { consumption } from '../analysis/consumption.ts';
import { dayProfile } from '../analysis/day-profile.ts';
import { demandProfile } from '../analysis/demand-profile.ts';
import { type IntervalMinutes, makeGrid, type Period } from '../analysis/grid.ts';
import { heatMap, weekdayProfile } from '../analysis/heat-map.ts';
import type { IntervalAmounts } from '../analysis/interval-amounts.ts';
import { loadDuration } from '../analysis/load-duration.ts';
import { loadFactor } from '../analysis/load-factor.ts';
import { topMeters } from '../analysis/meter-tree.ts';
import { peak } from '../analysis/peak.ts';
import { siteClock } from '../analysis/site-clock.ts';
import type { SpecificEnergy } from '../analysis/specific-energy.ts';
import type { Carrier } from '../carrier.ts';
import { scopeOf } from '../consumption/scope.ts';
import { energyErrors } from '../errors.ts';
import { energyReasons } from '../notes.ts';
import { factsOf } from '../readings/point-facts.ts';
import { convert, type Readings } from '../readings/readings.ts';
import { sitePeriod } from '../readings/site-time.ts';
import { chooseActive } from '../reports/choose-meter.ts';
import { intervalName, minutesOf } from '../reports/schemas.ts';
import type { ReportService } from '../reports/service.ts';
import { amountsOf } from '../work/amounts.ts';
import { demandCurve } from './curve.ts';
import { hourlyAmounts } from './hourly-amounts.ts';
import type { HeatMapAnswer, LoadQuery, ProfileAnswer, SpecificAnswer, SpecificQuery } from './schemas.ts';
import { type SpecificParameters, specificMethodId } from './specific-method.ts';

/** Meters that are looked at as one. */
interface Load {
  readonly siteId: string;
  readonly timezone: string;
  readonly carrier: string | null;
  readonly points: readonly Point[];
  /** Left out: what the point's own unit makes. */
  readonly unit?: string;
}

/** How a meter or a part of the plant runs: profiles, heat map, energy per unit produced. */
export class ProfileService {
  #cloud: CloudServices;
  #ledger: Ledger;
  #readings: Readings;
  #reports: ReportService;

  constructor(parts: { cloud: CloudServices; ledger: Ledger; readings: Readings; reports: ReportService }) {
    this.#cloud = parts.cloud;
    this.#ledger = parts.ledger;
    this.#readings = parts.readings;
    this.#reports = parts.reports;
  }

  async profile(actor: Actor, request: LoadQuery): Promise<ProfileAnswer> {
    requirePermission(actor, 'energy.report.read');
    const load = await this.#load(actor, request);
    const amounts = await this.#amounts(actor, load, request);
    const { clock } = amounts.grid;
    const profile = demandProfile(amounts);
    const consumed = consumption(amounts);
    const highest = peak(profile);
    return {
      ...(await this.#frame(actor, load, amounts)),
      unit: profile.unit,
      consumption: { value: consumed.value, unit: consumed.unit },
      peak: highest && {
        kW: amounts.unit === 'kW.h' ? highest.value : null,
        ...{ at: clock.iso(highest.at), from: clock.iso(highest.from), to: clock.iso(highest.to) },
        ...{ value: highest.value, unit: profile.unit, estimated: profile.estimated },
      },
      loadFactor: loadFactor(consumed, highest),
      baseLoad: { value: baseLoad(profile, 'percentile-5'), unit: profile.unit, method: 'percentile-5' },
      curve: demandCurve(profile),
      day: dayProfile(profile),
      week: weekdayProfile(amounts),
      duration: loadDuration(profile),
    };
  }

  async heatMap(actor: Actor, request: LoadQuery): Promise<HeatMapAnswer> {
    requirePermission(actor, 'energy.report.read');
    const load = await this.#load(actor, request);
    // Hours are all it shows, however fine the readings are.
    const amounts = await this.#amounts(actor, load, request, true);
    return { ...(await this.#frame(actor, load, amounts)), ...heatMap(amounts) };
  }

  /** Energy per unit produced, recorded as a finding when `record` says so. */
  async specific(actor: Actor, request: SpecificQuery, record: boolean): Promise<SpecificAnswer> {
    requirePermission(actor, 'energy.report.read');
    const scope = await scopeOf(this.#cloud, actor, request);
    const meters = scope.carriers.find(({ carrier }) => carrier === request.carrier);
    if (!meters) throw energyErrors.ENERGY_CARRIER_UNMETERED({ carrier: request.carrier, node: scope.node.name });
    const making = scope.points.filter(({ quantity, kind }) => quantity === 'production' && kind !== 'gauge');
    const production = chooseProduction(making, scope.node, request.production);
    const { timezone } = scope.site;
    const period = sitePeriod(request, timezone);
    const clock = siteClock(timezone, period.from, period.to);
    const top = new Set(topMeters(meters.tree));
    const points = meters.points.filter(({ id }) => top.has(id));
    const parameters: SpecificParameters = {
      ...{ from: clock.iso(period.from), to: clock.iso(period.to), timezone, unit: meters.unit, by: request.by },
      meters: [
        ...points.map((point) => ({ point, role: 'energy' as const })),
        { point: production, role: 'production' as const },
      ].map(({ point, role }) => ({ role, pointId: point.id, name: point.name, facts: factsOf(point) })),
    };
    const inputs = await this.#inputs(actor, [...points, production], period, timezone);
    const options = { method: specificMethodId, parameters, inputs, subject: scope.node.id, siteId: scope.site.id };
    const { id, output } = record
      ? await this.#ledger.conclude<SpecificEnergy>(actor, options)
      : { id: undefined, output: await this.#run(parameters, inputs) };
    return {
      site: { id: scope.site.id, name: scope.site.name, timezone },
      node: { id: scope.node.id, name: scope.node.name },
      period: { from: parameters.from, to: parameters.to },
      carrier: request.carrier,
      points: points.map(({ id: pointId, name }) => ({ id: pointId, name })),
      productionPoint: { id: production.id, name: production.name, unit: production.unit },
      ...output,
      ...(id !== undefined && { evidence: id }),
    };
  }

  async #run(parameters: SpecificParameters, inputs: readonly InputReference[]): Promise<SpecificEnergy> {
    const method = this.#ledger.methods().find(({ id }) => id === specificMethodId)!;
    return (await method.run(parameters, inputs)) as SpecificEnergy;
  }

  async #inputs(actor: Actor, points: readonly Point[], period: Period, timezone: string): Promise<InputReference[]> {
    const { start, end } = makeGrid({ ...period, timezone, intervalMinutes: 60 });
    return Promise.all(points.map(({ id }) => this.#readings.reference(actor, id, start, end)));
  }

  /** A node or a site means its meters of one carrier added up; anything else one meter. */
  async #load(actor: Actor, request: LoadQuery): Promise<Load> {
    const { source, sourceId, point, pointId } = request;
    if ([source, sourceId, point, pointId].some((named) => named !== undefined)) {
      const { active } = await this.#reports.meter(actor, request);
      return { siteId: active.siteId, timezone: active.timezone, carrier: active.carrier, points: [active] };
    }
    const scope = await scopeOf(this.#cloud, actor, request);
    const carrier: Carrier = request.carrier ?? 'electricity';
    const meters = scope.carriers.find((one) => one.carrier === carrier);
    if (!meters) throw energyErrors.ENERGY_CARRIER_UNMETERED({ carrier, node: scope.node.name });
    const top = new Set(topMeters(meters.tree));
    const points = meters.points.filter(({ id }) => top.has(id));
    return { siteId: scope.site.id, timezone: scope.site.timezone, carrier, points, unit: meters.unit };
  }

  /** The meters added up; by the hour from rollups where hours are enough and readings are many. */
  async #amounts(actor: Actor, load: Load, request: LoadQuery, hoursDo = false): Promise<IntervalAmounts> {
    const period = sitePeriod(request, load.timezone);
    const { start, end } = makeGrid({ ...period, timezone: load.timezone, intervalMinutes: 60 });
    const intervalMinutes = request.interval ? minutesOf[request.interval] : coarsest(load.points);
    if (hoursDo || intervalMinutes === 60) {
      const hours = await this.#hours(actor, load, period);
      if (hours) return hours;
    }
    const all: IntervalAmounts[] = [];
    for (const point of load.points) {
      const series = await this.#readings.around(actor, point.id, start, end);
      const options = { ...period, timezone: load.timezone, intervalMinutes, convert };
      all.push(...(await amountsOf(series, factsOf(point), [load.unit ? { ...options, unit: load.unit } : options])));
    }
    return combineAmounts(all);
  }

  async #hours(actor: Actor, { points, timezone, unit }: Load, period: Period): Promise<IntervalAmounts | undefined> {
    const all: IntervalAmounts[] = [];
    for (const point of points) {
      const hours = await hourlyAmounts(this.#cloud.measurements, actor, point, { ...period, timezone, unit });
      if (!hours) return undefined;
      all.push(hours);
    }
    return combineAmounts(all);
  }

  async #frame(actor: Actor, load: Load, amounts: IntervalAmounts) {
    const site = await this.#cloud.plant.node(actor, load.siteId);
    const { grid } = amounts;
    const { coveredHours, hours } = consumption(amounts);
    return {
      site: { id: site.id, name: site.name, timezone: load.timezone },
      points: load.points.map(({ id, name }) => ({ id, name })),
      carrier: load.carrier,
      period: { from: grid.clock.iso(grid.start), to: grid.clock.iso(grid.end) },
      interval: intervalName[grid.intervalMinutes],
      coverage: coveredHours / hours,
    };
  }
}

/** The finest interval that the coarsest of the meters can answer. */
function coarsest(points: readonly Point[]): IntervalMinutes {
  const minutes = Math.max(...points.map(({ intervalSeconds }) => (intervalSeconds ?? 900) / 60));
  if (minutes > 30) return 60;
  return minutes > 15 ? 30 : 15;
}

function chooseProduction(points: readonly Point[], node: { id: string; name: string }, wanted?: string): Point {
  if (points.length === 0)
    throw energyErrors.ENERGY_POINT_MISSING({
      where: node.name,
      wanted: energyReasons['production-point'](),
      known: [],
    });
  if (wanted === undefined) {
    const here = points.filter(({ nodeId }) => nodeId === node.id);
    const only = [points, here].find(({ length }) => length === 1);
    if (only) return only[0]!;
    throw energyErrors.ENERGY_PRODUCTION_AMBIGUOUS({ where: node.name, points: points.map(({ name }) => name) });
  }
  return chooseActive(points, node.name, wanted, node.id);
}
