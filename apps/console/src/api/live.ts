export interface LiveListener {
  readonly data: (data: unknown) => void;
  /** Called whenever the server begins to listen for us: what was published before that was not heard and has to be asked for. */
  readonly subscribed?: (() => void) | undefined;
}
export type LiveState = 'connecting' | 'live' | 'lost';

const firstRetryMs = 500;
const longestRetryMs = 15_000;
/** The server takes no more in one request. */
const mostInRequest = 2_000;

/**
 * One WebSocket for the whole console. Topics are counted, so two charts of one point share a subscription; after a
 * lost link it connects again and subscribes again by itself.
 */
export class LiveConnection {
  #url: string;
  #socket: WebSocket | undefined;
  #topics = new Map<string, Set<LiveListener>>();
  /** Topics to subscribe to at the end of this turn: a page of a hundred values makes one request, and hears once that all are heard. */
  #asked = new Set<string>();
  #state: LiveState = 'connecting';
  #stateListeners = new Set<() => void>();
  #retryMs = firstRetryMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  constructor(url: string) {
    this.#url = url;
  }

  get state(): LiveState {
    return this.#state;
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => void this.#stateListeners.delete(listener);
  }

  open(): void {
    this.#wanted = true;
    if (!this.#socket) this.#connect();
  }

  close(): void {
    this.#wanted = false;
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = undefined;
  }

  subscribe(topic: string, listener: LiveListener): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    if (listeners.size === 0) this.#ask(topic);
    this.#topics.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#topics.delete(topic);
      // What was not even sent need not be taken back.
      if (!this.#asked.delete(topic)) this.#send({ unsubscribe: [topic] });
    };
  }

  #ask(topic: string): void {
    if (this.#asked.size === 0) queueMicrotask(() => this.#sendAsked());
    this.#asked.add(topic);
  }

  #sendAsked(): void {
    const topics = [...this.#asked];
    this.#asked.clear();
    for (let at = 0; at < topics.length; at += mostInRequest)
      this.#send({ subscribe: topics.slice(at, at + mostInRequest) });
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = firstRetryMs;
      this.#setState('live');
      for (const topic of this.#topics.keys()) this.#asked.add(topic);
      this.#sendAsked();
    };
    socket.onmessage = (event) => this.#deliver(String(event.data));
    socket.onclose = () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      if (!this.#wanted) return;
      this.#setState('lost');
      this.#timer = setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
    };
  }

  #deliver(text: string): void {
    const message = JSON.parse(text) as { topic?: string; data?: unknown; subscribed?: string[] };
    if (message.subscribed) this.#tellSubscribed(message.subscribed);
    if (!message.topic || !('data' in message)) return;
    for (const listener of this.#topics.get(message.topic) ?? []) listener.data(message.data);
  }

  /** Once for each who wants to know, however many of its topics are heard now. */
  #tellSubscribed(topics: readonly string[]): void {
    const told = new Set(topics.flatMap((topic) => [...(this.#topics.get(topic) ?? [])].map((one) => one.subscribed)));
    for (const subscribed of told) subscribed?.();
  }

  #send(request: { subscribe?: string[]; unsubscribe?: string[] }): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
  }

  #setState(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}

const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/live`;
export const live = new LiveConnection(typeof location === 'undefined' ? '' : address());
