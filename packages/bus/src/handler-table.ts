import type { BusHandler, BusMessage } from './bus.ts';
import { matchesTopicFilter } from './topic-filter.ts';

/** A plant has thousands of topics, not millions; beyond this the remembered matches are thrown away and made anew. */
const rememberedTopics = 10_000;

interface Entry {
  readonly filter: string;
  readonly handler: BusHandler;
}

/** The handlers in this process by topic filter. */
export class HandlerTable {
  #entries: Entry[] = [];
  #byTopic = new Map<string, readonly BusHandler[]>();

  /** Adds a handler until the returned function is called. */
  add(filter: string, handler: BusHandler): () => void {
    const entry = { filter, handler };
    this.#entries.push(entry);
    this.#byTopic.clear();
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#byTopic.clear();
    };
  }

  hasFilter(filter: string): boolean {
    return this.#entries.some((entry) => entry.filter === filter);
  }

  match(topic: string): readonly BusHandler[] {
    const known = this.#byTopic.get(topic);
    if (known) return known;
    const handlers = this.#entries
      .filter((entry) => matchesTopicFilter(entry.filter, topic))
      .map((entry) => entry.handler);
    if (this.#byTopic.size >= rememberedTopics) this.#byTopic.clear();
    this.#byTopic.set(topic, handlers);
    return handlers;
  }
}

/** Calls every handler at once; settles after all have settled, and rejects if one did. */
export async function callHandlers(handlers: readonly BusHandler[], message: BusMessage): Promise<void> {
  // The calls happen before the first await, so handlers see messages in the order of arrival.
  const results = await Promise.allSettled(handlers.map(async (handler) => handler(message)));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
