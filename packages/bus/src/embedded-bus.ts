import { createServer, type Server, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger } from '@millwright/kernel';
import { Aedes, type AuthenticateError, type Client, type PublishPacket } from 'aedes';
import type { BrokerAccess, BrokerClient, Bus, BusHandler, BusMessage } from './bus.ts';
import { ClientConnection } from './client-connection.ts';
import { busErrors } from './errors.ts';
import { callHandlers, HandlerTable } from './handler-table.ts';
import { IntakeGate, type WaitingLimit } from './intake-gate.ts';
import { limitOfflineQueues, type OutgoingStore } from './offline-limit.ts';
import { OrderedLane } from './ordered-lane.ts';
import { isTopicFilter, isTopicName } from './topic-filter.ts';

/** Something a client tried and may not do. */
export interface BrokerDenial {
  readonly action: 'connect' | 'publish' | 'subscribe' | 'will';
  readonly clientId: string;
  readonly username: string | undefined;
  /** Topic or topic filter; undefined for a refused connection. */
  readonly topic: string | undefined;
}

export interface EmbeddedBusOptions {
  readonly kind: 'embedded';
  readonly host: string;
  /** 0 takes any free port; `port` of the bus says which. */
  readonly port: number;
  readonly access: BrokerAccess;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Told of every refusal, so that it can be written down where an administrator sees it. */
  readonly onDenied?: (denial: BrokerDenial) => void;
  /** How much may wait for handlers before the broker stops reading; see `defaultWaitingLimit`. */
  readonly waitingLimit?: Partial<WaitingLimit>;
  /** Largest MQTT packet taken from a client; a longer one ends its connection. 16 MiB unless said otherwise. */
  readonly maximumPacketBytes?: number;
}

/** The broker in this process. */
export interface EmbeddedBus extends Bus {
  readonly port: number;
  /** Messages and bytes that handlers have not settled yet. */
  readonly waiting: WaitingLimit;
  /** Client ids that are connected now. */
  clients(): string[];
  /** Ends a client's connection, for instance because its password was withdrawn. False when it was not connected. */
  disconnect(clientId: string): Promise<boolean>;
}

/** aedes is told of a message that was taken over here by this topic; nobody can read or write it. */
const takenTopic = '$millwright/taken';

/** A subscriber that leaves this much unread is cut off: it would otherwise hold the memory, then everybody's messages. */
const unreadLimit = 16 * 1024 * 1024;

/** Wills and the server's own messages have no sender who would send them again, so they are tried again here. */
const retryDelaysMs = [100, 500, 2_000, 5_000];

interface Session {
  readonly rights: BrokerClient;
  readonly username: string | undefined;
  readonly connection: ClientConnection;
  readonly lane: OrderedLane;
  acknowledgements: Buffer[];
}

/** A large Sparkplug birth has a few MB; pictures and files belong into the file store, not on the bus. */
const defaultMaximumPacketBytes = 16 * 1024 * 1024;

/** aedes' documented interface to what it keeps; its types leave it out. */
interface Store extends OutgoingStore {
  createRetainedStreamCombi(filters: string[]): Readable;
}

const storeOf = (broker: Aedes) => (broker as unknown as { persistence: Store }).persistence;

const silence = () => undefined;

class AedesBus implements EmbeddedBus {
  readonly url: string;
  readonly port: number;
  #broker: Aedes;
  #server: Server;
  #options: EmbeddedBusOptions;
  #handlers = new HandlerTable();
  #gate: IntakeGate;
  #sessions = new WeakMap<Client, Session>();
  #wills = new WeakMap<Client, PublishPacket>();
  #connected = new Map<string, Client>();
  /** Whose a client id is, while it is connected or a session is kept for it. */
  #owners = new Map<string, string | undefined>();
  #connections = new Set<ClientConnection>();
  #closing: Promise<void> | undefined;
  #stopped = new AbortController();

  constructor(broker: Aedes, server: Server, options: EmbeddedBusOptions) {
    this.#broker = broker;
    this.#server = server;
    this.#options = options;
    this.#gate = new IntakeGate(options.waitingLimit);
    const address = server.address();
    this.port = typeof address === 'object' && address ? address.port : options.port;
    const reachable = options.host === '0.0.0.0' ? '127.0.0.1' : options.host === '::' ? '::1' : options.host;
    this.url = `mqtt://${reachable.includes(':') ? `[${reachable}]` : reachable}:${this.port}`;
    this.#hook();
    server.on('connection', (socket) => this.#accept(socket));
  }

  get waiting(): WaitingLimit {
    return { messages: this.#gate.messages, bytes: this.#gate.bytes };
  }

  clients(): string[] {
    return [...this.#connected.keys()];
  }

  async disconnect(clientId: string): Promise<boolean> {
    const client = this.#connected.get(clientId);
    if (!client) return false;
    await new Promise<void>((resolve) => client.close(resolve));
    return true;
  }

  async subscribe(filter: string, handler: BusHandler): Promise<() => Promise<void>> {
    if (this.#closing) throw busErrors.BUS_CLOSED({});
    if (!isTopicFilter(filter)) throw busErrors.BUS_FILTER_INVALID({ filter });
    const remove = this.#handlers.add(filter, handler);
    await this.#deliverRetained(filter, handler);
    return async () => remove();
  }

  async publish(
    topic: string,
    payload: Uint8Array | string,
    options: { qos?: 0 | 1; retain?: boolean } = {},
  ): Promise<void> {
    if (this.#closing) throw busErrors.BUS_CLOSED({});
    if (!isTopicName(topic)) throw busErrors.BUS_TOPIC_INVALID({ topic });
    const bytes = Buffer.from(payload);
    const packet: PublishPacket = {
      cmd: 'publish',
      topic,
      payload: bytes,
      qos: options.qos ?? 0,
      retain: options.retain ?? false,
      dup: false,
    };
    // Not awaited, as an outside broker does not wait for subscribers either: a handler that publishes to a topic of
    // its own batch would wait for itself.
    void this.#deliverOwn(this.#handlers.match(topic), this.#message(packet, undefined), packet.qos > 0);
    await this.#forward(packet);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const client of this.#connected.values()) this.#sessions.get(client)?.connection.hold();
    this.#stopped.abort();
    await this.#gate.idle();
    // Acknowledgements are written once per turn of the event loop; let the last ones out.
    await delay(0);
    await new Promise<void>((resolve) => this.#broker.close(() => resolve()));
    for (const connection of this.#connections) connection.destroy();
    await ended;
  }

  #accept(socket: Socket): void {
    if (this.#closing) {
      socket.destroy();
      return;
    }
    const connection = new ClientConnection(socket, this.#options.maximumPacketBytes ?? defaultMaximumPacketBytes);
    this.#connections.add(connection);
    connection.once('close', () => this.#connections.delete(connection));
    this.#broker.handle(connection);
  }

  #hook(): void {
    const broker = this.#broker;
    const { logger } = this.#options;
    broker.preConnect = (client, packet, done) => {
      if (packet.will) this.#wills.set(client, packet.will as PublishPacket);
      done(null, true);
    };
    broker.authenticate = (client, username, password, done) => {
      this.#authenticate(client, username, password?.toString()).then(
        () => done(null, true),
        (error: AuthenticateError) => done(error, false),
      );
    };
    broker.authorizeSubscribe = (client, subscription, done) => {
      const session = this.#sessions.get(client);
      if (session?.rights.maySubscribe(subscription.topic)) return done(null, subscription);
      this.#deny('subscribe', client.id, session?.username, subscription.topic);
      done(null, null);
    };
    broker.authorizePublish = (client, packet, done) => {
      if (client && this.#wills.get(client) === packet) this.#takeWill(client, packet, done);
      else if (client) this.#take(client, packet, done);
      else done(null);
    };
    broker.authorizeForward = (client, packet) => {
      if (packet.topic === takenTopic) return null;
      if (client.conn.writableLength < unreadLimit) return packet;
      logger.warn({ clientId: client.id }, 'mqtt subscriber does not read; disconnected');
      client.close();
      return null;
    };
    limitOfflineQueues(storeOf(broker), (clientId) =>
      logger.warn({ clientId }, 'too much waits for an absent mqtt client; newer messages to it are dropped'),
    );
    broker.on('client', (client) => {
      this.#connected.set(client.id, client);
      this.#owners.set(client.id, this.#sessions.get(client)?.username);
    });
    broker.on('clientDisconnect', (client) => {
      if (this.#connected.get(client.id) !== client) return;
      this.#connected.delete(client.id);
      if (client.clean) this.#owners.delete(client.id);
    });
    broker.on('clientError', (client, error) =>
      logger.debug({ clientId: client.id, error: error.message }, 'mqtt client error'),
    );
    broker.on('connectionError', (_client, error) => logger.debug({ error: error.message }, 'mqtt connection error'));
    (broker as NodeJS.EventEmitter).on('error', (error: Error) => logger.error({ error }, 'mqtt broker error'));
  }

  async #authenticate(client: Client, username: string | undefined, password: string | undefined): Promise<void> {
    const refuse = (message: string, returnCode: number) => Object.assign(new Error(message), { returnCode });
    let rights: BrokerClient | null;
    try {
      rights = await this.#options.access.authenticate(client.id, username, password);
    } catch (error) {
      this.#options.logger.error({ error, clientId: client.id }, 'mqtt login could not be checked');
      throw refuse('server unavailable', 3);
    }
    if (!rights || rights.revoked?.aborted) {
      this.#deny('connect', client.id, username, undefined);
      throw refuse('bad user name or password', 4);
    }
    // Else one client could throw another out by its id, and read what is kept for it.
    if (this.#owners.has(client.id) && this.#owners.get(client.id) !== username) {
      this.#deny('connect', client.id, username, undefined);
      throw refuse('identifier rejected', 2);
    }
    const will = this.#wills.get(client);
    if (will && !rights.mayPublish(will.topic)) {
      this.#deny('will', client.id, username, will.topic);
      throw refuse('not authorized', 5);
    }
    // What `#accept` gave to aedes comes back as the client's stream.
    const connection = client.conn as ClientConnection;
    const end = () => client.close();
    rights.revoked?.addEventListener('abort', end, { once: true });
    connection.once('close', () => rights.revoked?.removeEventListener('abort', end));
    this.#sessions.set(client, {
      ...{ rights, username, connection },
      lane: new OrderedLane((error) => {
        this.#options.logger.warn({ error, clientId: client.id }, 'message not taken; the client is to send it again');
        client.close();
      }),
      acknowledgements: [],
    });
  }

  /**
   * A message from a client. aedes itself would acknowledge first and publish then, one read of the socket at a time.
   * So a QoS 1 message is taken out of its hands: aedes goes on reading at once, the handlers work, and afterwards the
   * message is acknowledged and forwarded here.
   */
  #take(client: Client, packet: PublishPacket, done: (error?: Error | null) => void): void {
    // Without an answer aedes keeps the message and neither acknowledges nor forwards it.
    if (this.#closing) return;
    const session = this.#sessions.get(client);
    if (!session?.rights.mayPublish(packet.topic)) {
      this.#deny('publish', client.id, session?.username, packet.topic);
      done(new Error(`${client.id} may not publish to ${packet.topic}`));
      return;
    }
    const handlers = this.#handlers.match(packet.topic);
    const size = packet.payload.length;
    this.#gate.take(size);
    if (this.#gate.full) {
      session.connection.hold();
      this.#gate.whenOpen(() => {
        if (!this.#closing) session.connection.release();
      });
    }
    const give = () => this.#gate.give(size);
    const work = callHandlers(handlers, this.#message(packet, client.id));
    if (packet.qos === 2) {
      work
        .then(
          () => done(null),
          (error: Error) => done(error),
        )
        .finally(give);
      return;
    }
    const taken: PublishPacket = { ...packet };
    session.lane.add(packet.qos === 1 ? work : work.catch((error: unknown) => this.#lost(taken.topic, error)), {
      release: () => {
        if (taken.qos === 1) this.#acknowledge(session, taken.messageId!);
        this.#forward(taken).then(give, give);
      },
      abandon: give,
    });
    packet.topic = takenTopic;
    packet.payload = Buffer.alloc(0);
    packet.qos = 0;
    packet.retain = false;
    done(null);
  }

  #acknowledge(session: Session, messageId: number): void {
    session.acknowledgements.push(Buffer.from([0x40, 2, messageId >> 8, messageId & 0xff]));
    if (session.acknowledgements.length > 1) return;
    // One write for all the messages that one commit has settled.
    setImmediate(() => {
      const bytes = Buffer.concat(session.acknowledgements);
      session.acknowledgements = [];
      if (session.connection.writable) session.connection.write(bytes);
    });
  }

  #takeWill(client: Client, packet: PublishPacket, done: (error?: Error | null) => void): void {
    // The server's own stop says nothing about the client.
    if (this.#closing) {
      done(new Error('closing'));
      return;
    }
    const session = this.#sessions.get(client);
    if (!session?.rights.mayPublish(packet.topic)) {
      this.#deny('will', client.id, session?.username, packet.topic);
      done(new Error('not authorized'));
      return;
    }
    void this.#deliverOwn(this.#handlers.match(packet.topic), this.#message(packet, client.id), true);
    done(null);
  }

  async #deliverOwn(handlers: readonly BusHandler[], message: BusMessage, again: boolean): Promise<void> {
    if (handlers.length === 0) return;
    this.#gate.take(message.payload.length);
    try {
      for (let attempt = 0; ; attempt++) {
        try {
          return await callHandlers(handlers, message);
        } catch (error) {
          const wait = again && !this.#stopped.signal.aborted ? retryDelaysMs[attempt] : undefined;
          if (wait === undefined) return this.#lost(message.topic, error);
          await delay(wait, undefined, { signal: this.#stopped.signal }).catch(silence);
        }
      }
    } finally {
      this.#gate.give(message.payload.length);
    }
  }

  async #deliverRetained(filter: string, handler: BusHandler): Promise<void> {
    for await (const packet of storeOf(this.#broker).createRetainedStreamCombi([filter])) {
      const message = this.#message(packet as PublishPacket, undefined, true);
      await this.#deliverOwn([handler], message, true);
    }
  }

  async #forward(packet: PublishPacket): Promise<void> {
    // A payload is a window on a whole read of the socket, which a retained one would keep alive for ever.
    const payload = packet.retain ? Buffer.from(packet.payload) : packet.payload;
    await new Promise<void>((resolve, reject) =>
      this.#broker.publish({ ...packet, payload, dup: false }, (error) => (error ? reject(error) : resolve())),
    );
  }

  #message(packet: PublishPacket, clientId: string | undefined, retained = false): BusMessage {
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    return { topic: packet.topic, payload, clientId, retained, receivedAt: this.#options.clock.now().getTime() };
  }

  #deny(action: BrokerDenial['action'], clientId: string, username: string | undefined, topic: string | undefined) {
    const denial = { action, clientId, username, topic };
    this.#options.logger.warn(denial, 'mqtt access denied');
    this.#options.onDenied?.(denial);
  }

  #lost(topic: string, error: unknown): void {
    this.#options.logger.error({ topic, error }, 'message given up: its handler failed and nobody will send it again');
  }
}

/** Starts the broker and resolves once it listens. Throws BUS_LISTEN_FAILED when the port cannot be had. */
export async function openEmbeddedBus(options: EmbeddedBusOptions): Promise<EmbeddedBus> {
  const server = createServer({ noDelay: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        busErrors.BUS_LISTEN_FAILED(
          { host: options.host, port: options.port, reason: error.code ?? error.message },
          error,
        ),
      ),
    );
    server.listen(options.port, options.host, resolve);
  });
  const broker = await Aedes.createBroker({
    // No limit: with one, a subscriber that does not read would hold up everybody; see unreadLimit instead.
    concurrency: 0,
    // A client may send right behind its CONNECT, while its password is still being checked.
    queueLimit: 10_000,
  });
  return new AedesBus(broker, server, options);
}
