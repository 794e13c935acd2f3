import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Actor, type Host, operatorActor, requirePermission } from '@millwright/kernel';
import type {
  AnnouncedPoint,
  BrowseNode,
  ConnectorSink,
  ConnectorState,
  OpenConnector,
} from '../connectors/connector.ts';
import { connectorFor } from '../connectors/registry.ts';
import { cloudErrors } from '../errors.ts';
import type { MeasurementStore } from '../measurements/store.ts';
import type { PointService } from '../points/service.ts';
import { isUnit } from '../units/units.ts';
import type { SourceRow } from './repository.ts';
import { fileKind, type SourceService } from './service.ts';
import { sourceState } from './source-state.ts';

interface Running {
  connector: OpenConnector;
  state: ConnectorState;
  /** Keys the connector was opened with; points it announces itself need no reopening. */
  keys: Set<string>;
}

/** Who acts when a device tells of its own points. */
const connectorActor: Actor = { ...operatorActor, kind: 'job', id: 'connector', name: 'connector' };

/** Runs the connectors of all enabled sources, and opens one again when its settings or points change. */
export class ConnectorRuntime {
  #host: Host;
  #sources: SourceService;
  #points: PointService;
  #store: MeasurementStore;
  #running = new Map<string, Running>();
  #changing = new Map<string, Promise<void>>();
  #stops: (() => void)[] = [];

  constructor(host: Host, parts: { sources: SourceService; points: PointService; store: MeasurementStore }) {
    this.#host = host;
    this.#sources = parts.sources;
    this.#points = parts.points;
    this.#store = parts.store;
    parts.sources.stateOf = (id) => this.#running.get(id)?.state;
  }

  async start(): Promise<void> {
    for (const source of await this.#sources.list(connectorActor)) {
      if (source.kind !== fileKind && source.enabled) await this.#renew(source.id);
    }
    this.#stops.push(
      this.#host.events.on('source-change', ({ sourceId }) => void this.#renew(sourceId)),
      this.#host.events.on('points-change', ({ sourceId }) => void this.#pointsChanged(sourceId)),
    );
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    await Promise.all(this.#changing.values());
    await Promise.all([...this.#running.values()].map(({ connector }) => connector.close()));
    this.#running.clear();
  }

  async browse(actor: Actor, sourceId: string, parentKey?: string): Promise<BrowseNode[]> {
    const source = await this.#sources.row(actor, sourceId);
    requirePermission(actor, 'cloud.source.write', source.site_id);
    const running = this.#running.get(sourceId);
    if (!running?.connector.browse) throw cloudErrors.SOURCE_NOT_LIVE({ name: source.name });
    return running.connector.browse(parentKey);
  }

  /** Opens a source again, for instance because a certificate is trusted now. */
  async reopen(sourceId: string): Promise<void> {
    if (this.#running.has(sourceId)) await this.#renew(sourceId);
  }

  /** The folder of a source's own files (certificates). */
  folder(sourceId: string): string {
    const folder = join(this.#host.folder, 'cloud', 'sources', sourceId);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  async #pointsChanged(sourceId: string): Promise<void> {
    const running = this.#running.get(sourceId);
    if (!running) return;
    const points = await this.#points.list(connectorActor, { sourceId });
    if (points.some(({ key }) => !running.keys.has(key))) await this.#renew(sourceId);
  }

  /** One change of a source at a time; changes that come meanwhile are done after it. */
  async #renew(sourceId: string): Promise<void> {
    const before = this.#changing.get(sourceId) ?? Promise.resolve();
    const next = before.then(() =>
      this.#reopen(sourceId).catch((error: unknown) =>
        this.#host.logger.error({ err: error, source: sourceId }, 'connector could not be opened'),
      ),
    );
    this.#changing.set(sourceId, next);
    await next;
  }

  async #reopen(sourceId: string): Promise<void> {
    await this.#running.get(sourceId)?.connector.close();
    this.#running.delete(sourceId);
    const source = (await this.#sources.list(connectorActor)).find(({ id }) => id === sourceId);
    if (!source?.enabled || source.kind === fileKind) return;
    const row = await this.#sources.row(connectorActor, sourceId);
    const states = await this.#store.cache.source(sourceId);
    const points = [...states.values()].map(({ key, kind, lastTime }) => ({
      key,
      kind,
      newest: Number.isFinite(lastTime) ? lastTime : undefined,
    }));
    const running: Running = {
      connector: { close: async () => undefined },
      state: { state: 'connecting', message: '' },
      keys: new Set(states.keys()),
    };
    this.#running.set(sourceId, running);
    const connector = connectorFor(row.kind);
    running.connector = await connector.open({
      ...{ sourceId, points, bus: this.#host.bus, clock: this.#host.clock, folder: this.folder(sourceId) },
      config: connector.configSchema.parse(row.config),
      sink: this.#sink(row, running),
      logger: this.#host.logger.child({ source: row.name, kind: row.kind }),
    });
  }

  #sink(source: SourceRow, running: Running): ConnectorSink {
    const write = this.#store.write.bind(this.#store);
    return {
      async deliver(readings) {
        if (readings.length === 0) return { stored: 0, duplicate: 0, rejected: 0 };
        const keys = [...new Set(readings.map(({ key }) => key))];
        const index = new Map(keys.map((key, at) => [key, at]));
        return write({
          sourceId: source.id,
          keys,
          keyIndex: Int32Array.from(readings, ({ key }) => index.get(key)!),
          time: Float64Array.from(readings, ({ time }) => time),
          value: Float64Array.from(readings, ({ value }) => value),
          quality: Int16Array.from(readings, ({ quality }) => quality),
          historical: readings[0]!.historical ?? false,
        });
      },
      deliverColumns: (batch) => write({ ...batch, sourceId: source.id, historical: batch.historical ?? false }),
      reject: (rejections) => this.#store.reject(source.id, rejections),
      announce: (points) => this.#announce(source, running, points),
      report: (state) => {
        running.state = state;
        this.#host.live.publish(`source:${source.id}`, sourceState(state));
      },
    };
  }

  async #announce(source: SourceRow, running: Running, announced: readonly AnnouncedPoint[]): Promise<void> {
    for (const { key } of announced) running.keys.add(key);
    // A birth names every point again, thousands of them; those in memory need no look into the database.
    const known = await this.#store.cache.source(source.id);
    const missing = announced.filter(({ key }) => !known.has(key));
    if (missing.length === 0) return;
    const inputs = missing.map(({ key, name, unit, kind }) => ({
      ...{ key, name, kind: kind ?? ('gauge' as const) },
      unit: unit !== undefined && isUnit(unit) ? unit : '1',
    }));
    await this.#points.ensure(connectorActor, { id: source.id, siteId: source.site_id }, inputs);
  }
}
