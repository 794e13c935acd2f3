import type { WebSocket } from '@fastify/websocket';
import type { Actor } from '@millwright/kernel';

type Authorize = (actor: Actor, topic: string) => Promise<void>;

interface Client {
  readonly actor: Actor;
  readonly socket: WebSocket;
  readonly topics: Set<string>;
}

/** Bytes waiting in one client's socket above which it gets no more until it has read: a sleeping tablet must not fill the memory. */
const mostBuffered = 1_000_000;

/**
 * Live values to browsers over one WebSocket each. A client sends `{"subscribe": ["point:ID", …]}` or
 * `{"unsubscribe": […]}` and gets `{"topic", "data"}`. Topics are `kind:rest`; each kind says who may listen.
 */
export class LiveHub {
  #kinds = new Map<string, Authorize>();
  #clients = new Set<Client>();
  #listeners = new Map<string, Set<Client>>();

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

  connect(socket: WebSocket, actor: Actor): void {
    const client: Client = { actor, socket, topics: new Set() };
    this.#clients.add(client);
    socket.on('message', (raw: Buffer) => void this.#request(client, raw.toString()));
    socket.on('close', () => {
      this.#clients.delete(client);
      for (const topic of client.topics) this.#leave(client, topic);
    });
  }

  close(): void {
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
        client.socket.send(JSON.stringify({ topic, error: (error as Error).message }));
      }
    }
  }

  async #join(client: Client, topic: string): Promise<void> {
    const authorize = this.#kinds.get(topic.slice(0, topic.indexOf(':')));
    if (!authorize) throw new Error(`no live topic is called ${topic}`);
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
