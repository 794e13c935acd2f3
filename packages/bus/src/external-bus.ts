import { type Clock, type Logger, systemClock } from '@millwright/kernel';
import mqtt, { type MqttClient } from 'mqtt';
import type { Bus, BusHandler, BusMessage } from './bus.ts';
import { busErrors } from './errors.ts';
import { callHandlers, HandlerTable } from './handler-table.ts';
import { IntakeGate, type WaitingLimit } from './intake-gate.ts';
import { OrderedLane } from './ordered-lane.ts';
import { isTopicFilter, isTopicName, matchesTopicFilter } from './topic-filter.ts';

export interface ExternalBusOptions {
  readonly kind: 'external';
  /** `mqtt://`, `mqtts://`, `ws://` or `wss://`. */
  readonly url: string;
  /** The broker keeps the session under this name, so it must stay the same across restarts and be used only once. */
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly logger: Logger;
  readonly clock?: Clock;
  /** 4 is MQTT 3.1.1, which every broker speaks; 5 where the broker wants it. */
  readonly protocolVersion?: 4 | 5;
  /** How long the first connection may take before BUS_UNREACHABLE. Later losses are retried for ever. */
  readonly connectTimeoutMs?: number;
  /** How long a message of a kept session may wait for its handler to be registered. */
  readonly unclaimedAfterMs?: number;
  readonly waitingLimit?: Partial<WaitingLimit>;
}

/** The minute that a slow start may take before its modules have subscribed. */
const defaultUnclaimedAfterMs = 60_000;

/**
 * A module that ends its subscription while the server stops must not make the broker forget it, or what is published
 * until the next start would be lost. So the broker is told only if the server is still there after this time.
 */
const unsubscribeAfterMs = 10_000;

/** A week: longer than a plant's shutdown for maintenance over a weekend, short enough to be forgotten some day. */
const sessionExpirySeconds = 7 * 24 * 3600;

type Stream = MqttClient['stream'];

interface Connection {
  readonly stream: Stream;
  readonly lane: OrderedLane;
  acknowledgements: Buffer[];
}

interface Unclaimed {
  readonly message: BusMessage;
  readonly connection: Connection;
  claim(work: Promise<void>): void;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));

class MqttBus implements Bus {
  readonly url: string;
  #client: MqttClient;
  #options: ExternalBusOptions;
  #clock: Clock;
  #handlers = new HandlerTable();
  #gate: IntakeGate;
  #connection: Connection | undefined;
  /** Message ids of the packets that are acknowledged here and not by the mqtt package. */
  #owed = new WeakMap<object, number>();
  #unclaimed = new Set<Unclaimed>();
  #forgetting = new Map<string, NodeJS.Timeout>();
  #closing: Promise<void> | undefined;
  /** What is wrong with the connection, so that only a change of it is logged and not every attempt. */
  #trouble: string | undefined;

  constructor(client: MqttClient, options: ExternalBusOptions) {
    this.url = options.url;
    this.#client = client;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#gate = new IntakeGate(options.waitingLimit);
    // The mqtt package would take the next message only after this one is acknowledged, one commit per message. So it
    // is shown every message as QoS 0, and the acknowledgement is written here once the handlers have resolved.
    client.on('packetreceive', (packet) => {
      if (packet.cmd !== 'publish' || packet.qos !== 1) return;
      this.#owed.set(packet, packet.messageId!);
      packet.qos = 0;
    });
    client.handleMessage = (packet, done) => {
      this.#receive(packet);
      this.#gate.whenOpen(() => done());
    };
    client.on('connect', () => {
      this.#trouble = undefined;
      options.logger.info({ url: this.url }, 'mqtt broker connected');
    });
    client.on('close', () => this.#disconnected());
    client.on('error', (error) => this.#report(reasonOf(error)));
  }

  async subscribe(filter: string, handler: BusHandler): Promise<() => Promise<void>> {
    if (this.#closing) throw busErrors.BUS_CLOSED({});
    if (!isTopicFilter(filter)) throw busErrors.BUS_FILTER_INVALID({ filter });
    clearTimeout(this.#forgetting.get(filter));
    this.#forgetting.delete(filter);
    const remove = this.#handlers.add(filter, handler);
    this.#claim(filter);
    try {
      const grants = await this.#client.subscribeAsync(filter, { qos: 1 });
      const refused = grants.find((grant) => grant.qos >= 128);
      if (refused) throw new Error(`code ${refused.qos}`);
    } catch (error) {
      remove();
      throw busErrors.BUS_SUBSCRIBE_FAILED({ filter, reason: reasonOf(error) }, error);
    }
    return async () => {
      remove();
      this.#forgetLater(filter);
    };
  }

  async publish(
    topic: string,
    payload: Uint8Array | string,
    options: { qos?: 0 | 1; retain?: boolean } = {},
  ): Promise<void> {
    if (this.#closing) throw busErrors.BUS_CLOSED({});
    if (!isTopicName(topic)) throw busErrors.BUS_TOPIC_INVALID({ topic });
    try {
      await this.#client.publishAsync(topic, Buffer.from(payload), {
        qos: options.qos ?? 0,
        retain: options.retain ?? false,
      });
    } catch (error) {
      throw busErrors.BUS_PUBLISH_FAILED({ topic, reason: reasonOf(error) }, error);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const timer of this.#forgetting.values()) clearTimeout(timer);
    for (const unclaimed of this.#unclaimed) unclaimed.claim(Promise.reject(busErrors.BUS_CLOSED({})));
    await this.#gate.idle();
    this.#flush(this.#connection);
    await this.#client.endAsync(!this.#client.connected);
  }

  #receive(packet: mqtt.IPublishPacket): void {
    // Neither handled nor acknowledged: the broker keeps it for the next start.
    if (this.#closing) return;
    const connection = this.#current();
    const messageId = this.#owed.get(packet);
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    const message: BusMessage = {
      topic: packet.topic,
      payload,
      clientId: undefined,
      retained: packet.retain,
      receivedAt: this.#clock.now().getTime(),
    };
    this.#gate.take(payload.length);
    const give = () => this.#gate.give(payload.length);
    const handlers = this.#handlers.match(packet.topic);
    const work = handlers.length > 0 ? callHandlers(handlers, message) : this.#hold(message, connection);
    if (messageId === undefined) {
      work.catch((error: unknown) => this.#lost(message.topic, error)).finally(give);
      return;
    }
    connection.lane.add(work, {
      release: () => {
        this.#acknowledge(connection, messageId);
        give();
      },
      abandon: give,
    });
  }

  /** The state of the connection that a packet came on; acknowledgements belong to it and not to a later one. */
  #current(): Connection {
    const stream = this.#client.stream;
    if (this.#connection?.stream === stream) return this.#connection;
    const lane = new OrderedLane((error) => {
      if (!this.#closing)
        this.#options.logger.warn({ error }, 'message not taken; the broker is to send it again after reconnecting');
      this.#flush(connection);
      if (!this.#closing) stream.destroy();
    });
    const connection: Connection = { stream, lane, acknowledgements: [] };
    this.#connection = connection;
    return connection;
  }

  #acknowledge(connection: Connection, messageId: number): void {
    connection.acknowledgements.push(Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]));
    // One write for all the messages that one commit has settled.
    if (connection.acknowledgements.length === 1) setImmediate(() => this.#flush(connection));
  }

  #flush(connection: Connection | undefined): void {
    if (!connection || connection.acknowledgements.length === 0) return;
    const bytes = Buffer.concat(connection.acknowledgements);
    connection.acknowledgements = [];
    if (this.#client.stream === connection.stream && connection.stream.writable) connection.stream.write(bytes);
  }

  /** A kept session sends before the modules have subscribed: such a message waits for its handler. */
  #hold(message: BusMessage, connection: Connection): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#options.logger.warn(
          { topic: message.topic },
          'message of an old subscription that nobody wants; dropped',
        );
        unclaimed.claim(Promise.resolve());
      }, this.#options.unclaimedAfterMs ?? defaultUnclaimedAfterMs);
      const unclaimed: Unclaimed = {
        message,
        connection,
        claim: (work) => {
          clearTimeout(timer);
          this.#unclaimed.delete(unclaimed);
          work.then(resolve, reject);
        },
      };
      this.#unclaimed.add(unclaimed);
    });
  }

  #claim(filter: string): void {
    for (const unclaimed of this.#unclaimed)
      if (matchesTopicFilter(filter, unclaimed.message.topic))
        unclaimed.claim(callHandlers(this.#handlers.match(unclaimed.message.topic), unclaimed.message));
  }

  #disconnected(): void {
    // They come again with the next connection.
    for (const unclaimed of this.#unclaimed) unclaimed.claim(Promise.reject(new Error('connection lost')));
    if (this.#trouble === undefined) this.#report('connection closed');
  }

  #report(trouble: string): void {
    if (this.#closing || trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#options.logger.warn({ url: this.url, trouble }, 'mqtt broker cannot be reached');
  }

  #forgetLater(filter: string): void {
    if (this.#closing || this.#handlers.hasFilter(filter)) return;
    const timer = setTimeout(() => {
      this.#forgetting.delete(filter);
      this.#client.unsubscribe(filter);
    }, unsubscribeAfterMs);
    timer.unref();
    this.#forgetting.set(filter, timer);
  }

  #lost(topic: string, error: unknown): void {
    if (this.#closing) return;
    this.#options.logger.error({ topic, error }, 'message given up: its handler failed and nobody will send it again');
  }
}

/** CONNACK codes of MQTT 3.1.1 and 5 that say no: waiting will not change them. */
const refusals = new Set([1, 2, 4, 5, 132, 133, 134, 135, 138]);

/** Connects to a broker. Throws BUS_LOGIN_REFUSED or, after `connectTimeoutMs` of trying, BUS_UNREACHABLE. */
export async function openExternalBus(options: ExternalBusOptions): Promise<Bus> {
  const protocolVersion = options.protocolVersion ?? 4;
  let client: MqttClient;
  try {
    client = mqtt.connect(options.url, {
      clientId: options.clientId,
      username: options.username,
      password: options.password,
      protocolVersion,
      // The broker keeps subscriptions and unacknowledged messages while this server is away.
      clean: false,
      ...(protocolVersion === 5 ? { properties: { sessionExpiryInterval: sessionExpirySeconds } } : {}),
      resubscribe: true,
      reconnectPeriod: 1_000,
      // A broker that restarts may refuse for a moment, while it cannot look up accounts yet.
      reconnectOnConnackError: true,
    });
  } catch (error) {
    throw busErrors.BUS_UNREACHABLE({ url: options.url, reason: reasonOf(error) }, error);
  }
  const bus = new MqttBus(client, options);
  let last: unknown = new Error('no answer');
  try {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(busErrors.BUS_UNREACHABLE({ url: options.url, reason: reasonOf(last) }, last)),
        options.connectTimeoutMs ?? 10_000,
      );
      client.once('connect', () => {
        clearTimeout(timer);
        resolve();
      });
      client.on('error', (error) => {
        last = error;
        if (!('code' in error) || typeof error.code !== 'number' || !refusals.has(error.code)) return;
        clearTimeout(timer);
        reject(busErrors.BUS_LOGIN_REFUSED({ url: options.url, reason: reasonOf(error) }, error));
      });
    });
  } catch (error) {
    await client.endAsync(true);
    throw error;
  }
  return bus;
}
