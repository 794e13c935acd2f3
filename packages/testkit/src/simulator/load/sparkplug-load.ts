import { setTimeout as sleep } from 'node:timers/promises';
import type { MqttClient } from 'mqtt';
import { simulatorErrors } from '../errors.ts';
import { connectOnce } from '../publishers/mqtt-connect.ts';
import { encodeSparkplug, type SparkplugMetric } from '../publishers/sparkplug-payload.ts';
import { PayloadTemplate } from './payload-template.ts';

export interface SparkplugLoadOptions {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Different points, over all connections. */
  readonly points: number;
  readonly pointsPerMessage: number;
  /** Aimed at, over all connections; 0: as fast as the acknowledgements allow. */
  readonly pointsPerSecond: number;
  readonly seconds: number;
  readonly connections: number;
  /** Messages of one connection that may wait for their acknowledgement. Default 200. */
  readonly inFlight?: number;
  /** Default `Load`. */
  readonly groupId?: string;
}

export interface SparkplugLoadResult {
  readonly messagesSent: number;
  readonly messagesAcknowledged: number;
  /** Metric values. */
  readonly pointsSent: number;
  readonly pointsAcknowledged: number;
  /** From the first data message to the last acknowledgement. */
  readonly seconds: number;
  readonly pointsPerSecond: number;
  /** From publish to PUBACK of data messages. */
  readonly latencyMs: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
}

const deviceId = 'device-1';

/**
 * Publishes Sparkplug data at QoS 1: each connection is one edge node `load-N` with one device, births first. A point
 * never sends the same millisecond twice. Data that the broker has not acknowledged ten seconds after the last message
 * counts as sent and not acknowledged.
 */
export async function sparkplugLoad(options: SparkplugLoadOptions): Promise<SparkplugLoadResult> {
  check(options);
  const { connections } = options;
  const clients = await Promise.all(
    Array.from({ length: connections }, (_, index) => LoadConnection.open(options, index)),
  );
  const start = performance.now();
  await Promise.all(clients.map((client) => client.run(start)));
  const seconds = (Math.max(...clients.map((client) => client.lastAcknowledgement), start) - start) / 1000;
  await Promise.all(clients.map((client) => client.close()));
  const latencies = Float64Array.from(clients.flatMap((client) => client.latencies)).sort();
  const messagesSent = clients.reduce((sum, client) => sum + client.sent, 0);
  const pointsAcknowledged = latencies.length * options.pointsPerMessage;
  const quantile = (q: number) => latencies[Math.min(latencies.length - 1, Math.floor(q * latencies.length))] ?? 0;
  return {
    messagesSent,
    messagesAcknowledged: latencies.length,
    pointsSent: messagesSent * options.pointsPerMessage,
    pointsAcknowledged,
    seconds,
    pointsPerSecond: seconds > 0 ? pointsAcknowledged / seconds : 0,
    latencyMs: { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99), max: quantile(1) },
  };
}

function check({ points, pointsPerMessage, connections, seconds, pointsPerSecond }: SparkplugLoadOptions): void {
  const no = (reason: string) => simulatorErrors.SIMULATOR_LOAD_INVALID({ reason });
  if (!(connections >= 1 && Number.isInteger(connections))) throw no('connections must be a whole number from 1');
  if (!(pointsPerMessage >= 1 && Number.isInteger(pointsPerMessage)))
    throw no('pointsPerMessage must be a whole number from 1');
  if (points < 1 || points % (pointsPerMessage * connections) !== 0) {
    throw no('points must be a multiple of pointsPerMessage times connections');
  }
  if (!(seconds > 0) || !(pointsPerSecond >= 0)) throw no('seconds must be above 0 and pointsPerSecond 0 or more');
}

class LoadConnection {
  sent = 0;
  lastAcknowledgement = 0;
  readonly latencies: number[] = [];
  readonly #options: SparkplugLoadOptions;
  readonly #client: MqttClient;
  readonly #topic: (type: string, device?: string) => string;
  readonly #templates: PayloadTemplate[] = [];
  #sequence = 2;
  #waiting = 0;
  #resume: (() => void) | undefined;

  private constructor(
    options: SparkplugLoadOptions,
    client: MqttClient,
    topic: (type: string, device?: string) => string,
  ) {
    this.#options = options;
    this.#client = client;
    this.#topic = topic;
    const { points, pointsPerMessage, connections } = options;
    for (let first = 0; first < points / connections; first += pointsPerMessage) {
      this.#templates.push(new PayloadTemplate(Array.from({ length: pointsPerMessage }, (_, i) => first + i + 1)));
    }
  }

  static async open(options: SparkplugLoadOptions, index: number): Promise<LoadConnection> {
    const topic = (type: string, device?: string) =>
      `spBv1.0/${options.groupId ?? 'Load'}/${type}/load-${index}${device ? `/${device}` : ''}`;
    const bdSeq: SparkplugMetric = { name: 'bdSeq', type: 'UInt64', value: 0 };
    const client = await connectOnce(options, {
      clientId: `millwright-load-${index}-${process.pid}`,
      will: { topic: topic('NDEATH'), payload: encodeSparkplug({ metrics: [bdSeq] }), qos: 1, retain: false },
    });
    const now = Date.now();
    await client.publishAsync(topic('NBIRTH'), encodeSparkplug({ timestamp: now, metrics: [bdSeq], seq: 0 }), {
      qos: 1,
    });
    const metrics = Array.from({ length: options.points / options.connections }, (_, i): SparkplugMetric => {
      const alias = i + 1;
      return { name: `point-${alias}`, alias, timestamp: now, type: 'Double', value: 0 };
    });
    await client.publishAsync(topic('DBIRTH', deviceId), encodeSparkplug({ timestamp: now, metrics, seq: 1 }), {
      qos: 1,
    });
    return new LoadConnection(options, client, topic);
  }

  /** Sends until the time is over, then waits for what is under way. */
  async run(start: number): Promise<void> {
    const { pointsPerMessage, pointsPerSecond, seconds, connections, inFlight = 200 } = this.#options;
    const end = start + seconds * 1000;
    const messageMs = pointsPerSecond > 0 ? (1000 * pointsPerMessage * connections) / pointsPerSecond : 0;
    const topic = this.#topic('DDATA', deviceId);
    let round = 0;
    let stamp = 0;
    for (let due = start; due < end; due += messageMs) {
      const now = performance.now();
      if (now >= end || !this.#client.connected) break;
      if (due > now) await sleep(due - now);
      if (this.#waiting >= inFlight) await this.#untilThereIsRoom();
      const template = this.sent % this.#templates.length;
      // One stamp for each round over the points, always later than the round before.
      if (template === 0) stamp = Math.max(Date.now(), stamp + 1);
      if (template === 0) round += 1;
      const base = round;
      this.#publish(
        topic,
        this.#templates[template].fill(stamp, this.#sequence, (i) => base + i / 1000),
      );
    }
    const deadline = performance.now() + 10_000;
    while (this.#waiting > 0 && this.#client.connected && performance.now() < deadline) await sleep(5);
  }

  async close(): Promise<void> {
    await this.#client.endAsync(this.#waiting > 0);
  }

  #publish(topic: string, payload: Buffer): void {
    const published = performance.now();
    this.#sequence = (this.#sequence + 1) % 256;
    this.sent += 1;
    this.#waiting += 1;
    this.#client.publish(topic, payload, { qos: 1 }, (error) => {
      this.#waiting -= 1;
      if (!error) {
        this.lastAcknowledgement = performance.now();
        this.latencies.push(this.lastAcknowledgement - published);
      }
      this.#resume?.();
      this.#resume = undefined;
    });
  }

  #untilThereIsRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }
}
