import type { MqttClient } from 'mqtt';
import { simulatorErrors } from '../errors.ts';
import type { PointDescription, SparkplugAddress } from '../model/plant-description.ts';
import type { Plant } from '../plant.ts';
import { preparePlant } from '../prepare-plant.ts';
import { type BrokerOptions, connectOnce } from './mqtt-connect.ts';
import { every, latestReading, nowOf, type Publisher, type PublisherOptions, readingsBetween } from './publisher.ts';
import { decodeSparkplug, encodeSparkplug, type SparkplugMetric } from './sparkplug-payload.ts';

export interface SparkplugEdgeOptions extends PublisherOptions, BrokerOptions {
  /** Longest outage whose readings are kept, minutes. Default 1440; 0 keeps none. */
  readonly storeMinutes?: number;
}

export interface SparkplugEdge extends Publisher {
  readonly groupId: string;
  readonly edgeNodeId: string;
  readonly isConnected: boolean;
  /** Publishes whatever became due since the last call. */
  tick(): void;
  /** Cuts the connection without a goodbye, so that the broker publishes the death; readings are kept from here on. */
  disconnect(): Promise<void>;
  /** Connects again: births first, then the kept readings as historical data. */
  reconnect(): Promise<void>;
  /** Test hook: leaves `count` sequence numbers out, as if messages had been lost. */
  skipSequence(count?: number): void;
  /** Test hook: publishes bytes that are no Sparkplug payload as data of a device. Takes a sequence number. */
  sendMalformed(deviceId?: string): void;
}

interface DevicePoint {
  readonly point: PointDescription;
  readonly address: SparkplugAddress;
  readonly alias: number;
}

/** Kept readings go out in messages of at most this many metrics. */
const historicalChunk = 500;

const rebirthMetric = 'Node Control/Rebirth';

/** One edge node for each site with Sparkplug points; its devices are the areas. */
export function createSparkplugEdges(plant: Plant, options: SparkplugEdgeOptions): SparkplugEdge[] {
  const sites = new Map<string, { point: PointDescription; address: SparkplugAddress }[]>();
  for (const point of plant.points) {
    const { address } = point;
    if (address.protocol !== 'sparkplug') continue;
    const known = sites.get(address.edgeNodeId) ?? [];
    known.push({ point, address });
    sites.set(address.edgeNodeId, known);
  }
  return [...sites.values()].map(
    (points) =>
      new EdgeNode(
        plant,
        options,
        points.map((each, index) => ({ ...each, alias: index + 1 })),
      ),
  );
}

class EdgeNode implements SparkplugEdge {
  readonly groupId: string;
  readonly edgeNodeId: string;
  readonly #plant: Plant;
  readonly #options: SparkplugEdgeOptions;
  readonly #now: () => number;
  readonly #devices: ReadonlyMap<string, readonly DevicePoint[]>;
  #client: MqttClient | undefined;
  #sequence = 0;
  #birthDeathSequence = 255;
  #sentUntil = 0;
  #wantsConnection = false;
  #retry: NodeJS.Timeout | undefined;
  #endTicks: () => void = () => undefined;

  constructor(plant: Plant, options: SparkplugEdgeOptions, points: readonly DevicePoint[]) {
    this.#plant = plant;
    this.#options = options;
    this.#now = nowOf(options);
    this.groupId = points[0].address.groupId;
    this.edgeNodeId = points[0].address.edgeNodeId;
    this.#devices = Map.groupBy(points, ({ address }) => address.deviceId);
  }

  get isConnected(): boolean {
    return this.#client?.connected ?? false;
  }

  async start(): Promise<void> {
    await preparePlant(this.#plant, this.#now());
    this.#sentUntil = this.#now();
    this.#wantsConnection = true;
    await this.#connect();
    this.#endTicks = every(this.#options.intervalMs, () => this.tick());
  }

  async stop(): Promise<void> {
    this.#endTicks();
    this.#wantsConnection = false;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    // A clean goodbye does not fire the will, so the specification has the node publish its own death.
    if (client.connected) await client.publishAsync(this.#topic('NDEATH'), this.#death(), { qos: 0 });
    await client.endAsync(!client.connected);
  }

  tick(): void {
    if (!this.isConnected) return;
    const until = this.#now();
    const after = this.#sentUntil;
    this.#sentUntil = until;
    for (const [deviceId, points] of this.#devices) {
      const metrics = points.flatMap((each) =>
        readingsBetween(this.#plant, each.point, after, until).map((reading) => dataMetric(each, reading)),
      );
      if (metrics.length > 0) this.#publishData(deviceId, metrics);
    }
  }

  async disconnect(): Promise<void> {
    this.#wantsConnection = false;
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = undefined;
    if (!client) return;
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.stream.destroy();
    await closed;
    await client.endAsync(true);
  }

  async reconnect(): Promise<void> {
    this.#wantsConnection = true;
    await this.#connect();
  }

  skipSequence(count = 1): void {
    this.#sequence = (this.#sequence + count) % 256;
  }

  sendMalformed(deviceId = [...this.#devices.keys()][0]): void {
    this.skipSequence();
    // Field 2 (a metric) that claims to be longer than the message.
    this.#publish(this.#topic('DDATA', deviceId), Buffer.from([0x12, 0xff, 0x01, 0x08]));
  }

  async #connect(): Promise<void> {
    // Births and death of one connection share a number, so that a late death is not taken for this connection's.
    this.#birthDeathSequence = (this.#birthDeathSequence + 1) % 256;
    const client = await connectOnce(this.#options, {
      clientId: `millwright-sim-${this.edgeNodeId}-${Math.random().toString(16).slice(2, 10)}`,
      clean: true,
      will: { topic: this.#topic('NDEATH'), payload: this.#death(), qos: 1, retain: false },
    });
    if (!this.#wantsConnection) {
      await client.endAsync(true);
      return;
    }
    this.#client = client;
    client.once('close', () => this.#lost(client));
    client.on('message', (_topic, payload) => this.#command(payload));
    await client.subscribeAsync(this.#topic('NCMD'), { qos: 1 });
    const after = this.#sentUntil;
    this.#birth();
    this.#sendKept(after);
  }

  #lost(client: MqttClient): void {
    client.end(true);
    if (this.#client === client) this.#client = undefined;
    if (!this.#wantsConnection) return;
    this.#retry = setTimeout(() => {
      this.#connect().catch(() => this.#lost(client));
    }, 1000);
  }

  #command(payload: Uint8Array): void {
    if (!asksForRebirth(payload)) return;
    // What is due goes out first: the birth marks everything up to now as sent.
    this.tick();
    this.#birth();
  }

  /** NBIRTH, then DBIRTH of every device, with names, aliases and units; sequence numbers begin again at 0. */
  #birth(): void {
    const now = this.#now();
    this.#sequence = 0;
    this.#publishMetrics(this.#topic('NBIRTH'), [
      { name: 'bdSeq', type: 'UInt64', value: this.#birthDeathSequence, timestamp: now },
      { name: rebirthMetric, type: 'Boolean', value: false, timestamp: now },
    ]);
    for (const [deviceId, points] of this.#devices) {
      const metrics = points.map((each) => birthMetric(each, this.#plant, now));
      this.#publishMetrics(this.#topic('DBIRTH', deviceId), metrics);
    }
    this.#sentUntil = now;
  }

  #sendKept(after: number): void {
    const until = this.#now();
    const oldest = until - (this.#options.storeMinutes ?? 1440) * 60_000;
    for (const [deviceId, points] of this.#devices) {
      const metrics = points.flatMap((each) =>
        readingsBetween(this.#plant, each.point, Math.max(after, oldest), until).map((reading) => ({
          ...dataMetric(each, reading),
          isHistorical: true,
        })),
      );
      metrics.sort((a, b) => a.timestamp - b.timestamp);
      for (let i = 0; i < metrics.length; i += historicalChunk) {
        this.#publishData(deviceId, metrics.slice(i, i + historicalChunk));
      }
    }
  }

  #publishData(deviceId: string, metrics: SparkplugMetric[]): void {
    this.#publishMetrics(this.#topic('DDATA', deviceId), metrics);
  }

  #publishMetrics(topic: string, metrics: SparkplugMetric[]): void {
    const payload = encodeSparkplug({ timestamp: this.#now(), metrics, seq: this.#sequence });
    this.skipSequence();
    this.#publish(topic, payload);
  }

  #publish(topic: string, payload: Buffer): void {
    if (!this.#client) throw simulatorErrors.SIMULATOR_NOT_RUNNING({ publisher: 'Sparkplug' });
    // A message cut off with its connection is a lost message, as on a real edge node: the specification says QoS 0.
    this.#client.publish(topic, payload, { qos: 0 }, () => undefined);
  }

  #death(): Buffer {
    const metrics: SparkplugMetric[] = [{ name: 'bdSeq', type: 'UInt64', value: this.#birthDeathSequence }];
    return encodeSparkplug({ timestamp: this.#now(), metrics });
  }

  #topic(type: string, deviceId?: string): string {
    const node = `spBv1.0/${this.groupId}/${type}/${this.edgeNodeId}`;
    return deviceId === undefined ? node : `${node}/${deviceId}`;
  }
}

function asksForRebirth(payload: Uint8Array): boolean {
  try {
    const { metrics } = decodeSparkplug(payload);
    return metrics?.some((metric) => metric.name === rebirthMetric && metric.value === true) ?? false;
  } catch {
    // Anybody may publish anything to the command topic; what is no Sparkplug payload is no command.
    return false;
  }
}

function dataMetric(each: DevicePoint, reading: { at: number; value: number }) {
  return { alias: each.alias, timestamp: reading.at, type: 'Double', value: reading.value } satisfies SparkplugMetric;
}

function birthMetric(each: DevicePoint, plant: Plant, now: number): SparkplugMetric {
  const { point, address, alias } = each;
  const reading = latestReading(plant, point, now);
  return {
    name: address.metric,
    alias,
    timestamp: reading?.at ?? now,
    type: 'Double',
    value: reading?.value ?? null,
    ...(!reading && { isNull: true }),
    properties: {
      engUnit: { type: 'String', value: point.unit },
      description: { type: 'String', value: point.name },
    },
  };
}
