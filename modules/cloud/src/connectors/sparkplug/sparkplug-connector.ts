import type { BusMessage } from '@millwright/bus';
import type { BackoffOptions } from '@millwright/kernel';
import { z } from 'zod';
import { Quality } from '../../quality.ts';
import { defaultBackoff } from '../backoff.ts';
import type { ColumnBatch, Connector, ConnectorContext, OpenConnector, Rejection } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { InFlight } from '../in-flight.ts';
import { malformed, rawBinary, rawPayload } from '../raw-payload.ts';
import { RejectionLimiter } from '../rejection-limiter.ts';
import { StateReporter } from '../state-reporter.ts';
import { subscribeAll } from '../subscribe-all.ts';
import { BirthStore } from './birth-store.ts';
import { ColumnBuilder, rowsOf } from './column-builder.ts';
import { decodePayload, type SparkplugHeader } from './decode-payload.ts';
import { EdgeNode, type SparkplugDevice } from './edge-node.ts';
import { encodeRebirth } from './encode-rebirth.ts';
import { type MetricTable, noQuantity, readBirth } from './metric-table.ts';
import { metricQuality, metricValue, typeName } from './metric-value.ts';
import { filtersOf, parseTopic, type SparkplugTopic } from './topic.ts';

const level = z.string().regex(/^[^/+#]+$/, 'must be one topic level, without / + #');

export const sparkplugConfig = z.strictObject({
  groupId: level,
  /** Left out or empty: every edge node of the group. */
  edgeNodeIds: z.array(level).optional(),
  /** A node is asked for a new birth at most this often; each birth carries all of its metrics. */
  rebirthSeconds: z.number().min(1).max(3600).default(30),
});
export type SparkplugConfig = z.output<typeof sparkplugConfig>;

export function createSparkplugConnector(options: { backoff?: BackoffOptions } = {}): Connector<SparkplugConfig> {
  return {
    kind: 'sparkplug',
    configSchema: sparkplugConfig,
    async open(context) {
      const session = new SparkplugSession(context, options.backoff ?? defaultBackoff);
      await session.start();
      return session;
    },
  };
}

export const sparkplugConnector = createSparkplugConnector();

class SparkplugSession implements OpenConnector {
  #context: ConnectorContext<SparkplugConfig>;
  #backoff: BackoffOptions;
  #state: StateReporter;
  #inFlight = new InFlight();
  #births: BirthStore;
  #limiter: RejectionLimiter;
  #nodes = new Map<string, EdgeNode>();
  #topics = new Map<string, SparkplugTopic | 'command' | 'malformed'>();
  #live = new ColumnBuilder();
  #stored = new ColumnBuilder();
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(context: ConnectorContext<SparkplugConfig>, backoff: BackoffOptions) {
    this.#context = context;
    this.#backoff = backoff;
    this.#state = new StateReporter(context.sink);
    this.#births = new BirthStore(context.folder);
    this.#limiter = new RejectionLimiter(context.clock, 60_000);
  }

  async start(): Promise<void> {
    const { config, bus } = this.#context;
    this.#state.report('connecting', connectorNotes['sparkplug-subscribing']({ group: config.groupId }));
    await this.#restoreBirths();
    this.#unsubscribe = await subscribeAll({
      bus,
      filters: filtersOf(config.groupId, config.edgeNodeIds),
      handler: (message) => this.#inFlight.track(this.#handle(message)),
      backoff: this.#backoff,
      onSubscribed: () => this.#reportNodes(),
      onFailed: (reason) => this.#state.report('offline', connectorNotes['subscription-refused']({ reason })),
    });
  }

  async close(): Promise<void> {
    this.#state.close();
    const unsubscribe = this.#unsubscribe;
    this.#unsubscribe = undefined;
    await unsubscribe?.();
    await this.#inFlight.settled();
    const rest = this.#limiter.drain();
    if (rest.length > 0) await this.#context.sink.reject(rest);
  }

  async #restoreBirths(): Promise<void> {
    for (const birth of await this.#births.load()) {
      const route = parseTopic(birth.topic);
      if (typeof route === 'string' || !this.#isWanted(route.node)) continue;
      try {
        const table = readBirth(route.node, route.device, birth.payload);
        const node = this.#node(route.node);
        node.bear(route.device, table);
        node.alive = false;
        node.doubtful = true;
      } catch (error) {
        this.#context.logger.warn(
          { error, topic: birth.topic },
          'a kept birth is damaged; the node will be asked anew',
        );
      }
    }
  }

  /** Not worth holding the acknowledgement back for: without the file a restart has to ask the node for its birth. */
  async #keepBirth({ topic, receivedAt, payload }: BusMessage): Promise<void> {
    try {
      await this.#births.save({ topic, receivedAt, payload });
    } catch (error) {
      this.#context.logger.warn({ error, topic }, 'the birth could not be kept for the next start');
    }
  }

  #isWanted(node: string): boolean {
    const { edgeNodeIds } = this.#context.config;
    return !edgeNodeIds?.length || edgeNodeIds.includes(node);
  }

  #node(id: string): EdgeNode {
    const node = this.#nodes.get(id) ?? new EdgeNode(id);
    this.#nodes.set(id, node);
    return node;
  }

  /** Everything up to the first `await` runs in order of arrival, which is what keeps aliases and births in step. */
  async #handle(message: BusMessage): Promise<void> {
    const route = this.#route(message.topic);
    if (route === 'command') return;
    if (route === 'malformed')
      return this.#reject({
        code: 'malformed',
        reason: connectorNotes['sparkplug-topic']({ topic: message.topic }),
        raw: rawPayload(message.payload),
      });
    try {
      switch (route.type) {
        case 'NDATA':
        case 'DDATA':
          return await this.#data(route, message);
        case 'NBIRTH':
        case 'DBIRTH':
          return await this.#birth(route, message);
        case 'NDEATH':
          return await this.#nodeDeath(route, message);
        case 'DDEATH':
          return await this.#deviceDeath(route, message);
      }
    } catch (error) {
      if ((error as { code?: string }).code !== 'CONNECTOR_PAYLOAD_MALFORMED') throw error;
      await this.#reject({ ...malformed(message.topic, error, message.payload), raw: rawBinary(message.payload) });
    }
  }

  #route(topic: string): SparkplugTopic | 'command' | 'malformed' {
    const known = this.#topics.get(topic);
    if (known) return known;
    const route = parseTopic(topic);
    // A publisher of ever new topics must not fill the memory.
    if (this.#topics.size > 100_000) this.#topics.clear();
    this.#topics.set(topic, route);
    return route;
  }

  async #birth(route: SparkplugTopic, message: BusMessage): Promise<void> {
    const table = readBirth(route.node, route.device, message.payload);
    const node = this.#node(route.node);
    const orphan = route.device !== '' && !node.devices.has('');
    const missing = route.device === '' ? 0 : node.missingBefore(table.header.seq, table.header.timestamp);
    const device = node.bear(route.device, table);
    if (route.device === '') node.missingBefore(table.header.seq, table.header.timestamp);
    node.alive = true;
    const rejections = this.#collect(node, device, route, message, table.header);
    const batches = this.#takeBatches(table);
    this.#reportNodes();
    if (missing > 0) rejections.push(...this.#gap(node, missing, table.header));
    if (orphan) await this.#requestRebirth(node);
    await this.#announce(device);
    await this.#deliver(batches);
    await this.#rejectAll(rejections);
    await this.#keepBirth(message);
  }

  async #data(route: SparkplugTopic, message: BusMessage): Promise<void> {
    const node = this.#node(route.node);
    const device = node.devices.get(route.device);
    if (!device) return this.#unborn(node, route, message);
    const { doubtful } = node;
    const returned = !node.alive || !device.alive;
    if (returned) {
      // Data after a death without a birth between them: the birth was missed.
      node.doubtful = true;
      node.alive = true;
      device.alive = true;
    }
    const rejections = this.#collect(node, device, route, message);
    const batches = this.#takeBatches(device.table);
    if (returned || node.doubtful !== doubtful) this.#reportNodes();
    if (node.doubtful) await this.#requestRebirth(node);
    if (!device.announced) await this.#announce(device);
    await this.#deliver(batches);
    if (rejections.length > 0) await this.#rejectAll(rejections);
  }

  /** Data of a node or device whose birth was never seen: it cannot be named, so it is kept raw and a birth is asked for. */
  async #unborn(node: EdgeNode, route: SparkplugTopic, message: BusMessage): Promise<void> {
    const header = decodePayload(message.payload, () => undefined);
    node.missingBefore(header.seq, header.timestamp);
    node.alive = true;
    this.#reportNodes();
    await this.#requestRebirth(node);
    await this.#reject({
      code: 'unknown-point',
      reason: connectorNotes['sparkplug-no-birth']({ topic: message.topic, node: nameOf(route) }),
      raw: rawBinary(message.payload),
      ...(Number.isFinite(header.timestamp) ? { time: header.timestamp } : {}),
    });
  }

  /** Puts the message's values into the two builders and returns what has to be rejected. Synchronous: see `#handle`. */
  #collect(
    node: EdgeNode,
    device: SparkplugDevice,
    route: SparkplugTopic,
    message: BusMessage,
    birthHeader?: SparkplugHeader,
  ): Rejection[] {
    const { byAlias, byName, keys } = device.table;
    const unknown: string[] = [];
    const notNumbers: string[] = [];
    const nulls: string[] = [];
    const others: string[] = [];
    const live = this.#live;
    const stored = this.#stored;
    live.count = 0;
    stored.count = 0;
    const header = decodePayload(message.payload, (metric) => {
      const slot = metric.name === '' ? byAlias.get(metric.alias) : byName.get(metric.name);
      if (slot === undefined) {
        unknown.push(metric.name || `alias ${metric.alias}`);
        return;
      }
      if (slot.keyIndex === noQuantity) others.push(`${slot.name} (${typeName(slot.datatype)})`);
      if (slot.keyIndex < 0) return;
      if (metric.isNull || metric.field === 'none') {
        nulls.push(slot.name);
        return;
      }
      const value = metricValue(metric, metric.datatype || slot.datatype);
      if (!Number.isFinite(value)) {
        notNumbers.push(slot.name);
        return;
      }
      let quality = metric.quality < 0 ? Quality.good : metricQuality(metric.quality);
      if (node.doubtful && metric.name === '' && quality === Quality.good) quality = Quality.uncertain;
      (metric.historical ? stored : live).push(slot.keyIndex, metric.timestamp, value, quality);
    });
    const rejections: Rejection[] = [];
    if (!birthHeader) {
      const missing = node.missingBefore(header.seq, header.timestamp);
      if (missing > 0) {
        rejections.push(...this.#gap(node, missing, header));
        // What this very message says by alias is already in doubt.
        live.doubt();
        stored.doubt();
      }
    }
    // A metric without its own time has the message's; the message's comes after the metrics when a sender likes it so.
    const time = header.timestamp > 0 ? header.timestamp : message.receivedAt;
    live.fillTime(time);
    stored.fillTime(time);
    const { topic } = message;
    const common = { time, raw: rawBinary(message.payload) };
    if (unknown.length > 0) {
      node.doubtful = true;
      rejections.push({
        code: 'unknown-point',
        reason: connectorNotes['sparkplug-unknown-metric']({ topic, metrics: list(unknown), node: nameOf(route) }),
        ...common,
      });
    }
    if (notNumbers.length > 0)
      rejections.push({
        code: 'not-a-number',
        reason: connectorNotes['sparkplug-not-finite']({ topic, metrics: list(notNumbers) }),
        key: keys[device.table.byName.get(notNumbers[0]!)!.keyIndex]!,
        ...common,
      });
    if (others.length > 0)
      rejections.push(
        ...this.#limiter.pass(`no quantity ${topic}`, {
          code: 'not-a-number',
          reason: connectorNotes['sparkplug-no-quantity']({ topic, metrics: list(others) }),
          ...common,
        }),
      );
    if (nulls.length > 0)
      rejections.push(
        ...this.#limiter.pass(`null ${message.topic}`, {
          code: 'not-a-number',
          reason: connectorNotes['sparkplug-null']({ topic, metrics: list(nulls) }),
          time,
        }),
      );
    return rejections;
  }

  #takeBatches(table: MetricTable): ColumnBatch[] {
    const batches: ColumnBatch[] = [];
    if (this.#live.count > 0) batches.push(this.#live.take(table.keys, false));
    if (this.#stored.count > 0) batches.push(this.#stored.take(table.keys, true));
    return batches;
  }

  #gap(node: EdgeNode, missing: number, header: SparkplugHeader): Rejection[] {
    node.doubtful = true;
    return [
      {
        code: 'sequence-gap',
        reason: connectorNotes['sparkplug-gap']({ missing, node: node.id, number: header.seq }),
        ...(Number.isFinite(header.timestamp) ? { time: header.timestamp } : {}),
      },
    ];
  }

  async #deliver(batches: readonly ColumnBatch[]): Promise<void> {
    const { sink } = this.#context;
    for (const batch of batches) {
      if (sink.deliverColumns) await sink.deliverColumns(batch);
      else await sink.deliver(rowsOf(batch));
    }
  }

  /** Once per birth, shared by the messages that wait for it; tried again by the next message when it failed. */
  #announce(device: SparkplugDevice): Promise<void> {
    device.announcing ??= this.#context.sink.announce(device.table.points).then(
      () => {
        device.announced = true;
      },
      (error) => {
        device.announcing = undefined;
        throw error;
      },
    );
    return device.announcing;
  }

  async #nodeDeath(route: SparkplugTopic, message: BusMessage): Promise<void> {
    const node = this.#node(route.node);
    let bdSeq: number | undefined;
    decodePayload(message.payload, (metric) => {
      if (metric.name === 'bdSeq') bdSeq = metric.low;
    });
    // The will of an older session may come after the birth of the next one.
    if (bdSeq !== undefined && node.bdSeq !== undefined && bdSeq !== node.bdSeq) return;
    node.alive = false;
    for (const device of node.devices.values()) device.alive = false;
    this.#reportNodes();
  }

  async #deviceDeath(route: SparkplugTopic, message: BusMessage): Promise<void> {
    const node = this.#node(route.node);
    const header = decodePayload(message.payload, () => undefined);
    const missing = node.missingBefore(header.seq, header.timestamp);
    const device = node.devices.get(route.device);
    if (device) device.alive = false;
    this.#reportNodes();
    if (missing === 0) return;
    const rejections = this.#gap(node, missing, header);
    await this.#requestRebirth(node);
    await this.#rejectAll(rejections);
  }

  async #requestRebirth(node: EdgeNode): Promise<void> {
    const now = this.#context.clock.now().getTime();
    const { groupId, rebirthSeconds } = this.#context.config;
    if (now - node.lastRebirthRequest < rebirthSeconds * 1000) return;
    node.lastRebirthRequest = now;
    const topic = `spBv1.0/${groupId}/NCMD/${node.id}`;
    try {
      await this.#context.bus.publish(topic, encodeRebirth(now), { qos: 0 });
    } catch (error) {
      this.#context.logger.warn({ error, topic }, 'the rebirth request could not be sent');
    }
  }

  #reportNodes(): void {
    const nodes = [...this.#nodes.values()];
    const dead = nodes.filter((node) => !node.alive).map((node) => node.id);
    const unborn = nodes.filter((node) => node.alive && node.devices.size === 0).map((node) => node.id);
    const doubtful = nodes
      .filter((node) => node.alive && node.doubtful && node.devices.size > 0)
      .map((node) => node.id);
    const deadDevices = nodes
      .filter((node) => node.alive)
      .flatMap((node) => [...node.devices].filter(([, device]) => !device.alive).map(([id]) => `${node.id}/${id}`));
    if (nodes.length === 0) {
      this.#state.report('connecting', connectorNotes['sparkplug-waiting']({ group: this.#context.config.groupId }));
      return;
    }
    if (dead.length === nodes.length) {
      this.#state.report('offline', connectorNotes['sparkplug-all-dead']({ nodes: list(dead) }));
      return;
    }
    const troubles = [
      ...(dead.length > 0 ? [connectorNotes['sparkplug-dead']({ nodes: list(dead) })] : []),
      ...(deadDevices.length > 0 ? [connectorNotes['sparkplug-device-dead']({ devices: list(deadDevices) })] : []),
      ...(unborn.length > 0 ? [connectorNotes['sparkplug-unborn']({ nodes: list(unborn) })] : []),
      ...(doubtful.length > 0 ? [connectorNotes['sparkplug-doubtful']({ nodes: list(doubtful) })] : []),
    ];
    const alive = connectorNotes['sparkplug-alive']({ alive: nodes.length - dead.length, count: nodes.length });
    if (troubles.length === 0) this.#state.report('online', alive);
    else this.#state.report('degraded', connectorNotes['sparkplug-degraded']({ alive, troubles }));
  }

  async #reject(rejection: Rejection): Promise<void> {
    await this.#context.sink.reject([rejection]);
  }

  async #rejectAll(rejections: readonly Rejection[]): Promise<void> {
    if (rejections.length > 0) await this.#context.sink.reject(rejections);
  }
}

function nameOf(route: SparkplugTopic): string {
  return route.device ? `device ${route.node}/${route.device}` : `edge node ${route.node}`;
}

/** A few names and how many more, so that a message for a person stays one sentence. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
