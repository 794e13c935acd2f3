import type { WebSocket } from '@fastify/websocket';
import { type Actor, isMillwrightError } from '@millwright/kernel';
import { httpErrors } from './errors.ts';
import type { OpenConnections } from './open-connections.ts';

type Authorize = (actor: Actor, topic: string) => Promise<void>;

interface Client {
  actor: Actor;
  readonly socket: WebSocket;
  readonly topics: Set<string>;
}

/** Bytes waiting in one client's socket above which it gets no more until it has read: a sleeping tablet must not fill the memory. */
const mostBuffered = 1_000_000;
/** Of one client; a page shows a few hundred values at most. */
const mostTopics = 5_000;

/**
 * Live values to browsers over one WebSocket each. A client sends `{"subscribe": ["point:ID", …]}` or
 * `{"unsubscribe": […]}` and gets `{"topic", "data"}`, after `{"subscribed": ["point:ID", …]}`: what happened before that
 * it has to ask for. Topics are `kind:rest`; each kind says who may listen.
 */
export class LiveHub {
  #kinds = new Map<string, Authorize>();
  #clients = new Set<Client>();
  #listeners = new Map<string, Set<Client>>();
  #connections: OpenConnections;

  constructor(connections: OpenConnections) {
    this.#connections = connections;
  }

  define(kind: string, authorize: Authorize): void {
    this.#kinds.set(kind, authorize);
  }

  /** Whether anyone listens, so that a busy source need not make what nobody reads. */
  hasListeners(topic: string): boolean {
    return this.#listeners.has(topic);
  }

  /** Whether anyone listens to any topic of a kind. */
  hasAny(kind: string): boolean {
    if (this.#listeners.size === 0) return false;
    for (const topic of this.#listeners.keys()) if (topic.startsWith(`${kind}:`)) return true;
    return false;
  }

  /** @param mayRead asked for each listener, where not all who may listen to the topic may see everything said on it. */
  publish(topic: string, data: unknown, mayRead: (actor: Actor) => boolean = () => true): void {
    const clients = this.#listeners.get(topic);
    if (!clients) return;
    const text = JSON.stringify({ topic, data });
    for (const { socket, actor } of clients)
      if (socket.bufferedAmount < mostBuffered && mayRead(actor)) socket.send(text);
  }

  /** @param now says who the client is later on: a connection must not outlive the session or token it was opened with. */
  connect(socket: WebSocket, actor: Actor, now: () => Promise<Actor | undefined>): void {
    const client: Client = { actor, socket, topics: new Set() };
    this.#clients.add(client);
    this.#connections.add({ socket, now, look: (found) => this.#look(client, found) });
    socket.on('message', (raw: Buffer) => void this.#request(client, raw.toString()));
    socket.on('close', () => {
      this.#clients.delete(client);
      for (const topic of client.topics) this.#leave(client, topic);
    });
  }

  /** Asks all open connections again who they are for: what they may be told may have changed. */
  recheck(): void {
    this.#connections.recheck();
  }

  /** Ends all open connections. */
  close(): void {
    this.#connections.close();
  }

  /** Whoever has other rights by now is not told any more what they do not give. */
  async #look(client: Client, actor: Actor): Promise<void> {
    if (JSON.stringify(actor) === JSON.stringify(client.actor)) return;
    client.actor = actor;
    for (const topic of client.topics) await this.#join(client, topic).catch(() => this.#leave(client, topic));
  }

  async #request(client: Client, text: string): Promise<void> {
    let request: { subscribe?: unknown; unsubscribe?: unknown };
    try {
      // Also `null` is JSON; what is no object asks for nothing.
      request = Object(JSON.parse(text)) as typeof request;
    } catch {
      client.socket.send(JSON.stringify({ error: 'not JSON' }));
      return;
    }
    for (const topic of strings(request.unsubscribe)) this.#leave(client, topic);
    const subscribed: string[] = [];
    for (const topic of strings(request.subscribe)) {
      try {
        await this.#join(client, topic);
        subscribed.push(topic);
      } catch (error) {
        // What else went wrong is none of the client's business.
        const message = isMillwrightError(error) ? error.message : 'this topic cannot be listened to now';
        client.socket.send(JSON.stringify({ topic, error: message }));
      }
    }
    if (subscribed.length > 0) client.socket.send(JSON.stringify({ subscribed }));
  }

  async #join(client: Client, topic: string): Promise<void> {
    const authorize = this.#kinds.get(topic.slice(0, topic.indexOf(':')));
    if (!authorize) throw httpErrors.LIVE_TOPIC_UNKNOWN({ topic });
    if (client.topics.size >= mostTopics && !client.topics.has(topic))
      throw httpErrors.LIVE_TOPICS_TOO_MANY({ most: mostTopics });
    await authorize(client.actor, topic);
    if (!this.#clients.has(client)) return; // Gone while it was being asked.
    client.topics.add(topic);
    const set = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, set.add(client));
  }

  #leave(client: Client, topic: string): void {
    client.topics.delete(topic);
    const set = this.#listeners.get(topic);
    set?.delete(client);
    if (set?.size === 0) this.#listeners.delete(topic);
  }
}

/** Of one request. */
const mostInRequest = 2_000;
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, mostInRequest) : [];
