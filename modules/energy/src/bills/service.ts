import type { CloudServices, PlantNode, Point, Source } from '@millwright/cloud/server';
import { type Actor, type Clock, isMillwrightError, requirePermission } from '@millwright/kernel';
import type { EvidenceMethod, Ledger } from '@millwright/ledger';
import { makeGrid, type Period } from '../analysis/grid.ts';
import { topMeters } from '../analysis/meter-tree.ts';
import { type SiteClock, siteClock } from '../analysis/site-clock.ts';
import { scopeOf } from '../consumption/scope.ts';
import { energyErrors } from '../errors.ts';
import { overviewPeriods } from '../overview/overview-periods.ts';
import { factsOf } from '../readings/point-facts.ts';
import type { Readings } from '../readings/readings.ts';
import { sitePeriod } from '../readings/site-time.ts';
import { chooseMeter, reactiveBeside } from '../reports/choose-meter.ts';
import type { Bill } from '../tariff/bill.ts';
import type { AssignedTariff, TariffService } from '../tariffs/service.ts';
import { type BillParameters, type BillRole, billMethod, billMethodId } from './bill-method.ts';
import type { BillAnswer, BillQuery, CostsAnswer } from './schemas.ts';

interface BillParts {
  readonly cloud: CloudServices;
  readonly ledger: Ledger;
  readonly readings: Readings;
  readonly tariffs: TariffService;
  readonly clock: Clock;
}

/** What is billed. */
interface Subject {
  readonly site: PlantNode;
  readonly source: Source | null;
  readonly meters: readonly { readonly role: BillRole; readonly point: Point }[];
}

/** What energy costs, with evidence. */
export class BillService {
  #parts: BillParts;
  #method: EvidenceMethod;

  constructor(parts: BillParts) {
    this.#parts = parts;
    this.#method = billMethod(parts.readings);
  }

  /**
   * The bill of a site or source over [from, to) under the tariffs assigned to it, or under one that the request names.
   * Throws ENERGY_TARIFF_UNASSIGNED, ENERGY_TARIFF_UNKNOWN, ENERGY_TARIFF_NOT_IN_FORCE, ENERGY_TARIFF_INPUT_MISSING,
   * ENERGY_BILL_CURRENCIES, ENERGY_CARRIER_UNMETERED and what finding the meter throws.
   */
  async bill(actor: Actor, request: BillQuery): Promise<BillAnswer> {
    requirePermission(actor, 'energy.report.read');
    const { site, source, meters, parameters, inputs } = await this.#prepare(actor, request);
    const { id, output } = await this.#parts.ledger.conclude<Bill>(actor, {
      method: billMethodId,
      parameters,
      inputs,
      subject: source?.id ?? site.id,
      siteId: site.id,
    });
    const { from, to, currency, tariffs, months, byComponent, byPeriod, total } = output;
    return {
      site: { id: site.id, name: site.name, timezone: parameters.timezone },
      source: source && { id: source.id, name: source.name },
      points: meters.filter(({ role }) => role === 'active').map(({ point }) => ({ id: point.id, name: point.name })),
      period: { from, to },
      ...{ currency, tariffs: [...tariffs], months: [...months], byComponent, byPeriod: [...byPeriod], total },
      evidence: id,
    };
  }

  /**
   * What this month has cost so far, of every site that a tariff is assigned to: the days that are over, on the first
   * of a month the whole month before. Computed like a bill, not recorded. A site that cannot be billed says why.
   */
  async costs(actor: Actor): Promise<CostsAnswer> {
    requirePermission(actor, 'energy.report.read');
    const { cloud, clock, tariffs } = this.#parts;
    const now = clock.now().getTime();
    const items: CostsAnswer['items'] = [];
    for (const node of await cloud.plant.tree(actor)) {
      if (node.kind !== 'site' || (await tariffs.assignedTo(actor, node.id, null)).length === 0) continue;
      const timezone = node.timezone!;
      const { over, lastMonth } = overviewPeriods(now, timezone);
      const { from, to } = over ?? lastMonth;
      const site = siteClock(timezone, from, to);
      const period = { from: site.iso(from), to: site.iso(to) };
      items.push({
        site: { id: node.id, name: node.name, timezone },
        period,
        ...(await this.#costOf(actor, { siteId: node.id, ...period })),
      });
    }
    return { items };
  }

  async #costOf(actor: Actor, request: BillQuery): Promise<Pick<CostsAnswer['items'][number], 'cost' | 'problem'>> {
    try {
      const { parameters, inputs } = await this.#prepare(actor, request);
      const { currency, total, months, tariffs } = (await this.#method.run(parameters, inputs)) as Bill;
      const coverage = Math.min(...months.map((month) => month.coverage));
      const names = tariffs.map(({ id, version, name, example }) => ({ id, version, name, example }));
      return { cost: { currency, total, coverage, tariffs: names }, problem: null };
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      const { code, message, details } = error;
      return { cost: null, problem: { code, message, details } };
    }
  }

  /** Everything that a bill follows from. */
  async #prepare(actor: Actor, request: BillQuery) {
    const { readings } = this.#parts;
    const { site, source, meters } = await this.#subject(actor, request);
    requirePermission(actor, 'energy.report.read', site.id);
    const timezone = site.timezone!;
    const period = sitePeriod(request, timezone);
    const clock = siteClock(timezone, period.from, period.to);
    const assigned = await this.#tariffs(actor, request, site, source);
    const parameters: BillParameters = {
      from: clock.iso(period.from),
      to: clock.iso(period.to),
      timezone,
      segments: segmentsOf(assigned, period, clock, source?.name ?? site.name).map((segment) => ({
        ...segment,
        transformerCapacitykVA: request.transformerCapacitykVA ?? segment.transformerCapacitykVA,
      })),
      meters: meters.map(({ role, point }) => ({ role, pointId: point.id, name: point.name, facts: factsOf(point) })),
    };
    const { start, end } = makeGrid({ ...period, timezone, intervalMinutes: 60 });
    const inputs = await Promise.all(meters.map(({ point }) => readings.reference(actor, point.id, start, end)));
    return { site, source, meters, parameters, inputs };
  }

  async #tariffs(
    actor: Actor,
    { tariff }: BillQuery,
    site: PlantNode,
    source: Source | null,
  ): Promise<readonly AssignedTariff[]> {
    const { tariffs } = this.#parts;
    const assigned = await tariffs.assignedTo(actor, site.id, source?.id ?? null);
    if (tariff === undefined) return assigned;
    // The transformers stay the same whichever tariff is tried.
    const transformerCapacitykVA = assigned.at(-1)?.transformerCapacitykVA ?? null;
    return [{ validFrom: null, tariff: await tariffs.tariff(actor, tariff), transformerCapacitykVA }];
  }

  async #subject(actor: Actor, request: BillQuery): Promise<Subject> {
    const { cloud } = this.#parts;
    const { plant, points, sources } = cloud;
    const wanted = request.siteId ?? request.site;
    if (request.source !== undefined || request.sourceId !== undefined) {
      const near = wanted === undefined ? undefined : await plant.site(actor, wanted);
      const meter = await chooseMeter(cloud, actor, { ...request, siteId: near?.id });
      const [site, source] = await Promise.all([
        plant.node(actor, meter.active.siteId),
        sources.source(actor, meter.active.sourceId),
      ]);
      if (near && near.id !== site.id)
        throw energyErrors.ENERGY_POINT_ELSEWHERE({ point: source.name, site: near.name });
      const roles = (['active', 'lagging', 'leading'] as const).flatMap((role) => {
        const point = meter[role];
        return point ? [{ role, point }] : [];
      });
      return { site, source, meters: roles };
    }
    if (wanted === undefined) throw energyErrors.ENERGY_PART_NOT_SAID({});
    const scope = await scopeOf(cloud, actor, { site: wanted });
    const electricity = scope.carriers.find(({ carrier }) => carrier === 'electricity');
    if (!electricity) throw energyErrors.ENERGY_CARRIER_UNMETERED({ carrier: 'electricity', node: scope.site.name });
    const top = new Set(topMeters(electricity.tree));
    const active = electricity.points.filter(({ id }) => top.has(id));
    const reactive = await Promise.all(active.map((point) => reactiveBeside(points, actor, point)));
    const all = (role: 'lagging' | 'leading') => {
      const found = reactive.flatMap((beside) => beside[role] ?? []);
      // Reactive energy of some feeders only would flatter the power factor of all.
      return role === 'lagging' && found.length < active.length ? [] : found.map((point) => ({ role, point }));
    };
    const lagging = all('lagging');
    return {
      site: scope.site,
      source: null,
      meters: [
        ...active.map((point) => ({ role: 'active' as const, point })),
        ...lagging,
        ...(lagging.length > 0 ? all('leading') : []),
      ],
    };
  }
}

/** Cuts a period at the days on which another tariff begins. */
function segmentsOf(
  assigned: readonly AssignedTariff[],
  { from, to }: Period,
  clock: SiteClock,
  where: string,
): BillParameters['segments'] {
  const starts = assigned.map(({ validFrom }) => (validFrom === null ? from : clock.instantOf(validFrom)));
  const first = Math.min(to, ...starts);
  if (first > from || starts.length === 0)
    throw energyErrors.ENERGY_TARIFF_UNASSIGNED({ where, from: clock.iso(from), to: clock.iso(first) });
  return assigned.flatMap(({ tariff, transformerCapacitykVA }, index) => {
    const begin = Math.max(from, starts[index]!);
    const end = Math.min(to, starts[index + 1] ?? to);
    return begin < end ? [{ from: clock.iso(begin), to: clock.iso(end), tariff, transformerCapacitykVA }] : [];
  });
}
