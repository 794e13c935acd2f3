import type { CloudServices, Point } from '@millwright/cloud/server';
import { type Actor, type Note, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { makeGrid } from '../analysis/grid.ts';
import type { EnergyReport } from '../analysis/report.ts';
import { siteClock } from '../analysis/site-clock.ts';
import { energyErrors } from '../errors.ts';
import { energyNotes } from '../notes.ts';
import { factsOf } from '../readings/point-facts.ts';
import type { Readings } from '../readings/readings.ts';
import { sitePeriod } from '../readings/site-time.ts';
import { type ChosenMeter, chooseMeter } from './choose-meter.ts';
import { type ReportParameters, reportMethodId } from './report-method.ts';
import { intervalName, type MeterQuery, minutesOf, type ReportAnswer } from './schemas.ts';

export type ReportRequest = MeterQuery & { readonly profile?: boolean };

/** The report of one meter, with evidence. */
export class ReportService {
  #cloud: CloudServices;
  #ledger: Ledger;
  #readings: Readings;

  constructor(parts: { cloud: CloudServices; ledger: Ledger; readings: Readings }) {
    this.#cloud = parts.cloud;
    this.#ledger = parts.ledger;
    this.#readings = parts.readings;
  }

  /**
   * Consumption, peak, load factor, base load, gaps and power factor of a meter in [from, to).
   * Throws SOURCE_UNKNOWN, SOURCE_AMBIGUOUS, ENERGY_POINT_MISSING, ENERGY_POINT_AMBIGUOUS, ENERGY_TIME_INVALID, ENERGY_PERIOD_INVALID.
   */
  async report(actor: Actor, request: ReportRequest): Promise<ReportAnswer> {
    requirePermission(actor, 'energy.report.read');
    const meter = await this.meter(actor, request);
    const { active } = meter;
    const { from, to } = sitePeriod(request, active.timezone);
    const roles = (['active', 'lagging', 'leading'] as const).flatMap((role) => {
      const point = meter[role];
      return point ? [{ role, point }] : [];
    });
    const clock = siteClock(active.timezone, from, to);
    const parameters: ReportParameters = {
      from: clock.iso(from),
      to: clock.iso(to),
      timezone: active.timezone,
      intervalMinutes: request.interval ? minutesOf[request.interval] : null,
      carrier: active.carrier,
      meters: roles.map(({ role, point }) => ({ role, pointId: point.id, name: point.name, facts: factsOf(point) })),
    };
    // An interval may begin before the period and end after it; on full hours lies every grid.
    const { start, end } = makeGrid({ from, to, timezone: active.timezone, intervalMinutes: 60 });
    const inputs = await Promise.all(roles.map(({ point }) => this.#readings.reference(actor, point.id, start, end)));
    const { id, output } = await this.#ledger.conclude<EnergyReport>(actor, {
      method: reportMethodId,
      parameters,
      inputs,
      subject: active.id,
      siteId: active.siteId,
    });
    return this.#answer(actor, active, output, request.profile === true, id);
  }

  /** The meter a request means; the actor must have rights on its site. */
  async meter(actor: Actor, request: MeterQuery): Promise<ChosenMeter> {
    requirePermission(actor, 'energy.report.read');
    const site = request.site === undefined ? undefined : await this.#cloud.plant.site(actor, request.site);
    const meter = await chooseMeter(this.#cloud, actor, { ...request, siteId: site?.id });
    requirePermission(actor, 'energy.report.read', meter.active.siteId);
    if (site && meter.active.siteId !== site.id)
      throw energyErrors.ENERGY_POINT_ELSEWHERE({ point: meter.active.name, site: site.name });
    return meter;
  }

  /** Why there is nothing to report; no part of the finding, since later readings change it. */
  async #elsewhere(actor: Actor, { id, timezone: zone }: Point): Promise<Note> {
    const [extent] = await this.#cloud.measurements.extent(actor, [id]);
    if (!extent) return energyNotes['never-read']();
    const [from, to] = [extent.from, extent.to].map((time) => ({ time, zone }));
    return energyNotes['read-at-other-times']({ from: from!, to: to! });
  }

  async #answer(
    actor: Actor,
    point: Point,
    report: EnergyReport,
    withProfile: boolean,
    evidence: string,
  ): Promise<ReportAnswer> {
    const [source, site] = await Promise.all([
      this.#cloud.sources.source(actor, point.sourceId),
      this.#cloud.plant.node(actor, point.siteId),
    ]);
    const { from, to, timezone, intervalMinutes, profile, ...figures } = report;
    return {
      ...figures,
      notes: [...figures.notes, ...(report.coverage.share === 0 ? [await this.#elsewhere(actor, point)] : [])],
      source: { id: source.id, name: source.name },
      site: { id: site.id, name: site.name, timezone },
      point: { id: point.id, name: point.name, unit: point.unit },
      period: { from, to },
      interval: intervalName[intervalMinutes],
      ...(withProfile && { profile }),
      evidence,
    };
  }
}
