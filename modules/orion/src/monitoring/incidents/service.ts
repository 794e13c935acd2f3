import { isDeepStrictEqual } from 'node:util';
import type { Blobs } from '@millwright/blobs';
import type { Verdict } from '@millwright/cloud';
import type { CloudServices, WorkOrder } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Note, requirePermission, type Severity } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { Watch } from '../../anomalies/watch.ts';
import { qualityNotes } from '../../model-health/quality.ts';
import { monitorErrors } from '../errors.ts';
import { type LiveScoring, settingsOf } from '../live-scoring.ts';
import type { MonitorRepository } from '../repository.ts';
import { promiseAfter } from '../retune-version.ts';
import type { AlarmRow, IncidentRow, MonitorRow, VersionRow } from '../schema.ts';
import { scoreReadings } from '../score-readings.ts';
import { lastOfSteps, type SensorSeries } from '../sensor-rows.ts';
import { healthIndex, type WatchedSensor } from '../types.ts';
import { openDetector } from '../watch-files.ts';
import { similarity } from './grouping.ts';
import { hintsFor } from './hints.ts';
import type { IncidentFilter, IncidentRepository, PlacedIncident } from './repository.ts';

export const incidentSource = 'orion-incident';

export interface IncidentFacts {
  readonly id: string;
  readonly number: number;
  readonly siteId: string;
  readonly siteName: string;
  readonly timezone: string;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly state: IncidentRow['state'];
  readonly severity: Severity;
  readonly from: string;
  readonly to: string;
  /** No alarm of it stands any more. */
  readonly ended: boolean;
  readonly verdict: Verdict | null;
  readonly comment: string;
  readonly failedAt: string | null;
  readonly judgedAt: string | null;
  readonly judgedBy: string | null;
  readonly orderId: string | null;
  /** Point that is blamed most. */
  readonly leading: string | null;
}

export interface IncidentAlarm {
  readonly id: string;
  readonly monitorId: string;
  readonly monitorName: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
  readonly ended: boolean;
  readonly peak: number;
  readonly threshold: number;
  readonly findingId: string | null;
}

export interface SimilarIncident extends IncidentFacts {
  /** 0 to 1: whether the same is blamed. */
  readonly likeness: number;
  readonly cause: string | null;
  readonly action: string | null;
}

export interface Incident extends IncidentFacts {
  readonly alarms: readonly IncidentAlarm[];
  /** Who is blamed, most first; shares add up to 1. */
  readonly blame: readonly (WatchedSensor & { readonly share: number })[];
  readonly similar: readonly SimilarIncident[];
  readonly quality: readonly Note[];
  readonly hints: readonly Note[];
  /** Hours in which the severity asks for somebody to go there. */
  readonly dueHours: number;
}

export interface IncidentSeries {
  readonly from: string;
  readonly to: string;
  readonly sensors: readonly {
    readonly pointId: string;
    readonly name: string;
    readonly unit: string;
    readonly time: readonly number[];
    readonly value: readonly number[];
    /** Between which 98 % of normal running lay. */
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly health: { readonly time: readonly number[]; readonly index: readonly number[] };
}

export interface VerdictInput {
  readonly verdict: Verdict;
  readonly comment: string;
  /** When what was announced came about, ISO 8601. */
  readonly failedAt: string | null;
}

export interface IncidentOrderInput {
  readonly title: string;
  readonly description: string;
  readonly checklist: readonly string[];
  readonly ownerId: string | null;
}

const hourMs = 3_600_000;
const dueHours: Record<Severity, number> = { info: 336, warning: 168, alarm: 48, critical: 8 };
const priorities = { info: 'low', warning: 'normal', alarm: 'high', critical: 'urgent' } as const;
const mostSimilar = 5;
const mostJudged = 500;
/** Of one curve. */
const mostPoints = 600;

interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly monitors: MonitorRepository;
  readonly incidents: IncidentRepository;
  readonly scoring: LiveScoring;
}

/** Alarms of one cause: what is known of them, what people said, and the order that somebody got. */
export class IncidentService {
  #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.cloud.orders.follow(incidentSource, {
      asksVerdict: true,
      moved: (actor, order) => this.#moved(actor, order),
    });
  }

  async list(
    actor: Actor,
    { siteId, ...filter }: Omit<IncidentFilter, 'siteIds' | 'ids'> & { readonly siteId?: string | undefined },
  ): Promise<{ items: IncidentFacts[]; total: number }> {
    requirePermission(actor, 'orion.monitor.read', siteId);
    const siteIds = siteId ? [siteId] : actor.siteIds;
    const { rows, total } = await this.#parts.incidents.list({ ...filter, ...(siteIds && { siteIds }) });
    const names = await this.#names();
    return { items: rows.map((row) => factsOf(row, names)), total };
  }

  /** Throws INCIDENT_UNKNOWN. */
  async one(actor: Actor, id: string): Promise<Incident> {
    const row = await this.#row(actor, id);
    const { monitors, cloud } = this.#parts;
    const names = await this.#names();
    const alarms = await monitors.alarmsOfIncidents([id]);
    const all = await this.#monitors();
    const sensors = new Map([...all.values()].flatMap((one) => one.sensors.map((sensor) => [sensor.pointId, sensor])));
    const blame = Object.entries(row.signature)
      .flatMap(([pointId, share]) => {
        const sensor = sensors.get(pointId);
        return sensor ? [{ ...sensor, share }] : [];
      })
      .sort((a, b) => b.share - a.share);
    const quality: Note[] = [];
    const version = await this.#versionOf(alarms);
    for (const { pointId, name, number } of blame) {
      const series = await cloud.store.repository.series(
        number,
        row.from_time.getTime(),
        row.to_time.getTime(),
        20_000,
      );
      quality.push(
        ...qualityNotes({
          pointId,
          name,
          series,
          stepMs: version?.step_ms ?? hourMs,
          from: row.from_time.getTime(),
          to: row.to_time.getTime(),
          baseline: version?.baseline.columns.find((one) => one.name === pointId),
        }),
      );
    }
    return {
      ...factsOf(row, names),
      alarms: alarms.map((alarm) => ({
        ...{ id: alarm.id, monitorId: alarm.monitor_id, monitorName: all.get(alarm.monitor_id)?.name ?? '' },
        ...{ version: alarm.version, from: alarm.from_time.toISOString(), to: alarm.to_time.toISOString() },
        ...{ ended: alarm.ended, peak: alarm.peak, threshold: alarm.threshold, findingId: alarm.finding_id },
      })),
      ...{ blame, quality, dueHours: dueHours[row.severity] },
      similar: await this.#similar(actor, row, sensors, names),
      hints: hintsFor(blame.map(({ quantity, name, share }) => ({ quantity: quantity ?? name, share }))),
    };
  }

  /** The sensors that are blamed with the band of normal running, and the health index, around an incident. */
  async series(actor: Actor, id: string): Promise<IncidentSeries> {
    const row = await this.#row(actor, id);
    const { monitors, cloud, blobs, clock } = this.#parts;
    const [alarm] = await monitors.alarmsOfIncidents([id]);
    const version = alarm && (await this.#versionOf([alarm]));
    const monitor = alarm && (await this.#monitors()).get(alarm.monitor_id);
    if (!version || !monitor) throw monitorErrors.INCIDENT_UNKNOWN({ id });
    const length = row.to_time.getTime() - row.from_time.getTime();
    const around = Math.min(Math.max(0.3 * length, 24 * hourMs, 20 * version.step_ms), 30 * 24 * hourMs);
    const from = row.from_time.getTime() - around;
    const to = Math.min(row.to_time.getTime() + around, clock.now().getTime());
    const thin = Math.max(version.step_ms, (to - from) / (20 * mostPoints));
    const series: SensorSeries[] = [];
    for (const { number } of monitor.sensors)
      series.push(await lastOfSteps(cloud.store.repository.pieces(number, Math.floor(from), Math.ceil(to)), thin));
    const watch = new Watch(await openDetector(await blobs.read(version.artefact)), settingsOf(version));
    const time: number[] = [];
    const index: number[] = [];
    scoreReadings(watch, series, (at, score) => {
      time.push(at);
      index.push(healthIndex(score, version.kept.threshold));
    });
    const every = Math.ceil(time.length / mostPoints);
    const thinned = (values: ArrayLike<number>) => Array.from(values).filter((_, at) => at % Math.max(every, 1) === 0);
    return {
      ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      sensors: monitor.sensors.map(({ pointId, name, unit }, sensor) => {
        const quantiles = version.baseline.columns.find((one) => one.name === pointId)?.quantiles ?? [];
        return {
          ...{ pointId, name, unit, time: thinned(series[sensor]!.time), value: thinned(series[sensor]!.value) },
          ...{ low: quantiles[Math.round(0.01 * (quantiles.length - 1))] ?? null },
          ...{ high: quantiles[Math.round(0.99 * (quantiles.length - 1))] ?? null },
        };
      }),
      health: { time: thinned(time), index: thinned(index) },
    };
  }

  /** What an incident was worth; the promise of the versions that raised it is set anew from it. Throws INCIDENT_VERDICT_BY_ORDER. */
  async judge(actor: Actor, id: string, input: VerdictInput): Promise<Incident> {
    requirePermission(actor, 'orion.incident.judge');
    const row = await this.#row(actor, id);
    requirePermission(actor, 'orion.incident.judge', row.site_id);
    if (row.order_id) throw monitorErrors.INCIDENT_VERDICT_BY_ORDER({ number: row.number });
    await this.#parts.db.transaction(() => this.#close(actor, id, input));
    return this.one(actor, id);
  }

  /** Takes a verdict back. */
  async reopen(actor: Actor, id: string): Promise<Incident> {
    requirePermission(actor, 'orion.incident.judge');
    const row = await this.#row(actor, id);
    requirePermission(actor, 'orion.incident.judge', row.site_id);
    if (row.order_id) throw monitorErrors.INCIDENT_VERDICT_BY_ORDER({ number: row.number });
    await this.#parts.db.transaction(() => this.#open(actor, id));
    return this.one(actor, id);
  }

  /** Raises the work order of an incident: asset, evidence, priority and due time come from it. Throws INCIDENT_HAS_ORDER. */
  async order(actor: Actor, id: string, input: IncidentOrderInput): Promise<WorkOrder> {
    const { cloud, clock } = this.#parts;
    const incident = await this.one(actor, id);
    if (incident.orderId) throw monitorErrors.INCIDENT_HAS_ORDER({ number: incident.number });
    return cloud.orders.create(actor, {
      ...{ nodeId: incident.nodeId, title: input.title, description: input.description, ownerId: input.ownerId },
      ...{ checklist: [...input.checklist], priority: priorities[incident.severity] },
      dueAt: new Date(clock.now().getTime() + incident.dueHours * hourMs).toISOString(),
      source: {
        ...{ kind: incidentSource, id, link: `/orion/incidents/${id}` },
        title: `${incident.nodeName} #${incident.number}`,
      },
      findingId: incident.alarms.find(({ findingId }) => findingId)?.findingId ?? null,
    });
  }

  /** What became of the order of an incident; inside the transaction of the order. */
  async #moved(actor: Actor, order: WorkOrder): Promise<void> {
    const { incidents } = this.#parts;
    const id = order.source!.id;
    const row = await incidents.hold(id);
    if (!row) throw monitorErrors.INCIDENT_UNKNOWN({ id });
    if (row.order_id && row.order_id !== order.id) throw monitorErrors.INCIDENT_HAS_ORDER({ number: row.number });
    if (order.state === 'cancelled') return incidents.update(id, { order_id: null });
    await incidents.update(id, { order_id: order.id });
    if (order.state === 'done' && order.outcome?.verdict) {
      const { cause, action, verdict } = order.outcome;
      // Found before it broke: the order's end is the moment that is certain.
      const failedAt = verdict === 'true' ? (order.closedAt ?? null) : null;
      await this.#close(actor, id, { verdict, comment: `${cause}; ${action}`, failedAt });
    } else if (row.state === 'closed') await this.#open(actor, id);
  }

  async #close(actor: Actor, id: string, { verdict, comment, failedAt }: VerdictInput): Promise<void> {
    const { incidents, clock, cloud } = this.#parts;
    const row = (await incidents.hold(id))!;
    const now = clock.now();
    await incidents.update(id, {
      ...{ state: 'closed', verdict, comment, failed_at: failedAt ? new Date(failedAt) : null },
      ...{ judged_at: now, judged_by: actor.name, closed_at: now },
    });
    if (row.alert_id)
      await cloud.alerts.raised.follow(row.alert_id, { state: 'resolved', by: actor.name, note: comment });
    await this.#record(actor, row, 'orion.incident-judge', { verdict, comment, failedAt });
  }

  async #open(actor: Actor, id: string): Promise<void> {
    const { incidents } = this.#parts;
    const row = (await incidents.hold(id))!;
    await incidents.update(id, {
      ...{ state: 'open', verdict: null, failed_at: null, judged_at: null, judged_by: null, closed_at: null },
    });
    await this.#record(actor, row, 'orion.incident-reopen', { verdict: row.verdict });
  }

  /** The action, and what follows from it for the promise of each version that raised an alarm of it. */
  async #record(actor: Actor, row: IncidentRow, type: string, content: object): Promise<void> {
    const { monitors, incidents, ledger, db, scoring } = this.#parts;
    const alarms = await monitors.alarmsOfIncidents([row.id]);
    const ids = [...new Set(alarms.map(({ monitor_id }) => monitor_id))];
    const all = await monitors.alarmsOfMonitors(ids);
    const known = new Map(
      (await incidents.byIds([...new Set(all.flatMap(({ incident_id }) => incident_id ?? []))])).map((one) => [
        one.id,
        one,
      ]),
    );
    const watches = await monitors.watches(ids);
    const retuned: object[] = [];
    for (const version of (await monitors.versions(ids)).filter(({ role }) => role === 'live')) {
      const own = all.filter((one) => one.monitor_id === version.monitor_id && one.version === version.version);
      const watch = watches.find((one) => one.monitor_id === version.monitor_id && one.version === version.version);
      const kept = promiseAfter(version, watch, own, known);
      if (isDeepStrictEqual(kept, version.kept)) continue;
      await monitors.updateVersion(version.monitor_id, version.version, { kept });
      retuned.push({ monitor: version.monitor_id, version: version.version, before: version.kept, after: kept });
    }
    await ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content: { ...content, retuned } });
    await db.afterCommit(async () => {
      for (const id of ids) scoring.forget(id);
    });
  }

  async #similar(
    actor: Actor,
    row: PlacedIncident,
    sensors: ReadonlyMap<string, WatchedSensor>,
    names: ReadonlyMap<string, string>,
  ): Promise<SimilarIncident[]> {
    const { incidents, cloud } = this.#parts;
    // By what is measured, so that a pump's past speaks for the pump beside it; where nothing is said of it, by the point itself.
    const kinds = (signature: IncidentRow['signature']) => {
      const shares: Record<string, number> = {};
      for (const [pointId, share] of Object.entries(signature)) {
        const kind = sensors.get(pointId)?.quantity ?? pointId;
        shares[kind] = (shares[kind] ?? 0) + share;
      }
      return shares;
    };
    const own = kinds(row.signature);
    const near = (await incidents.judged(actor.siteIds, mostJudged))
      .filter(({ id }) => id !== row.id)
      .map((one) => ({ one, likeness: similarity(own, kinds(one.signature)) }))
      .filter(({ likeness }) => likeness >= 0.5)
      .sort((a, b) => b.likeness - a.likeness || b.one.from_time.getTime() - a.one.from_time.getTime())
      .slice(0, mostSimilar);
    return Promise.all(
      near.map(async ({ one, likeness }) => {
        const placed = (await incidents.one(one.id))!;
        const order = one.order_id ? await cloud.orders.one(actor, one.order_id).catch(() => undefined) : undefined;
        const { cause = null, action = null } = order?.outcome ?? {};
        return { ...factsOf(placed, names), likeness, cause, action };
      }),
    );
  }

  async #versionOf(alarms: readonly AlarmRow[]): Promise<VersionRow | undefined> {
    const last = alarms.at(-1);
    if (!last) return undefined;
    const versions = await this.#parts.monitors.versions([last.monitor_id]);
    return versions.find(({ version }) => version === last.version);
  }

  async #monitors(): Promise<Map<string, MonitorRow>> {
    return new Map((await this.#parts.monitors.all()).map((one) => [one.id, one]));
  }

  async #names(): Promise<Map<string, string>> {
    return new Map(
      [...(await this.#monitors()).values()].flatMap(({ sensors }) =>
        sensors.map(({ pointId, name }) => [pointId, name]),
      ),
    );
  }

  async #row(actor: Actor, id: string): Promise<PlacedIncident> {
    requirePermission(actor, 'orion.monitor.read');
    const row = await this.#parts.incidents.one(id);
    if (!row) throw monitorErrors.INCIDENT_UNKNOWN({ id });
    requirePermission(actor, 'orion.monitor.read', row.site_id);
    return row;
  }
}

function factsOf(row: PlacedIncident, names: ReadonlyMap<string, string>): IncidentFacts {
  const [leading] = Object.entries(row.signature).sort((a, b) => b[1] - a[1]);
  return {
    ...{ id: row.id, number: row.number, siteId: row.site_id, siteName: row.site_name, timezone: row.timezone },
    ...{ nodeId: row.node_id, nodeName: row.node_name, state: row.state, severity: row.severity },
    ...{ from: row.from_time.toISOString(), to: row.to_time.toISOString(), ended: row.ended },
    ...{ verdict: row.verdict, comment: row.comment, failedAt: row.failed_at?.toISOString() ?? null },
    ...{ judgedAt: row.judged_at?.toISOString() ?? null, judgedBy: row.judged_by, orderId: row.order_id },
    leading: leading ? (names.get(leading[0]) ?? null) : null,
  };
}
