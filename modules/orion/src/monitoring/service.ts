import type { Blobs } from '@millwright/blobs';
import type { CloudServices, PlantNode, Point } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { Job, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { Work } from '../learners/learner.ts';
import { monitorErrors } from './errors.ts';
import { fitOnThread } from './fit-on-thread.ts';
import type { IncidentRepository } from './incidents/repository.ts';
import type { LiveScoring } from './live-scoring.ts';
import {
  type LearnInput,
  type Monitor,
  type MonitorFacts,
  type MonitorInput,
  type MonitorProposal,
  stateOf,
  trendDays,
  trendHours,
  trendOf,
  versionView,
} from './monitor-view.ts';
import { type DayCount, type Period, suggestPeriod } from './normal-period.ts';
import { leadTime } from './rates.ts';
import type { MonitorRepository } from './repository.ts';
import type { IncidentRow, MonitorRow, VersionRow } from './schema.ts';
import { lastOfSteps, rowsOutside, sensorRows, stepFor } from './sensor-rows.ts';
import { healthIndex, type WatchedSensor } from './types.ts';
import { saveDetector } from './watch-files.ts';

export const learnJob = 'orion.monitor-learn';

interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly monitors: MonitorRepository;
  readonly incidents: IncidentRepository;
  readonly scoring: LiveScoring;
}

const dayMs = 86_400_000;
const mostSensors = 200;
/** Alarms with less between them are one, in rows and in time. */
const mergeRows = 6;
const leastMergeMs = 3_600_000;
/** A value holds for so many steps. */
const holdSteps = 3;

/** Watched assets: what is learnt of them, under which promise, and how well it is kept. */
export class MonitorService {
  #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What may be watched of an asset, and the period that is best learnt from. */
  async propose(actor: Actor, nodeId: string): Promise<MonitorProposal> {
    const { cloud, clock, incidents } = this.#parts;
    const node = await cloud.plant.node(actor, nodeId);
    requirePermission(actor, 'orion.monitor.read', node.siteId);
    const points = await cloud.points.list(actor, { nodeId, limit: 500 });
    const extents = new Map(
      (
        await cloud.measurements.extent(
          actor,
          points.map(({ id }) => id),
        )
      ).map((one) => [one.pointId, one]),
    );
    const offered = points.map((point) => {
      const readings = extents.get(point.id)?.count ?? 0;
      return { ...sensorOf(point), kind: point.kind, readings, proposed: point.kind === 'gauge' && readings > 0 };
    });
    const chosen = offered.filter(({ proposed }) => proposed).slice(0, mostSensors);
    const from = Math.min(...chosen.map(({ pointId }) => Date.parse(extents.get(pointId)!.from)));
    const known = (await incidents.ofNodes([nodeId])).filter(isKnownTrouble).map(periodOf);
    const days = Number.isFinite(from)
      ? await this.#days(
          actor,
          chosen.map(({ pointId }) => pointId),
          from,
          clock.now().getTime(),
        )
      : [];
    return {
      ...{
        nodeId,
        name: node.name,
        siteId: node.siteId,
        timezone: points[0]?.timezone ?? 'UTC',
        points: offered,
        days,
      },
      ...{ period: suggestPeriod(days, known) ?? null, incidents: known },
    };
  }

  /** Begins to watch an asset: its model is learnt by a job, and watches from the end of the period on. */
  async create(actor: Actor, input: MonitorInput): Promise<Monitor> {
    const { cloud, db, ledger, clock, monitors } = this.#parts;
    const node = await cloud.plant.node(actor, input.nodeId);
    requirePermission(actor, 'orion.monitor.write', node.siteId);
    const points = await Promise.all(input.pointIds.map((id) => cloud.points.point(actor, id)));
    const alien = points.find(({ siteId }) => siteId !== node.siteId);
    if (alien || points.length < 1 || points.length > mostSensors)
      throw monitorErrors.MONITOR_POINTS_UNFIT({
        asset: node.name,
        reason: alien ? `${alien.name} is of another site` : `1 to ${mostSensors} points are needed`,
      });
    const id = newId();
    await db.transaction(async () => {
      const name = input.name ?? node.name;
      const family = 'anomalies';
      const models = await cloud.models.list(actor, { siteId: node.siteId, family });
      const taken = new Set(models.map((model) => model.name.toLowerCase()));
      let unused = name;
      for (let number = 2; taken.has(unused.toLowerCase()); number++) unused = `${name} ${number}`;
      const model = await cloud.models.create(actor, { siteId: node.siteId, nodeId: node.id, name: unused, family });
      await monitors.insert({
        ...{ id, site_id: node.siteId, node_id: node.id, model_id: model.id, name, sensors: points.map(sensorOf) },
        ...{
          per_week: input.perWeek,
          created_at: clock.now(),
          created_by: actor.name,
          paused_at: null,
          removed_at: null,
        },
      });
      await ledger.record(actor, { type: 'orion.monitor-create', subject: id, siteId: node.siteId, content: input });
      await this.#enqueue(actor, id, node, input);
    });
    return this.one(actor, id);
  }

  /** Learns another version, which runs beside the live one. Throws MONITOR_LEARNING. */
  async learnAnother(actor: Actor, id: string, input: LearnInput): Promise<Monitor> {
    const row = await this.#row(actor, id, 'write');
    const job = await this.#job(actor, id);
    if (job && (job.state === 'queued' || job.state === 'running'))
      throw monitorErrors.MONITOR_LEARNING({ name: row.name });
    const { db, ledger, cloud } = this.#parts;
    const node = await cloud.plant.node(actor, row.node_id);
    await db.transaction(async () => {
      await ledger.record(actor, { type: 'orion.monitor-learn', subject: id, siteId: row.site_id, content: input });
      await this.#enqueue(actor, id, node, input);
    });
    return this.one(actor, id);
  }

  /** What the job does: reads, learns on a thread, keeps the file in the registry, and lets it watch. */
  async learn(actor: Actor, id: string, input: LearnInput, work: Work): Promise<{ version: number; rows: number }> {
    const row = await this.#row(actor, id, 'write');
    const { cloud, blobs, db, clock, monitors, incidents, scoring } = this.#parts;
    const [from, to] = [Date.parse(input.from), Date.parse(input.to)];
    const counts = await Promise.all(
      row.sensors.map(({ pointId }) => cloud.measurements.count(actor, pointId, from, to)),
    );
    const stepMs = stepFor(Math.min(...counts), to - from);
    const holdMs = holdSteps * stepMs;
    const series = [];
    for (const [index, { number }] of row.sensors.entries()) {
      work.signal.throwIfAborted();
      series.push(await lastOfSteps(cloud.store.repository.pieces(number, from, to), stepMs));
      work.progress((0.4 * (index + 1)) / row.sensors.length);
    }
    const trouble = (await incidents.ofNodes([row.node_id])).filter(isKnownTrouble).map(periodOf);
    const names = row.sensors.map(({ pointId }) => pointId);
    const data = rowsOutside(sensorRows(names, series, { stepMs, holdMs }), trouble);
    const mergeMs = Math.max(mergeRows * stepMs, leastMergeMs);
    const request = { data, method: input.method, perWeek: row.per_week, mergeMs, seed: 1 };
    const fitted = await fitOnThread(request, {
      signal: work.signal,
      progress: (fraction) => work.progress(0.4 + 0.55 * fraction),
    });
    const artefact = (await blobs.put(saveDetector(fitted.method, fitted.detector))).hash;
    const before = (await monitors.versions([id])).find(({ role }) => role === 'live');
    const { version } = await cloud.models.addVersion(actor, row.model_id, {
      ...{ artefact, fileName: 'monitor.json', parentVersion: before?.version ?? null },
      card: {
        ...{ method: fitted.method, from: input.from, to: input.to, rows: fitted.rows, stepMs },
        sensors: row.sensors.map(({ name, unit }) => ({ name, unit })),
        promise: fitted.kept,
      },
    });
    const reason = before ? `runs beside version ${before.version}` : 'first version of a watched asset';
    if (before) await cloud.models.setShadow(actor, row.model_id, { version, reason });
    else {
      await cloud.models.setStage(actor, row.model_id, version, { stage: 'reviewed', reason });
      await cloud.models.setStage(actor, row.model_id, version, { stage: 'live', reason });
    }
    const now = clock.now();
    await db.transaction(async () => {
      const old = (await monitors.versions([id])).find(({ role }) => role === 'shadow');
      if (old) await monitors.updateVersion(id, old.version, { role: 'retired' });
      await monitors.insertVersion(
        {
          ...{ monitor_id: id, version, role: before ? 'shadow' : 'live', artefact, method: fitted.method },
          ...{ step_ms: stepMs, hold_ms: holdMs, merge_ms: mergeMs, from_time: new Date(from), to_time: new Date(to) },
          ...{ rows: fitted.rows, running: fitted.running, kept: fitted.kept, baseline: fitted.baseline },
          ...{ trained_at: now, live_at: before ? null : now },
        },
        new Date(to),
      );
    });
    scoring.forget(id);
    return { version, rows: fitted.rows };
  }

  /** The version beside the live one takes its place. Throws MONITOR_NO_SHADOW. */
  async promote(actor: Actor, id: string, reason: string): Promise<Monitor> {
    const row = await this.#row(actor, id, 'write');
    const { cloud, db, ledger, clock, monitors, scoring } = this.#parts;
    await db.transaction(async () => {
      const versions = await monitors.versions([id]);
      const shadow = versions.find(({ role }) => role === 'shadow');
      const live = versions.find(({ role }) => role === 'live');
      if (!shadow) throw monitorErrors.MONITOR_NO_SHADOW({ name: row.name });
      const { stage } = await cloud.models.version(actor, row.model_id, shadow.version);
      if (stage === 'draft')
        await cloud.models.setStage(actor, row.model_id, shadow.version, { stage: 'reviewed', reason });
      await cloud.models.setStage(actor, row.model_id, shadow.version, { stage: 'live', reason });
      if (live) await monitors.updateVersion(id, live.version, { role: 'retired' });
      await monitors.updateVersion(id, shadow.version, { role: 'live', live_at: clock.now() });
      const content = { version: shadow.version, before: live?.version ?? null, reason };
      await ledger.record(actor, { type: 'orion.monitor-promote', subject: id, siteId: row.site_id, content });
    });
    scoring.forget(id);
    return this.one(actor, id);
  }

  /** The version beside the live one ends. Throws MONITOR_NO_SHADOW. */
  async drop(actor: Actor, id: string, reason: string): Promise<Monitor> {
    const row = await this.#row(actor, id, 'write');
    const { cloud, db, ledger, monitors, scoring } = this.#parts;
    await db.transaction(async () => {
      const shadow = (await monitors.versions([id])).find(({ role }) => role === 'shadow');
      if (!shadow) throw monitorErrors.MONITOR_NO_SHADOW({ name: row.name });
      await cloud.models.setShadow(actor, row.model_id, { version: null, reason });
      await monitors.updateVersion(id, shadow.version, { role: 'retired' });
      const content = { version: shadow.version, reason };
      await ledger.record(actor, { type: 'orion.monitor-drop', subject: id, siteId: row.site_id, content });
    });
    scoring.forget(id);
    return this.one(actor, id);
  }

  /** Pauses the watch or goes on with it: what came meanwhile is scored then. */
  async pause(actor: Actor, id: string, paused: boolean): Promise<Monitor> {
    const row = await this.#row(actor, id, 'write');
    await this.#recorded(actor, row, paused ? 'orion.monitor-pause' : 'orion.monitor-resume', () =>
      this.#parts.monitors.update(id, { paused_at: paused ? this.#parts.clock.now() : null }),
    );
    return this.one(actor, id);
  }

  /** Ends the watch; incidents, findings and the registered model stay. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(actor, id, 'write');
    await this.#recorded(actor, row, 'orion.monitor-remove', () =>
      this.#parts.monitors.update(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  async list(actor: Actor): Promise<MonitorFacts[]> {
    requirePermission(actor, 'orion.monitor.read');
    const rows = await this.#parts.monitors.list(actor.siteIds);
    return this.#facts(actor, rows);
  }

  /** Throws MONITOR_UNKNOWN. */
  async one(actor: Actor, id: string): Promise<Monitor> {
    const row = await this.#row(actor, id, 'read');
    const [facts] = await this.#facts(actor, [row]);
    const known = await this.#known([row]);
    const alarms = known.alarms;
    const lead = leadTime(
      [...known.incidents.values()]
        .filter(({ verdict, failed_at }) => verdict === 'true' && failed_at)
        .map(({ from_time, failed_at }) => (failed_at!.getTime() - from_time.getTime()) / 3_600_000)
        .filter((hours) => hours >= 0),
    );
    const job = await this.#job(actor, id);
    return {
      ...facts!,
      ...{ modelId: row.model_id, sensors: row.sensors, leadTime: lead ?? null },
      versions: known.versions.map((version) => versionView(version, known.watchOf(version), alarms, known.incidents)),
      job: job ? { id: job.id, state: job.state, progress: job.progress } : null,
    };
  }

  /** Health of a version in time, for drawing. */
  async health(actor: Actor, id: string, days: number): Promise<{ time: string; lowest: number; mean: number }[]> {
    await this.#row(actor, id, 'read');
    const { monitors, clock } = this.#parts;
    const live = (await monitors.versions([id])).find(({ role }) => role === 'live');
    if (!live) return [];
    const hours = Math.max(1, Math.ceil((days * 24) / 500));
    const from = new Date(clock.now().getTime() - days * dayMs);
    return (await monitors.scores(id, live.version, from, hours)).map(({ hour, rows, sum, highest }) => ({
      time: hour.toISOString(),
      lowest: healthIndex(highest, live.kept.threshold),
      mean: healthIndex(sum / rows, live.kept.threshold),
    }));
  }

  async #facts(actor: Actor, rows: readonly MonitorRow[]): Promise<MonitorFacts[]> {
    const { cloud, monitors, clock } = this.#parts;
    const nodes = new Map((await cloud.plant.tree(actor)).map((node) => [node.id, node]));
    const { versions, watchOf, alarms, incidents } = await this.#known(rows);
    const jobs = await this.#jobs(actor);
    const now = clock.now().getTime();
    const facts: MonitorFacts[] = [];
    for (const row of rows) {
      const own = versions.filter(({ monitor_id }) => monitor_id === row.id);
      const live = own.find(({ role }) => role === 'live');
      const watch = live && watchOf(live);
      const score = watch?.score ?? null;
      const scores = live
        ? await monitors.scores(row.id, live.version, new Date(now - trendDays * dayMs), trendHours)
        : [];
      const site = nodes.get(row.site_id);
      const job = jobs.find(({ subject }) => subject === row.id);
      const isLearning = job?.state === 'queued' || job?.state === 'running';
      const view = live && versionView(live, watch, alarms, incidents);
      facts.push({
        ...{ id: row.id, name: row.name, siteId: row.site_id, siteName: site?.name ?? '', nodeId: row.node_id },
        ...{ timezone: site?.timezone ?? 'UTC', nodeName: nodes.get(row.node_id)?.name ?? row.name },
        state: stateOf(row, live, watch, isLearning, now),
        health: live && score !== null ? healthIndex(score, live.kept.threshold) : null,
        trend: trendOf(scores, live?.kept.threshold ?? 0, now),
        ...{ sensors: row.sensors.length, perWeek: row.per_week },
        falsePerWeek: view && view.falseAlarms.weeks > 0 ? view.falseAlarms.perWeek : null,
        openIncidents: [...incidents.values()].filter(
          ({ node_id, state }) => node_id === row.node_id && state === 'open',
        ).length,
        scoredTo: watch?.scored_to.toISOString() ?? null,
        liveVersion: live?.version ?? null,
        shadowVersion: own.find(({ role }) => role === 'shadow')?.version ?? null,
      });
    }
    return facts;
  }

  async #known(rows: readonly MonitorRow[]) {
    const { monitors, incidents } = this.#parts;
    const ids = rows.map(({ id }) => id);
    const versions = await monitors.versions(ids);
    const watches = await monitors.watches(ids);
    const alarms = await monitors.alarmsOfMonitors(ids);
    const found = await incidents.byIds([...new Set(alarms.flatMap(({ incident_id }) => incident_id ?? []))]);
    return {
      ...{ versions, alarms, incidents: new Map(found.map((one) => [one.id, one])) },
      watchOf: (version: VersionRow) =>
        watches.find((one) => one.monitor_id === version.monitor_id && one.version === version.version),
    };
  }

  async #row(actor: Actor, id: string, right: 'read' | 'write'): Promise<MonitorRow> {
    requirePermission(actor, `orion.monitor.${right}`);
    const row = await this.#parts.monitors.one(id);
    if (!row) throw monitorErrors.MONITOR_UNKNOWN({ id });
    requirePermission(actor, `orion.monitor.${right}`, row.site_id);
    return row;
  }

  async #recorded(actor: Actor, row: MonitorRow, type: string, work: () => Promise<void>): Promise<void> {
    const { db, ledger, scoring } = this.#parts;
    await db.transaction(async () => {
      await work();
      await ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content: { name: row.name } });
    });
    scoring.forget(row.id);
  }

  async #enqueue(actor: Actor, id: string, node: PlantNode, { from, to, method }: LearnInput): Promise<void> {
    const payload = { monitorId: id, from, to, method };
    await this.#parts.jobs.enqueue(actor, learnJob, payload, { siteId: node.siteId, subject: id });
  }

  async #jobs(actor: Actor): Promise<Job[]> {
    return this.#parts.jobs.list(actor, { type: learnJob, limit: 200 });
  }

  async #job(actor: Actor, id: string): Promise<Job | undefined> {
    return (await this.#jobs(actor)).find(({ subject }) => subject === id);
  }

  async #days(actor: Actor, pointIds: readonly string[], from: number, to: number): Promise<DayCount[]> {
    const { cloud } = this.#parts;
    const totals = await cloud.measurements.totals(actor, pointIds, from - dayMs, to + dayMs, 'day');
    const counts = totals.map(({ buckets }) => new Map(buckets.map(({ bucket, count }) => [bucket, count])));
    const days = [...new Set(counts.flatMap((one) => [...one.keys()]))].sort();
    return days.map((day) => ({
      day: Date.parse(`${day}T00:00:00Z`),
      count: Math.min(
        ...counts.map((one) => one.get(day) ?? 0),
        counts.length < pointIds.length ? 0 : Number.MAX_VALUE,
      ),
    }));
  }
}

/** Nobody learns from what people said was a fault. */
const isKnownTrouble = ({ verdict }: IncidentRow): boolean => verdict === 'true' || verdict === 'too-late';

const periodOf = ({ from_time, to_time }: IncidentRow): Period => ({
  ...{ from: from_time.getTime(), to: to_time.getTime() },
});

const sensorOf = ({ id, number, name, unit, quantity }: Point): WatchedSensor => ({
  ...{ pointId: id, number, name, unit, quantity },
});
