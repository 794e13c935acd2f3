import type { Bus, BusHandler, BusMessage } from '@millwright/bus';

/** Whether an MQTT topic fits a filter (`+` one level, `#` the rest, including none). */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const levels = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (level !== '+' && level !== levels[index]) return false;
    if (index >= levels.length) return false;
  }
  return wanted.length === levels.length;
}

/** A bus in memory for tests of one connector; `send` resolves when every handler has, as an acknowledgement would. */
export class FakeBus implements Bus {
  readonly url = 'memory:';
  readonly published: { topic: string; payload: Uint8Array }[] = [];
  /** While set, subscribing fails, as with a broker that is away. */
  down = false;
  #handlers = new Map<BusHandler, string[]>();

  get subscriptions(): number {
    return [...this.#handlers.values()].flat().length;
  }

  async subscribe(filter: string, handler: BusHandler): Promise<() => Promise<void>> {
    if (this.down) throw new Error('connect ECONNREFUSED');
    this.#handlers.set(handler, [...(this.#handlers.get(handler) ?? []), filter]);
    return async () => {
      const rest = (this.#handlers.get(handler) ?? []).filter((one) => one !== filter);
      if (rest.length > 0) this.#handlers.set(handler, rest);
      else this.#handlers.delete(handler);
    };
  }

  async publish(topic: string, payload: Uint8Array | string): Promise<void> {
    this.published.push({ topic, payload: Buffer.from(payload) });
  }

  async send(topic: string, payload: Uint8Array | string, more: Partial<BusMessage> = {}): Promise<void> {
    const message: BusMessage = {
      topic,
      payload: Buffer.from(payload),
      clientId: 'test',
      retained: false,
      receivedAt: Date.now(),
      ...more,
    };
    const called = [...this.#handlers].filter(([, filters]) => filters.some((filter) => matches(filter, topic)));
    await Promise.all(called.map(([handler]) => handler(message)));
  }

  async close(): Promise<void> {
    this.#handlers.clear();
  }
}
