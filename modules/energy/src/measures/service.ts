import type { Blobs } from '@millwright/blobs';
import type { CloudServices, Point } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { InputReference, Ledger } from '@millwright/ledger';
import { makeGrid } from '../analysis/grid.ts';
import { type SiteClock, siteClock } from '../analysis/site-clock.ts';
import { baselineErrors } from '../baselines/errors.ts';
import type { BaselineModel } from '../baselines/model.ts';
import type { BaselineRole } from '../baselines/rows-from-points.ts';
import { factsOf } from '../readings/point-facts.ts';
import type { Readings } from '../readings/readings.ts';
import { sitePeriod, siteTime } from '../readings/site-time.ts';
import { chooseMeter } from '../reports/choose-meter.ts';
import type { AdjustmentRow, MeasureRow } from '../schema.ts';
import {
  type BaselineOutput,
  type BaselineParameters,
  baselineMethodId,
  type SavingsOutput,
  type SavingsParameters,
  savingsMethodId,
} from './baseline-method.ts';
import type { MeasureRepository } from './repository.ts';
import type {
  AdjustmentInput,
  BaselineAnswer,
  BaselineFigures,
  BaselineQuery,
  Measure,
  MeasureChange,
  MeasureInput,
  SavingsAnswer,
  SavingsQuery,
} from './schemas.ts';

interface MeasureParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly readings: Readings;
  readonly repository: MeasureRepository;
}

type RolePoints = readonly { readonly role: BaselineRole; readonly point: Point }[];

/** Baselines of meters, measures, and what they saved, with evidence. */
export class MeasureService {
  #parts: MeasureParts;

  constructor(parts: MeasureParts) {
    this.#parts = parts;
  }

  /**
   * Learns the baseline of a meter. Throws ENERGY_BASELINE_TOO_SHORT, ENERGY_BASELINE_UNFIT and what finding the meter and its
   * period throws.
   */
  async baseline(actor: Actor, request: BaselineQuery): Promise<BaselineAnswer> {
    requirePermission(actor, 'energy.measure.read');
    const points = await this.#points(actor, request);
    const energy = points[0]!.point;
    requirePermission(actor, 'energy.measure.read', energy.siteId);
    const period = sitePeriod(request, energy.timezone);
    const clock = siteClock(energy.timezone, period.from, period.to);
    const parameters: BaselineParameters = {
      ...{ from: clock.iso(period.from), to: clock.iso(period.to), timezone: energy.timezone },
      ...{ method: request.method, calendar: request.calendar ?? null, points: parametersOf(points) },
    };
    const { id, output } = await this.#parts.ledger.conclude<BaselineOutput>(actor, {
      ...{ method: baselineMethodId, parameters, subject: energy.id, siteId: energy.siteId },
      inputs: await this.#inputs(actor, points, period),
    });
    const site = await this.#parts.cloud.plant.node(actor, energy.siteId);
    return {
      site: { id: site.id, name: site.name, timezone: energy.timezone },
      point: { id: energy.id, name: energy.name },
      unit: output.unit,
      baseline: figuresOf(output.model, clock),
      daily: {
        ...{ measured: [...output.daily.measured], fitted: [...output.daily.fitted] },
        start: output.daily.start.map((time) => clock.iso(time)),
        temperature: output.daily.temperature && [...output.daily.temperature],
      },
      notes: [...output.notes],
      evidence: id,
    };
  }

  async list(actor: Actor): Promise<Measure[]> {
    requirePermission(actor, 'energy.measure.read');
    return this.#shown(actor, await this.#parts.repository.measures(actor.siteIds));
  }

  /** Throws ENERGY_MEASURE_UNKNOWN. */
  async measure(actor: Actor, id: string): Promise<Measure> {
    requirePermission(actor, 'energy.measure.read');
    return (await this.#shown(actor, [await this.#row(actor, id, 'energy.measure.read')]))[0]!;
  }

  async add(actor: Actor, input: MeasureInput): Promise<Measure> {
    requirePermission(actor, 'energy.measure.write');
    const points = await this.#points(actor, input);
    const energy = points[0]!.point;
    requirePermission(actor, 'energy.measure.write', energy.siteId);
    const time = (text: string) => new Date(siteTime(text, energy.timezone));
    const { db, repository, clock } = this.#parts;
    const row: MeasureRow = {
      ...{ id: newId(), site_id: energy.siteId, point_id: energy.id, name: input.name, description: input.description },
      ...{ cost: input.cost ?? null, currency: input.currency ?? null, status: input.status },
      ...{ work_from: time(input.workFrom), work_to: time(input.workTo), baseline_from: time(input.baselineFrom) },
      ...{ method: input.method, calendar: input.calendar ?? null },
      temperature_point_id: input.temperaturePointId ?? null,
      driver_point_ids: input.driverPointIds,
      ...{ expected: input.expected ?? null, advice_finding_id: input.adviceFindingId ?? null },
      ...{ result: null, finding_id: null },
      ...{ created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
    };
    checkOrder(row);
    await db.transaction(async () => {
      await repository.insert(row);
      await this.#record(actor, 'energy.measure-add', row, { ...input });
    });
    return this.measure(actor, row.id);
  }

  async change(actor: Actor, id: string, change: MeasureChange): Promise<Measure> {
    requirePermission(actor, 'energy.measure.write');
    const row = await this.#row(actor, id, 'energy.measure.write');
    const { timezone } = await this.#parts.cloud.points.point(actor, row.point_id);
    const { workFrom, workTo, ...rest } = change;
    const values: Partial<MeasureRow> = {
      ...rest,
      ...(workFrom && { work_from: new Date(siteTime(workFrom, timezone)) }),
      ...(workTo && { work_to: new Date(siteTime(workTo, timezone)) }),
    };
    checkOrder({ ...row, ...values });
    await this.#parts.db.transaction(async () => {
      await this.#parts.repository.change(id, values);
      await this.#record(actor, 'energy.measure-change', row, { ...change });
    });
    return this.measure(actor, id);
  }

  /** An explicit entry with who, why, how much and, where there is one, the document that shows it. */
  async adjust(actor: Actor, id: string, input: AdjustmentInput): Promise<Measure> {
    requirePermission(actor, 'energy.measure.write');
    const row = await this.#row(actor, id, 'energy.measure.write');
    const { timezone } = await this.#parts.cloud.points.point(actor, row.point_id);
    const { db, blobs, repository, clock } = this.#parts;
    const period = sitePeriod(input, timezone);
    const document = input.document && {
      name: input.document.name,
      sha256: (await blobs.put(Buffer.from(input.document.base64, 'base64'))).hash,
    };
    const made: AdjustmentRow = {
      ...{ id: newId(), measure_id: id, reason: input.reason, amount: input.amount },
      ...{ valid_from: new Date(period.from), valid_to: new Date(period.to) },
      ...{ document_sha256: document?.sha256 ?? null, document_name: document?.name ?? null },
      ...{ created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
      ...{ withdrawn_at: null, withdrawn_by: null },
    };
    await db.transaction(async () => {
      await repository.insertAdjustment(made);
      const { from, to, reason, amount } = input;
      await this.#record(actor, 'energy.adjustment-add', row, { from, to, reason, amount, document: document ?? null });
    });
    return this.measure(actor, id);
  }

  async withdraw(actor: Actor, id: string, adjustmentId: string): Promise<Measure> {
    requirePermission(actor, 'energy.measure.write');
    const row = await this.#row(actor, id, 'energy.measure.write');
    const { db, repository, clock } = this.#parts;
    await db.transaction(async () => {
      await repository.withdraw(adjustmentId, clock.now(), actor.name);
      await this.#record(actor, 'energy.adjustment-withdraw', row, { adjustment: adjustmentId });
    });
    return this.measure(actor, id);
  }

  /** What a measure has saved from the end of its work on, recorded with evidence. */
  async savings(actor: Actor, id: string, request: SavingsQuery): Promise<SavingsAnswer> {
    requirePermission(actor, 'energy.measure.read');
    const row = await this.#row(actor, id, 'energy.measure.read');
    const points = await this.#pointsOf(actor, row);
    const energy = points[0]!.point;
    const { timezone } = energy;
    const { ledger, repository, clock: now } = this.#parts;
    const adjustments = await repository.adjustments([id]);
    const today = now.now().getTime();
    const { startOfDay, dayOf } = siteClock(timezone, row.baseline_from.getTime(), today + 86_400_000);
    const to = request.to === undefined ? startOfDay(dayOf(today)) : siteTime(request.to, timezone);
    const from = row.work_to.getTime();
    const clock = siteClock(timezone, row.baseline_from.getTime(), Math.max(to, from + 1));
    if (to <= from) throw baselineErrors.ENERGY_REPORTING_EMPTY({ from: clock.iso(from), to: clock.iso(to) });
    const parameters: SavingsParameters = {
      ...{ from: clock.iso(row.baseline_from.getTime()), to: clock.iso(row.work_from.getTime()), timezone },
      ...{ method: row.method as SavingsParameters['method'], calendar: row.calendar as SavingsParameters['calendar'] },
      points: parametersOf(points),
      ...{ reportingFrom: clock.iso(from), reportingTo: clock.iso(to), confidence: request.confidence },
      adjustments: adjustments.map((one) => ({
        ...{ id: one.id, reason: one.reason, amount: one.amount, by: one.actor_name, document: one.document_sha256 },
        ...{ from: clock.iso(one.valid_from.getTime()), to: clock.iso(one.valid_to.getTime()) },
      })),
    };
    const documents = adjustments.flatMap(({ document_sha256: hash }) =>
      hash === null ? [] : [{ kind: 'blob', reference: { hash } }],
    );
    const { id: finding, output } = await ledger.conclude<SavingsOutput>(actor, {
      ...{ method: savingsMethodId, parameters, subject: id, siteId: row.site_id },
      inputs: [...(await this.#inputs(actor, points, { from: row.baseline_from.getTime(), to })), ...documents],
    });
    const { daily, notes, adjustments: applied, ...figures } = output.savings;
    const result = {
      ...figures,
      ...{ unit: output.unit, cvrmse: output.model.statistics.cvrmse, method: output.model.method },
      reporting: { from: parameters.reportingFrom, to: parameters.reportingTo },
    };
    await repository.change(id, { result, finding_id: finding });
    return {
      measure: await this.measure(actor, id),
      savings: { ...result, uncertainties: [...figures.uncertainties] },
      adjustments: applied.map(({ reason, amount, applied }) => ({ reason, amount, applied })),
      baseline: figuresOf(output.model, clock),
      daily: {
        start: daily.start.map((time) => clock.iso(time)),
        ...{ measured: [...daily.measured], adjusted: [...daily.adjusted] },
        ...{ cumulative: [...daily.cumulative], uncertainty: [...daily.uncertainty] },
      },
      notes: [...output.notes, ...notes],
      evidence: finding,
    };
  }

  async #row(
    actor: Actor,
    id: string,
    permission: 'energy.measure.read' | 'energy.measure.write',
  ): Promise<MeasureRow> {
    const row = await this.#parts.repository.measure(id);
    if (!row) throw baselineErrors.ENERGY_MEASURE_UNKNOWN({ id });
    requirePermission(actor, permission, row.site_id);
    return row;
  }

  async #record(actor: Actor, type: string, row: MeasureRow, content: Record<string, unknown>): Promise<void> {
    await this.#parts.ledger.record(actor, {
      ...{ type, subject: row.id, siteId: row.site_id, content: { measure: row.name, ...content } },
    });
  }

  async #points(actor: Actor, request: Omit<BaselineQuery, 'from' | 'to'>): Promise<RolePoints> {
    const { cloud } = this.#parts;
    const site = request.site === undefined ? undefined : await cloud.plant.site(actor, request.site);
    const { active } = await chooseMeter(cloud, actor, { ...request, ...(site && { siteId: site.id }) });
    return this.#withDrivers(actor, active, request.temperaturePointId ?? null, request.driverPointIds);
  }

  async #pointsOf(actor: Actor, row: MeasureRow): Promise<RolePoints> {
    const energy = await this.#parts.cloud.points.point(actor, row.point_id);
    return this.#withDrivers(actor, energy, row.temperature_point_id, row.driver_point_ids);
  }

  async #withDrivers(actor: Actor, energy: Point, temperature: string | null, drivers: readonly string[]) {
    const { points } = this.#parts.cloud;
    return [
      { role: 'energy' as const, point: energy },
      ...(temperature === null
        ? []
        : [{ role: 'temperature' as const, point: await points.point(actor, temperature) }]),
      ...(await Promise.all(
        drivers.map(async (id) => ({ role: 'driver' as const, point: await points.point(actor, id) })),
      )),
    ];
  }

  async #inputs(actor: Actor, points: RolePoints, period: { from: number; to: number }): Promise<InputReference[]> {
    const { start, end } = makeGrid({ ...period, timezone: points[0]!.point.timezone, intervalMinutes: 60 });
    return Promise.all(points.map(({ point }) => this.#parts.readings.reference(actor, point.id, start, end)));
  }

  async #shown(actor: Actor, rows: readonly MeasureRow[]): Promise<Measure[]> {
    const { cloud, repository } = this.#parts;
    const adjustments = await repository.adjustments(rows.map(({ id }) => id));
    const shown: Measure[] = [];
    for (const row of rows) {
      const [point, site] = await Promise.all([
        cloud.points.point(actor, row.point_id),
        cloud.plant.node(actor, row.site_id),
      ]);
      const clock = siteClock(point.timezone, row.baseline_from.getTime(), row.work_to.getTime() + 1);
      const iso = (date: Date) => clock.iso(date.getTime());
      const name = async (id: string) => ({ id, name: (await cloud.points.point(actor, id)).name });
      shown.push({
        ...{ id: row.id, name: row.name, description: row.description, cost: row.cost, currency: row.currency },
        site: { id: site.id, name: site.name, timezone: point.timezone },
        point: { id: point.id, name: point.name, unit: point.unit },
        ...{ status: row.status, method: row.method, calendar: row.calendar },
        ...{ baselineFrom: iso(row.baseline_from), workFrom: iso(row.work_from), workTo: iso(row.work_to) },
        temperature: row.temperature_point_id === null ? null : await name(row.temperature_point_id),
        drivers: await Promise.all(row.driver_point_ids.map(name)),
        ...{ expected: row.expected, adviceFindingId: row.advice_finding_id },
        adjustments: adjustments
          .filter(({ measure_id }) => measure_id === row.id)
          .map((one) => ({
            ...{ id: one.id, reason: one.reason, amount: one.amount, by: one.actor_name },
            ...{ from: iso(one.valid_from), to: iso(one.valid_to), at: one.created_at.toISOString() },
            document: one.document_sha256 === null ? null : { name: one.document_name!, sha256: one.document_sha256 },
          })),
        ...{ result: row.result as Measure['result'], evidence: row.finding_id },
        ...{ createdAt: row.created_at.toISOString(), createdBy: row.actor_name },
      });
    }
    return shown;
  }
}

const parametersOf = (points: RolePoints): BaselineParameters['points'] =>
  points.map(({ role, point }) => ({ role, pointId: point.id, name: point.name, facts: factsOf(point) }));

/** Baseline, work, reporting, in this order. */
function checkOrder({ baseline_from, work_from, work_to }: MeasureRow): void {
  if (baseline_from < work_from && work_from <= work_to) return;
  const iso = (date: Date) => date.toISOString();
  throw baselineErrors.ENERGY_MEASURE_ORDER({
    ...{ baselineFrom: iso(baseline_from), workFrom: iso(work_from), workTo: iso(work_to) },
  });
}

export function figuresOf(model: BaselineModel, clock: SiteClock): BaselineFigures {
  const { method, step, statistics, heldOut, segments } = model;
  return {
    ...{ method, step, ...statistics },
    period: { from: clock.iso(model.from), to: clock.iso(model.to) },
    segments: segments.map(({ months, form, terms, coefficients }) => ({
      months: months && [...months],
      ...{ form, balancePoints: { heating: terms.heating, cooling: terms.cooling }, coefficients: [...coefficients] },
    })),
    heldOut: heldOut && { cvrmse: heldOut.cvrmse, nmbe: heldOut.nmbe },
  };
}
