import type { WebSocket } from '@fastify/websocket';
import { type Actor, isMillwrightError } from '@millwright/kernel';
import { httpErrors } from './errors.ts';

type Authorize = (actor: Actor, topic: string) => Promise<void>;

interface Client {
  actor: Actor;
  /** Who this is now, or nobody any more. */
  readonly again: () => Promise<Actor | undefined>;
  readonly socket: WebSocket;
  readonly topics: Set<string>;
}

/** Bytes waiting in one client's socket above which it gets no more until it has read: a sleeping tablet must not fill the memory. */
const mostBuffered = 1_000_000;
/** Of one client; a page shows a few hundred values at most. */
const mostTopics = 5_000;
/** Sessions and tokens expire without anybody saying so. */
const recheckMs = 60_000;
/** Close code of whoever is signed out; RFC 6455 leaves 4000 and up to applications. */
const signedOut = 4401;

/**
 * Live values to browsers over one WebSocket each. A client sends `{"subscribe": ["point:ID", …]}` or
 * `{"unsubscribe": […]}` and gets `{"topic", "data"}`. Topics are `kind:rest`; each kind says who may listen.
 */
export class LiveHub {
  #kinds = new Map<string, Authorize>();
  #clients = new Set<Client>();
  #listeners = new Map<string, Set<Client>>();
  #timer: NodeJS.Timeout | undefined;

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

  /** @param again says who the client is later on: a connection must not outlive the session or token it was opened with. */
  connect(socket: WebSocket, actor: Actor, again: () => Promise<Actor | undefined>): void {
    const client: Client = { actor, again, socket, topics: new Set() };
    this.#clients.add(client);
    this.#timer ??= setInterval(() => this.recheck(), recheckMs).unref();
    socket.on('message', (raw: Buffer) => void this.#request(client, raw.toString()));
    socket.on('close', () => {
      this.#clients.delete(client);
      for (const topic of client.topics) this.#leave(client, topic);
    });
  }

  /** Ends the connections of those who are signed out by now, and what those with other rights may not hear any more. */
  recheck(): void {
    for (const client of this.#clients) void this.#recheck(client);
  }

  async #recheck(client: Client): Promise<void> {
    const actor = await client.again().catch((error: unknown) => {
      // The database being away says nothing about anybody's rights.
      return isMillwrightError(error) && error.status < 500 ? undefined : client.actor;
    });
    if (!actor) return client.socket.close(signedOut, 'signed out');
    if (JSON.stringify(actor) === JSON.stringify(client.actor)) return;
    client.actor = actor;
    for (const topic of client.topics) await this.#join(client, topic).catch(() => this.#leave(client, topic));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#clients) socket.close(1001, 'server stops');
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
    for (const topic of strings(request.subscribe)) {
      try {
        await this.#join(client, topic);
      } catch (error) {
        // What else went wrong is none of the client's business.
        const message = isMillwrightError(error) ? error.message : 'this topic cannot be listened to now';
        client.socket.send(JSON.stringify({ topic, error: message }));
      }
    }
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

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string').slice(0, 2000) : [];
