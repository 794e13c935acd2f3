import type { Blobs } from '@millwright/blobs';
import type { CloudServices, PlantNode, StoredColumns } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Logger, newId, operatorActor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { AlarmEvent } from '../anomalies/alarm-events.ts';
import type { Detector } from '../anomalies/types.ts';
import { Watch } from '../anomalies/watch.ts';
import { loadState, saveState } from '../learners/state.ts';
import { type AlarmParameters, alarmMethodId } from './alarm-method.ts';
import { incidentFor, refreshIncident } from './incidents/attach-alarm.ts';
import type { IncidentRepository } from './incidents/repository.ts';
import type { MonitorRepository } from './repository.ts';
import type { MonitorRow, VersionRow, WatchRow } from './schema.ts';
import { scoreReadings } from './score-readings.ts';
import { openDetector } from './watch-files.ts';

export const orionActor: Actor = { ...operatorActor, kind: 'job', id: 'orion', name: 'orion' };

/** Readings of one pass, all sensors together: some milliseconds of work, and bounded memory however much waits. */
const mostReadings = 40_000;
/** Readings of sensors that speak together may be stored so long apart. */
const mostGraceMs = 30_000;
/** How soon after readings were stored they are looked at, and how often without being told (a worker may have stored some). */
const soonMs = 1_000;
const alwaysMs = 30_000;

interface Parts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cloud: CloudServices;
  readonly monitors: MonitorRepository;
  readonly incidents: IncidentRepository;
}

/**
 * Scores what is stored, as it comes. Readings are read from the database from where the version's watch stands, so that a restart goes on where
 * it stopped, a backlog is worked off by the same steps, and nothing is scored twice: the place, what the scorer remembers
 * and what it found are written in one transaction.
 */
export class LiveScoring {
  #parts: Parts;
  #detectors = new Map<string, Detector>();
  #watches = new Map<string, Watch>();
  /** By number of the point, where its readings count as late. */
  #cursors = new Map<number, { key: string; to: number }[]>();
  #late = new Map<string, number>();
  #told = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #live = false;
  #stopped = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#live = true;
    this.#parts.cloud.store.follow((stored) => this.#stored(stored));
    this.#sleep(soonMs);
  }

  async stop(): Promise<void> {
    this.#live = false;
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Lets go of what is kept of a monitor in memory: its versions or promise changed. */
  forget(monitorId: string): void {
    for (const key of this.#watches.keys()) if (key.startsWith(monitorId)) this.#watches.delete(key);
    if (this.#live) this.#sleep(soonMs);
  }

  /** Scores all that is there; one after another, and after what runs already. */
  async pass(): Promise<void> {
    this.#running = this.#running.then(() => this.#pass());
    await this.#running;
  }

  #sleep(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      void this.pass().finally(() => {
        if (this.#live) this.#sleep(this.#told.size > 0 ? soonMs : alwaysMs);
      });
    }, ms).unref();
  }

  #stored({ point, time }: StoredColumns): void {
    let isNew = false;
    for (let index = 0; index < point.length; index++) {
      const cursors = this.#cursors.get(point[index]!);
      if (!cursors) continue;
      for (const { key, to } of cursors)
        if (time[index]! <= to) this.#late.set(key, (this.#late.get(key) ?? 0) + 1);
        else isNew = true;
      this.#told.add(point[index]!);
    }
    if (isNew && this.#told.size === 1) this.#sleep(soonMs);
  }

  async #pass(): Promise<void> {
    this.#told.clear();
    const { monitors, cloud, logger } = this.#parts;
    const rows = (await monitors.list(undefined)).filter(({ paused_at }) => !paused_at);
    const ids = rows.map(({ id }) => id);
    const versions = (await monitors.versions(ids)).filter(({ role }) => role !== 'retired');
    if (versions.length === 0) return;
    const watches = await monitors.watches(ids);
    const nodes = new Map((await cloud.plant.tree(orionActor)).map((node) => [node.id, node]));
    for (const version of versions) {
      const monitor = rows.find(({ id }) => id === version.monitor_id)!;
      const watch = watches.find((one) => one.monitor_id === monitor.id && one.version === version.version)!;
      try {
        await this.#work(monitor, version, watch, nodes);
      } catch (error) {
        this.#watches.delete(keyOf(version));
        logger.error({ err: error, monitor: monitor.name }, 'readings were not scored; it will be tried again');
      }
    }
    this.#cursors.clear();
    for (const version of versions) {
      const monitor = rows.find(({ id }) => id === version.monitor_id)!;
      const to = this.#scoredTo.get(keyOf(version));
      if (to === undefined) continue;
      for (const { number } of monitor.sensors)
        this.#cursors.set(number, [...(this.#cursors.get(number) ?? []), { key: keyOf(version), to }]);
    }
  }

  #scoredTo = new Map<string, number>();

  /** All that waits for one version, a piece at a time. */
  async #work(
    monitor: MonitorRow,
    version: VersionRow,
    row: WatchRow,
    nodes: ReadonlyMap<string, PlantNode>,
  ): Promise<void> {
    const { cloud, clock } = this.#parts;
    const ids = monitor.sensors.map(({ pointId }) => pointId);
    const newest = Math.max(...(await cloud.store.repository.latest(ids, undefined)).map(({ time }) => time));
    const end = Math.floor(Math.min(newest, clock.now().getTime() - Math.min(version.step_ms, mostGraceMs)));
    let at = row;
    this.#scoredTo.set(keyOf(version), at.scored_to.getTime());
    while (at.scored_to.getTime() < end && !this.#stopped) {
      at = await this.#piece(monitor, version, at, end, nodes);
      this.#scoredTo.set(keyOf(version), at.scored_to.getTime());
    }
  }

  async #piece(
    monitor: MonitorRow,
    version: VersionRow,
    row: WatchRow,
    end: number,
    nodes: ReadonlyMap<string, PlantNode>,
  ): Promise<WatchRow> {
    const { db, cloud, blobs, monitors, incidents, clock } = this.#parts;
    const from = row.scored_to.getTime();
    const most = Math.max(500, Math.floor(mostReadings / monitor.sensors.length));
    const read = [];
    for (const { number } of monitor.sensors) read.push(await cloud.store.repository.series(number, from, end, most));
    // Where one has more than fits, all stop at its last one that does.
    const to = Math.floor(
      read.reduce((least, { time }) => (time.length === most ? Math.min(least, time[most - 1]!) : least), end),
    );
    const series = read.map(({ time, value, quality }) => {
      const [first, last] = [firstAfter(time, from), firstAfter(time, to)];
      return {
        time: time.subarray(first, last),
        value: value.subarray(first, last),
        quality: quality.subarray(first, last),
      };
    });
    const key = keyOf(version);
    const watch = this.#watches.get(key) ?? (await this.#open(version, row));
    const before = row.state;
    const { hours, began, ended, score } = scoreReadings(watch, series);
    const standing = watch.current();
    const state = Buffer.from(saveState(watch.state()));
    const late = row.late + (this.#late.get(key) ?? 0);
    this.#late.delete(key);
    const next: WatchRow = {
      ...{ monitor_id: monitor.id, version: version.version, scored_to: new Date(to), state, late },
      score: score ?? row.score,
    };
    const parts = { monitors, incidents, alerts: cloud.alerts, clock };
    const known = began.length > 0 && before ? (await blobs.put(before)).hash : null;
    await db.transaction(async () => {
      await monitors.updateWatch(next);
      await monitors.addScores(monitor.id, version.version, hours);
      const touched = new Set<string>();
      for (const alarm of began) {
        const incidentId = await this.#began(parts, { monitor, version, alarm, from, to, state: known, nodes });
        if (incidentId) touched.add(incidentId);
      }
      for (const [alarm, isOver] of [
        ...ended.map((one) => [one, true] as const),
        ...(standing ? [[standing, false] as const] : []),
      ]) {
        const place = { monitorId: monitor.id, version: version.version, from: new Date(alarm.from) };
        const changed = await monitors.updateAlarm(place, { ...factsOf(alarm), ended: isOver });
        if (changed?.incident_id) touched.add(changed.incident_id);
      }
      if (touched.size === 0) return;
      const all = new Map((await monitors.all()).map((one) => [one.id, one]));
      for (const id of touched) await refreshIncident(parts, id, (one) => all.get(one) ?? monitor);
    });
    this.#watches.set(key, watch);
    return next;
  }

  /** Writes down an alarm with its evidence; of a live version into an incident, whose id it returns. */
  async #began(
    parts: Parameters<typeof incidentFor>[0],
    found: {
      monitor: MonitorRow;
      version: VersionRow;
      alarm: AlarmEvent;
      from: number;
      to: number;
      state: string | null;
      nodes: ReadonlyMap<string, PlantNode>;
    },
  ): Promise<string | undefined> {
    const { monitor, version, alarm, from, to, state, nodes } = found;
    const row = {
      ...{ id: newId(), monitor_id: monitor.id, version: version.version, from_time: new Date(alarm.from) },
      ...{ ...factsOf(alarm), ended: false, threshold: version.kept.threshold, incident_id: null, finding_id: null },
    };
    if (!(await parts.monitors.addAlarm(row))) return undefined;
    const parameters: AlarmParameters = {
      ...{ detector: version.artefact, state, from: alarm.from },
      settings: settingsOf(version),
    };
    const [first, last] = [new Date(from).toISOString(), new Date(to).toISOString()];
    const { id: finding_id } = await this.#parts.ledger.conclude(orionActor, {
      ...{ method: alarmMethodId, parameters, subject: monitor.node_id, siteId: monitor.site_id },
      inputs: [
        { kind: 'blob', reference: { hash: version.artefact } },
        ...(state ? [{ kind: 'blob', reference: { hash: state } }] : []),
        ...monitor.sensors.map(({ pointId }) => ({
          kind: 'measurements',
          reference: { pointId, from: first, to: last },
        })),
      ],
    });
    const incident_id = version.role === 'live' ? await incidentFor(parts, monitor, row, nodes) : null;
    const place = { monitorId: monitor.id, version: version.version, from: row.from_time };
    await parts.monitors.updateAlarm(place, { finding_id, incident_id });
    return incident_id ?? undefined;
  }

  async #open(version: VersionRow, row: WatchRow): Promise<Watch> {
    let detector = this.#detectors.get(version.artefact);
    if (!detector) {
      detector = await openDetector(await this.#parts.blobs.read(version.artefact));
      if (this.#detectors.size > 500) this.#detectors.clear();
      this.#detectors.set(version.artefact, detector);
    }
    return new Watch(detector, settingsOf(version), row.state ? loadState(row.state) : undefined);
  }
}

const keyOf = ({ monitor_id, version }: VersionRow): string => `${monitor_id} ${version}`;

export const settingsOf = ({ kept, merge_ms, step_ms, hold_ms }: VersionRow) => ({
  rule: { threshold: kept.threshold, release: kept.release, mergeMs: merge_ms },
  ...{ stepMs: step_ms, holdMs: hold_ms },
});

const factsOf = (alarm: AlarmEvent) => ({
  ...{ to_time: new Date(alarm.to), peak: alarm.peak, peak_at: new Date(alarm.peakAt), blame: [...alarm.blame] },
});

/** Index of the first time that is later. */
function firstAfter(time: Float64Array, limit: number): number {
  let [low, high] = [0, time.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
