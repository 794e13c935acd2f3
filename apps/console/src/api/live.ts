type Listener = (data: unknown) => void;
export type LiveState = 'connecting' | 'live' | 'lost';

const firstRetryMs = 500;
const longestRetryMs = 15_000;

/**
 * One WebSocket for the whole console. Topics are counted, so two charts of one point share a subscription; after a
 * lost link it connects again and subscribes again by itself.
 */
export class LiveConnection {
  #url: string;
  #socket: WebSocket | undefined;
  #topics = new Map<string, Set<Listener>>();
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

  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    if (listeners.size === 0) this.#send({ subscribe: [topic] });
    this.#topics.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#topics.delete(topic);
      this.#send({ unsubscribe: [topic] });
    };
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.onopen = () => {
      this.#retryMs = firstRetryMs;
      this.#setState('live');
      if (this.#topics.size > 0) this.#send({ subscribe: [...this.#topics.keys()] });
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
    const message = JSON.parse(text) as { topic?: string; data?: unknown };
    if (!message.topic || !('data' in message)) return;
    for (const listener of this.#topics.get(message.topic) ?? []) listener(message.data);
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
