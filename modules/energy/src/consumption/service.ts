import type { CloudServices } from '@millwright/cloud/server';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { type Balance, balance } from '../analysis/balance.ts';
import { type Comparison, compareConsumption, comparisonPeriods } from '../analysis/comparison.ts';
import type { Consumption } from '../analysis/consumption.ts';
import { makeGrid, type Period } from '../analysis/grid.ts';
import { type SiteClock, siteClock } from '../analysis/site-clock.ts';
import type { Carrier } from '../carrier.ts';
import { energyErrors } from '../errors.ts';
import { factsOf } from '../readings/point-facts.ts';
import type { Readings } from '../readings/readings.ts';
import { sitePeriod } from '../readings/site-time.ts';
import { type ConsumptionOutput, type ConsumptionParameters, consumptionMethodId } from './consumption-method.ts';
import { type MeterAmounts, rollupAmounts, type Step } from './rollup-amounts.ts';
import type { ConsumptionAnswer, ProvenConsumptionAnswer, SankeyAnswer, ScopeQuery } from './schemas.ts';
import { type CarrierMeters, type Scope, scopeOf } from './scope.ts';

export type ConsumptionRequest = ScopeQuery & { readonly by?: Step; readonly compare?: boolean };

/** A reference period, and by which rule it was chosen. */
export interface Reference extends Period {
  readonly rule: 'months' | 'days' | 'span' | 'same-dates';
  readonly sameWeekdays: boolean;
}

interface Measured extends CarrierMeters {
  readonly balance: Balance;
  readonly amounts: ReadonlyMap<string, MeterAmounts>;
}

/** One carrier over a period, day by day, and held against others. */
export interface Held {
  readonly carrier: Carrier;
  readonly balance: Balance;
  readonly days: { key: string; value: number }[];
  readonly comparisons: ReturnType<typeof compared>[];
}

/** Consumption by carrier over the tree of the plant. */
export class ConsumptionService {
  #cloud: CloudServices;
  #ledger: Ledger;
  #readings: Readings;

  constructor(parts: { cloud: CloudServices; ledger: Ledger; readings: Readings }) {
    this.#cloud = parts.cloud;
    this.#ledger = parts.ledger;
    this.#readings = parts.readings;
  }

  /** From rollups: quick, for pages. `by` adds the totals by step, `compare` the period before and a year earlier. */
  async consumption(actor: Actor, request: ConsumptionRequest): Promise<ConsumptionAnswer> {
    requirePermission(actor, 'energy.report.read');
    const scope = await this.#scope(actor, request);
    const { period, clock } = periodIn(scope, request);
    const measured = await this.#measure(actor, scope, period, request.by ?? 'month');
    const references = request.compare ? comparisonPeriods({ ...period, timezone: clock.timezone }) : undefined;
    const before = references && (await this.#measure(actor, scope, references.before, 'month'));
    const lastYear = references && (await this.#measure(actor, scope, references.lastYear, 'month'));
    return {
      ...frame(scope, period, clock),
      step: request.by ?? null,
      carriers: measured.map((one, index) => ({
        ...shown(one, one.balance),
        ...(request.by && { series: seriesOf(one) }),
        ...(before &&
          lastYear && {
            comparison: {
              before: compared(one, period, before[index]!, references.before, clock),
              lastYear: compared(one, period, lastYear[index]!, references.lastYear, clock),
            },
          }),
      })),
    };
  }

  /** One carrier from supply to use. */
  async sankey(actor: Actor, request: ScopeQuery): Promise<SankeyAnswer> {
    requirePermission(actor, 'energy.report.read');
    const carrier = request.carrier ?? 'electricity';
    const scope = await this.#scope(actor, { ...request, carrier });
    const { period, clock } = periodIn(scope, request);
    const [measured] = await this.#measure(actor, scope, period, 'month');
    if (!measured) throw energyErrors.ENERGY_CARRIER_UNMETERED({ carrier, node: scope.node.name });
    return { ...frame(scope, period, clock), carrier, ...measured.balance.flow };
  }

  /** From every reading, recorded as a finding. */
  async prove(actor: Actor, request: ScopeQuery): Promise<ProvenConsumptionAnswer> {
    requirePermission(actor, 'energy.report.read');
    const scope = await this.#scope(actor, request);
    const { period, clock } = periodIn(scope, request);
    const meters = scope.carriers.flatMap(({ points, unit }) => points.map((point) => ({ point, unit })));
    const { start, end } = makeGrid({ ...period, timezone: clock.timezone, intervalMinutes: 60 });
    const inputs = await Promise.all(meters.map(({ point }) => this.#readings.reference(actor, point.id, start, end)));
    const parameters: ConsumptionParameters = {
      from: clock.iso(period.from),
      to: clock.iso(period.to),
      timezone: clock.timezone,
      carriers: scope.carriers.map(({ carrier, unit, tree }) => ({ carrier, unit, tree })),
      meters: meters.map(({ point, unit }) => ({ pointId: point.id, name: point.name, facts: factsOf(point), unit })),
    };
    const { id, output } = await this.#ledger.conclude<ConsumptionOutput>(actor, {
      method: consumptionMethodId,
      parameters,
      inputs,
      subject: scope.node.id,
      siteId: scope.site.id,
    });
    return {
      ...frame(scope, period, clock),
      carriers: scope.carriers.map((meters, index) => shown(meters, output.carriers[index]!)),
      evidence: id,
    };
  }

  /** For the overview: one scope over a period, held against periods of the caller's choice. */
  async held(actor: Actor, scope: Scope, period: Period, references: readonly Reference[]): Promise<Held[]> {
    requirePermission(actor, 'energy.report.read', scope.site.id);
    const clock = siteClock(scope.site.timezone, period.from, period.to);
    const measured = await this.#measure(actor, scope, period, 'day');
    const others: Measured[][] = [];
    for (const reference of references) others.push(await this.#measure(actor, scope, reference, 'month'));
    return measured.map((one, index) => ({
      carrier: one.carrier,
      balance: one.balance,
      days: seriesOf(one),
      comparisons: references.map((reference, at) => compared(one, period, others[at]![index]!, reference, clock)),
    }));
  }

  async #scope(actor: Actor, request: ScopeQuery): Promise<Scope> {
    const scope = await scopeOf(this.#cloud, actor, request);
    const { carrier } = request;
    return carrier ? { ...scope, carriers: scope.carriers.filter((one) => one.carrier === carrier) } : scope;
  }

  async #measure(actor: Actor, { carriers, site }: Scope, { from, to }: Period, step: Step): Promise<Measured[]> {
    const points = carriers.flatMap(({ points, unit }) => points.map((point) => ({ point, unit })));
    const options = { points, from, to, timezone: site.timezone, step };
    const amounts = await rollupAmounts(this.#cloud.measurements, actor, options);
    return carriers.map((one) => ({ ...one, amounts, balance: balance(one.tree, amounts, one.unit) }));
  }
}

function periodIn(scope: Scope, request: { from: string; to: string }): { period: Period; clock: SiteClock } {
  const period = sitePeriod(request, scope.site.timezone);
  return { period, clock: siteClock(scope.site.timezone, period.from, period.to) };
}

function frame({ site, node }: Scope, { from, to }: Period, clock: SiteClock) {
  return {
    site: { id: site.id, name: site.name, timezone: site.timezone },
    node: { id: node.id, name: node.name, kind: node.kind },
    period: { from: clock.iso(from), to: clock.iso(to) },
  };
}

function shown(
  { carrier, unconverted }: CarrierMeters,
  { total, coverage, unmetered, nodes, errors, unknown, unit }: Omit<Balance, 'flow'>,
) {
  return {
    ...{ carrier, unit, total, coverage, unmetered, nodes, errors, unknown },
    unconverted: unconverted.map((point) => ({ id: point.id, name: point.name, unit: point.unit })),
  };
}

/** The root's total by step, from the same meters that its total comes from. */
function seriesOf({ balance: { nodes }, amounts }: Measured): { key: string; value: number }[] {
  const steps = new Map<string, number>();
  const add = (id: string): void => {
    const node = nodes.find((one) => one.id === id)!;
    if (node.value === null) return;
    if (node.derived) {
      for (const child of nodes) if (child.parentId === id) add(child.id);
      return;
    }
    for (const meterId of node.meterIds)
      for (const [key, value] of amounts.get(meterId)?.steps ?? []) steps.set(key, (steps.get(key) ?? 0) + value);
  };
  if (nodes[0]) add(nodes[0].id);
  return [...steps].map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

function asConsumption({ balance: { total, coverage, unit } }: Measured, { from, to }: Period): Consumption {
  const hours = (to - from) / 3_600_000;
  return { value: total, unit, estimated: 0, substituted: 0, hours, coveredHours: hours * (coverage ?? 0) };
}

function compared(
  current: Measured,
  period: Period,
  other: Measured,
  reference: Reference,
  clock: SiteClock,
): Comparison & {
  from: string;
  to: string;
  rule: Reference['rule'];
  sameWeekdays: boolean;
} {
  return {
    ...{ from: clock.iso(reference.from), to: clock.iso(reference.to) },
    ...{ rule: reference.rule, sameWeekdays: reference.sameWeekdays },
    ...compareConsumption(asConsumption(current, period), asConsumption(other, reference)),
  };
}
