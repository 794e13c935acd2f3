import type { BusMessage } from '@millwright/bus';
import type { BackoffOptions } from '@millwright/kernel';
import { defaultBackoff } from '../backoff.ts';
import type { AnnouncedPoint, Connector, ConnectorContext, OpenConnector, Reading, Rejection } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { InFlight } from '../in-flight.ts';
import { rawPayload } from '../raw-payload.ts';
import { StateReporter } from '../state-reporter.ts';
import { subscribeAll } from '../subscribe-all.ts';
import { type MqttJsonConfig, mqttJsonConfig } from './mqtt-json-config.ts';
import { type MessageContent, messageReader } from './read-message.ts';

export function createMqttJsonConnector(options: { backoff?: BackoffOptions } = {}): Connector<MqttJsonConfig> {
  return {
    kind: 'mqtt-json',
    configSchema: mqttJsonConfig,
    async open(context) {
      const session = new MqttJsonSession(context);
      await session.start(options.backoff ?? defaultBackoff);
      return session;
    },
  };
}

export const mqttJsonConnector = createMqttJsonConnector();

class MqttJsonSession implements OpenConnector {
  #context: ConnectorContext<MqttJsonConfig>;
  #state: StateReporter;
  #inFlight = new InFlight();
  #read: (message: BusMessage) => MessageContent;
  /** Keys that exist for certain. */
  #known: Set<string>;
  /** Keys whose announcement is under way; a reading waits for the one of its own key. */
  #announcing = new Map<string, Promise<void>>();
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(context: ConnectorContext<MqttJsonConfig>) {
    this.#context = context;
    this.#state = new StateReporter(context.sink);
    this.#read = messageReader(context.config);
    this.#known = new Set(context.points.map((point) => point.key));
  }

  async start(backoff: BackoffOptions): Promise<void> {
    const { config, bus } = this.#context;
    this.#state.report('connecting', connectorNotes.subscribing({ topic: config.topic }));
    this.#unsubscribe = await subscribeAll({
      bus,
      filters: [config.topic],
      handler: (message) => this.#inFlight.track(this.#handle(message)),
      backoff,
      onSubscribed: () => this.#state.report('online', connectorNotes.listening({ topic: config.topic })),
      onFailed: (reason) => this.#state.report('offline', connectorNotes['subscription-refused']({ reason })),
    });
  }

  async close(): Promise<void> {
    this.#state.close();
    const unsubscribe = this.#unsubscribe;
    this.#unsubscribe = undefined;
    await unsubscribe?.();
    await this.#inFlight.settled();
  }

  async #handle(message: BusMessage): Promise<void> {
    const { sink } = this.#context;
    const { readings, rejections, points } = this.#read(message);
    const { accepted, refused } = this.#withinLimit(readings, message);
    const wait = this.#announce(accepted, points);
    if (wait) await wait;
    if (accepted.length > 0) await sink.deliver(accepted);
    if (rejections.length + refused.length > 0) await sink.reject([...rejections, ...refused]);
  }

  #withinLimit(readings: Reading[], message: BusMessage): { accepted: Reading[]; refused: Rejection[] } {
    const { maxPoints } = this.#context.config;
    const refused: Rejection[] = [];
    const fresh = new Set<string>();
    const accepted = readings.filter(({ key, time }) => {
      if (this.#known.has(key) || this.#announcing.has(key) || fresh.has(key)) return true;
      if (this.#known.size + this.#announcing.size + fresh.size < maxPoints) {
        fresh.add(key);
        return true;
      }
      const reason = connectorNotes['mqtt-point-limit']({ key, number: maxPoints + 1, most: maxPoints });
      refused.push({ code: 'unknown-point', reason, key, time, raw: rawPayload(message.payload) });
      return false;
    });
    return { accepted, refused };
  }

  #announce(readings: readonly Reading[], points: Map<string, AnnouncedPoint>): Promise<unknown> | undefined {
    const waits: Promise<void>[] = [];
    const fresh = new Map<string, AnnouncedPoint>();
    for (const { key } of readings) {
      if (this.#known.has(key)) continue;
      const under = this.#announcing.get(key);
      if (under) waits.push(under);
      else fresh.set(key, points.get(key)!);
    }
    if (fresh.size > 0) {
      const announced = this.#context.sink.announce([...fresh.values()]).then(
        () => {
          for (const key of fresh.keys()) this.#known.add(key);
          for (const key of fresh.keys()) this.#announcing.delete(key);
        },
        (error) => {
          for (const key of fresh.keys()) this.#announcing.delete(key);
          throw error;
        },
      );
      for (const key of fresh.keys()) this.#announcing.set(key, announced);
      waits.push(announced);
    }
    return waits.length > 0 ? Promise.all(waits) : undefined;
  }
}
