import type { CloudServices } from '@millwright/cloud/server';
import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import type { Balance } from '../analysis/balance.ts';
import type { Period } from '../analysis/grid.ts';
import { siteClock } from '../analysis/site-clock.ts';
import { type Scope, scopeOf } from '../consumption/scope.ts';
import type { ConsumptionService } from '../consumption/service.ts';
import { overviewPeriods } from './overview-periods.ts';
import type { CarrierOverview, OverviewAnswer } from './schemas.ts';

const topCount = 5;

/** How all sites stand, from rollups of whole days only. */
export class OverviewService {
  #cloud: CloudServices;
  #consumption: ConsumptionService;
  #clock: Clock;

  constructor(parts: { cloud: CloudServices; consumption: ConsumptionService; clock: Clock }) {
    this.#cloud = parts.cloud;
    this.#consumption = parts.consumption;
    this.#clock = parts.clock;
  }

  async overview(actor: Actor): Promise<OverviewAnswer> {
    requirePermission(actor, 'energy.report.read');
    const now = this.#clock.now().getTime();
    const sites: OverviewAnswer['sites'] = [];
    for (const node of await this.#cloud.plant.tree(actor)) {
      if (node.kind !== 'site') continue;
      const scope = await scopeOf(this.#cloud, actor, { nodeId: node.id });
      const { id, name, timezone } = scope.site;
      sites.push({ site: { id, name, timezone }, carriers: await this.#carriers(actor, scope, now) });
    }
    return { at: new Date(now).toISOString(), sites };
  }

  async #carriers(actor: Actor, scope: Scope, now: number): Promise<CarrierOverview[]> {
    if (scope.carriers.length === 0) return [];
    const { timezone } = scope.site;
    const periods = overviewPeriods(now, timezone);
    const held = (period: Period, references: Parameters<ConsumptionService['held']>[3] = []) =>
      this.#consumption.held(actor, scope, period, references);
    const thisMonth = await held(periods.thisMonth);
    const over = periods.over && (await held(periods.over, periods.overReferences));
    const lastMonth = await held(periods.lastMonth);
    const lastYear = await held(periods.sameMonthLastYear);
    const yesterday = await held(periods.yesterday, [periods.weekEarlier]);
    const clock = siteClock(timezone, periods.sameMonthLastYear.from, periods.thisMonth.to);
    const amount = ({ from, to }: Period, { total, coverage }: Pick<Balance, 'total' | 'coverage'>) => ({
      ...{ from: clock.iso(from), to: clock.iso(to), value: total, coverage },
    });
    return thisMonth.map(({ carrier, balance, days }, index) => ({
      ...{ carrier, unit: balance.unit, days },
      thisMonth: amount(
        { from: periods.thisMonth.from, to: now },
        { total: balance.total, coverage: over?.[index]?.balance.coverage ?? null },
      ),
      lastMonth: amount(periods.lastMonth, lastMonth[index]!.balance),
      sameMonthLastYear: amount(periods.sameMonthLastYear, lastYear[index]!.balance),
      yesterday: amount(periods.yesterday, yesterday[index]!.balance),
      comparisons: {
        lastMonth: over?.[index]?.comparisons[0] ?? null,
        lastYear: over?.[index]?.comparisons[1] ?? null,
        yesterday: yesterday[index]!.comparisons[0]!,
      },
      top: topOf(balance),
    }));
  }
}

function topOf({ nodes, total }: Balance): CarrierOverview['top'] {
  const parents = new Set(nodes.map(({ parentId }) => parentId));
  return nodes
    .flatMap(({ id, name, kind, value, parentId }) =>
      value === null || parentId === null || parents.has(id) ? [] : [{ id, name, kind, value }],
    )
    .sort((a, b) => b.value - a.value)
    .slice(0, topCount)
    .map((node) => ({ ...node, share: total ? node.value / total : null }));
}
