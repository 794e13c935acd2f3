/** Names and payloads of in-process events; packages and modules add theirs by declaration merging, `noun-verb`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging.
export interface EventMap {}

export type EventListener<K extends keyof EventMap> = (payload: EventMap[K]) => void;

/** Typed, synchronous, in-process events. A listener that throws is reported and does not stop the others. */
export class Events {
  #listeners = new Map<keyof EventMap, Set<(payload: never) => void>>();
  #report: (error: unknown, name: string) => void;

  constructor(report: (error: unknown, name: string) => void) {
    this.#report = report;
  }

  /** Listens until the returned function is called. */
  on<K extends keyof EventMap>(name: K, listener: EventListener<K>): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    set.add(listener as (payload: never) => void);
    return () => set.delete(listener as (payload: never) => void);
  }

  emit<K extends keyof EventMap>(name: K, payload: EventMap[K]): void {
    for (const listener of this.#listeners.get(name) ?? []) {
      try {
        (listener as EventListener<K>)(payload);
      } catch (error) {
        this.#report(error, String(name));
      }
    }
  }
}
