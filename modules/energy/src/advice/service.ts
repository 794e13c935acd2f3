import type { CloudServices, Point } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Note, newId, problemsOf, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { makeGrid } from '../analysis/grid.ts';
import { siteClock } from '../analysis/site-clock.ts';
import type { Measure } from '../measures/schemas.ts';
import type { MeasureService } from '../measures/service.ts';
import { factsOf } from '../readings/point-facts.ts';
import type { Readings } from '../readings/readings.ts';
import { sitePeriod } from '../readings/site-time.ts';
import { chooseMeter } from '../reports/choose-meter.ts';
import type { AdviceRow } from '../schema.ts';
import type { TariffService } from '../tariffs/service.ts';
import { type AdviceOutput, type AdviceParameters, type AdviceRole, adviceMethodId } from './advice-method.ts';
import { adviceErrors } from './errors.ts';
import type { AdviceKindId } from './kind.ts';
import { adviceNotes, adviceReasons } from './notes.ts';
import { adviceKinds } from './registry.ts';
import type { AdviceRepository } from './repository.ts';
import type { Advice, AdviceQuery, FollowUpInput } from './schemas.ts';

interface AdviceParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly readings: Readings;
  readonly tariffs: TariffService;
  readonly measures: MeasureService;
  readonly repository: AdviceRepository;
}

/** Saving advice: computed from readings with evidence, and followed up by a measure. */
export class AdviceService {
  #parts: AdviceParts;

  constructor(parts: AdviceParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<Advice[]> {
    requirePermission(actor, 'energy.measure.read');
    return this.#shown(actor, await this.#parts.repository.list(actor.siteIds));
  }

  /** Throws ENERGY_ADVICE_INPUT_MISSING, ENERGY_ADVICE_SETTINGS_INVALID and what finding the meter and its period throws. */
  async compute(actor: Actor, request: AdviceQuery): Promise<Advice> {
    requirePermission(actor, 'energy.measure.write');
    const { cloud, ledger, readings, repository, clock: now } = this.#parts;
    const kind = adviceKinds[request.kind];
    const settings = kind.settings.safeParse(request.settings);
    if (!settings.success)
      throw adviceErrors.ENERGY_ADVICE_SETTINGS_INVALID({ kind: request.kind, problems: problemsOf(settings.error) });
    const site = request.site === undefined ? undefined : await cloud.plant.site(actor, request.site);
    const meter = await chooseMeter(cloud, actor, { ...request, ...(site && { siteId: site.id }) });
    const energy = meter.active;
    requirePermission(actor, 'energy.measure.write', energy.siteId);
    const named = async (role: AdviceRole, id: string | undefined) =>
      id === undefined ? [] : [{ role, point: await cloud.points.point(actor, id) }];
    const points: { role: AdviceRole; point: Point }[] = [
      { role: 'energy', point: energy },
      ...(await named('production', request.productionPointId)),
      ...(await named('cooling', request.coolingPointId)),
      ...(await named('lagging', meter.lagging?.id)),
      ...(await named('leading', meter.leading?.id)),
    ];
    const period = sitePeriod(request, energy.timezone);
    const [assigned] = (await this.#parts.tariffs.assignedTo(actor, energy.siteId, energy.sourceId)).slice(-1);
    const tariff = assigned?.tariff ?? null;
    checkNeeds(request.kind, new Set<string>([...points.map(({ role }) => role), ...(tariff ? ['tariff'] : [])]));
    const clock = siteClock(energy.timezone, period.from, period.to);
    const parameters: AdviceParameters = {
      ...{ kind: request.kind, from: clock.iso(period.from), to: clock.iso(period.to), timezone: energy.timezone },
      ...{ settings: settings.data, tariff, price: request.price ?? null, emission: request.emission ?? null },
      points: points.map(({ role, point }) => ({ role, pointId: point.id, name: point.name, facts: factsOf(point) })),
    };
    const { start, end } = makeGrid({ ...period, timezone: energy.timezone, intervalMinutes: 60 });
    const { id: finding, output } = await ledger.conclude<AdviceOutput>(actor, {
      ...{ method: adviceMethodId, parameters, subject: energy.id, siteId: energy.siteId },
      inputs: await Promise.all(points.map(({ point }) => readings.reference(actor, point.id, start, end))),
    });
    if (output.hours < kind.least)
      throw adviceErrors.ENERGY_ADVICE_INPUT_MISSING({
        ...{ kind: request.kind, missing: adviceReasons['needs-hours']({ need: kind.least, have: output.hours }) },
      });
    const row: AdviceRow = {
      ...{ id: newId(), site_id: energy.siteId, point_id: energy.id, kind: request.kind, status: 'open' },
      found: output.found && { ...output.found, notes: [...output.found.notes, ...priceNotes(parameters)] },
      currency: tariff?.currency ?? request.currency ?? null,
      ...{ emission_factor: request.emission?.kgPerkWh ?? null, emission_source: request.emission?.source ?? null },
      ...{ valid_from: new Date(period.from), valid_to: new Date(period.to), finding_id: finding, measure_id: null },
      ...{ created_at: now.now(), actor_id: actor.id, actor_name: actor.name },
    };
    await repository.insert(row);
    return (await this.#shown(actor, [row]))[0]!;
  }

  async change(actor: Actor, id: string, status: Advice['status']): Promise<Advice> {
    requirePermission(actor, 'energy.measure.write');
    const row = await this.#row(actor, id);
    const { db, ledger, repository } = this.#parts;
    await db.transaction(async () => {
      await repository.change(id, { status });
      await ledger.record(actor, {
        ...{ type: 'energy.advice-change', subject: id, siteId: row.site_id, content: { kind: row.kind, status } },
      });
    });
    return (await this.#shown(actor, [{ ...row, status }]))[0]!;
  }

  /** Makes a measure of it, whose savings will say whether it came true. */
  async followUp(actor: Actor, id: string, input: FollowUpInput): Promise<{ advice: Advice; measure: Measure }> {
    requirePermission(actor, 'energy.measure.write');
    const row = await this.#row(actor, id);
    const { db, measures, repository } = this.#parts;
    const [shown] = await this.#shown(actor, [row]);
    return db.transaction(async () => {
      const measure = await measures.add(actor, {
        ...{ ...input, name: input.name ?? `${shown!.point.name}: ${row.kind}`, pointId: row.point_id },
        adviceFindingId: row.finding_id,
        ...(shown!.found && { expected: shown!.found.energy.value }),
      });
      await repository.change(id, { measure_id: measure.id, status: 'accepted' });
      return { advice: { ...shown!, status: 'accepted' as const, measureId: measure.id }, measure };
    });
  }

  async #row(actor: Actor, id: string): Promise<AdviceRow> {
    const row = await this.#parts.repository.advice(id);
    if (!row) throw adviceErrors.ENERGY_ADVICE_UNKNOWN({ id });
    requirePermission(actor, 'energy.measure.write', row.site_id);
    return row;
  }

  async #shown(actor: Actor, rows: readonly AdviceRow[]): Promise<Advice[]> {
    const { points, sources } = this.#parts.cloud;
    const { plant } = this.#parts.cloud;
    const shown: Advice[] = [];
    for (const row of rows) {
      const [point, site] = await Promise.all([points.point(actor, row.point_id), plant.node(actor, row.site_id)]);
      const source = await sources.source(actor, point.sourceId);
      const clock = siteClock(point.timezone, row.valid_from.getTime(), row.valid_to.getTime());
      shown.push({
        ...{ id: row.id, kind: row.kind as AdviceKindId, status: row.status, currency: row.currency },
        site: { id: site.id, name: site.name, timezone: point.timezone },
        point: { id: point.id, name: `${source.name}, ${point.name}` },
        period: { from: clock.iso(row.valid_from.getTime()), to: clock.iso(row.valid_to.getTime()) },
        found: row.found as Advice['found'],
        emission: row.emission_factor === null ? null : { kgPerkWh: row.emission_factor, source: row.emission_source! },
        ...{ measureId: row.measure_id, evidence: row.finding_id },
        ...{ createdAt: row.created_at.toISOString(), createdBy: row.actor_name },
      });
    }
    return shown;
  }
}

const missingOf = {
  production: adviceReasons['needs-production'],
  lagging: adviceReasons['needs-lagging'],
  cooling: adviceReasons['needs-cooling'],
  tariff: adviceReasons['needs-tariff'],
};

function checkNeeds(kind: AdviceKindId, have: ReadonlySet<string>): void {
  const missing = adviceKinds[kind].needs.find((need) => !have.has(need));
  if (missing) throw adviceErrors.ENERGY_ADVICE_INPUT_MISSING({ kind, missing: missingOf[missing]() });
}

function priceNotes({ tariff, price, emission }: AdviceParameters): Note[] {
  return [
    ...(tariff ? [] : [price === null ? adviceNotes['no-price']() : adviceNotes['no-tariff']()]),
    ...(emission ? [] : [adviceNotes['no-emission-factor']()]),
  ];
}
