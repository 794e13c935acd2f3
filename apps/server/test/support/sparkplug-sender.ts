import mqtt, { type MqttClient } from 'mqtt';
import sparkplug from 'sparkplug-payload';

const codec = sparkplug.get('spBv1.0')!;

/** Readings of several points at one moment: what one DDATA message says. */
export interface SentMessage {
  readonly time: number;
  /** Aliases of the points, from 1. */
  readonly aliases: readonly number[];
  readonly values: readonly number[];
}

export interface Broker {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** Connects once, without trying again by itself. Rejects with what the broker answered. */
export async function connectMqtt(broker: Partial<Broker> & { url: string }, clientId: string): Promise<MqttClient> {
  const { url, username, password } = broker;
  const client = mqtt.connect(url, { clientId, username, password, reconnectPeriod: 0, connectTimeout: 10_000 });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      client.end(true);
      reject(error);
    };
    client.once('error', fail);
    client.once('close', () => fail(new Error('closed before it was connected')));
    client.once('connect', () => {
      client.off('error', fail);
      client.on('error', () => undefined);
      resolve(client);
    });
  });
}

/** One edge node with one device that sends at QoS 1 and knows which of its messages were acknowledged. */
export class SparkplugSender {
  readonly acknowledged: SentMessage[] = [];
  readonly unacknowledged = new Set<SentMessage>();
  #client: MqttClient;
  #group: string;
  #ended: Promise<never>;
  #sequence = 1;

  private constructor(client: MqttClient, group: string) {
    this.#client = client;
    this.#group = group;
    this.#ended = new Promise((_, reject) => client.once('close', () => reject(new Error('connection lost'))));
    this.#ended.catch(() => undefined);
  }

  /** Connects and gives birth to points `point-1` … `point-N`; the births carry no values, so that only messages bring readings. */
  static async open(broker: Broker, group: string, points: number): Promise<SparkplugSender> {
    const sender = new SparkplugSender(await connectMqtt(broker, `sender-${group}`), group);
    const timestamp = Date.now();
    const bdSeq = { name: 'bdSeq', type: 'UInt64' as const, value: 0 };
    await sender.#publish('NBIRTH/node', { timestamp, metrics: [bdSeq], seq: 0 });
    const metrics = Array.from({ length: points }, (_, at) => ({
      ...{ name: `point-${at + 1}`, alias: at + 1, type: 'Double' as const, value: null, isNull: true },
    }));
    await sender.#publish('DBIRTH/node/device', { timestamp, metrics, seq: 1 });
    return sender;
  }

  get connected(): boolean {
    return this.#client.connected;
  }

  /** Resolves when it is acknowledged; rejects when the connection ends before. */
  async send(message: SentMessage, historical = false): Promise<void> {
    this.#sequence = (this.#sequence + 1) % 256;
    this.unacknowledged.add(message);
    const metrics = message.aliases.map((alias, at) => ({
      ...{ name: '', alias, type: 'Double' as const, timestamp: message.time, value: message.values[at]! },
      ...(historical && { isHistorical: true }),
    }));
    await this.#publish('DDATA/node/device', { timestamp: message.time, metrics, seq: this.#sequence });
    this.unacknowledged.delete(message);
    this.acknowledged.push(message);
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }

  async #publish(kind: string, payload: Parameters<typeof codec.encodePayload>[0]): Promise<void> {
    const [type, ...rest] = kind.split('/');
    const topic = ['spBv1.0', this.#group, type, ...rest].join('/');
    const sent = this.#client.publishAsync(topic, Buffer.from(codec.encodePayload(payload)), { qos: 1 });
    // mqtt.js keeps an unanswered publish for the next connection; there is none, so the end of this one is the answer.
    await Promise.race([sent, this.#ended]);
  }
}
