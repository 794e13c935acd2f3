import { setTimeout as delay } from 'node:timers/promises';
import type { ServerUnderTest } from '../lib/server-under-test.ts';

const intervalMs = 200;

/** Asks like a person with a few pages open, and keeps how long each answer took. */
export class ApiSampler {
  readonly latencies: Record<string, number[]> = { health: [], tree: [], latest: [], trend: [] };
  #stopped = false;
  #done: Promise<void> | undefined;

  static async start(server: ServerUnderTest): Promise<ApiSampler> {
    const sampler = new ApiSampler();
    const { items } = await server.call<{ items: { id: string }[] }>('GET', '/api/cloud/points?limit=1000');
    const ids = items.map(({ id }) => id);
    const trend = () => {
      const now = Date.now();
      const period = new URLSearchParams({
        from: new Date(now - 3_600_000).toISOString(),
        to: new Date(now).toISOString(),
      });
      return server.timed('GET', `/api/cloud/points/${ids[Math.floor(Math.random() * ids.length)]}/trend?${period}`);
    };
    const calls: Record<string, () => Promise<number>> = {
      // Answered without the database: how long the server's own thread was busy.
      health: () => server.timed('GET', '/api/health'),
      tree: () => server.timed('GET', '/api/cloud/tree'),
      latest: () => server.timed('POST', '/api/cloud/latest', { pointIds: ids }),
      trend,
    };
    sampler.#done = sampler.#run(calls);
    return sampler;
  }

  /** Of all calls for a page together. */
  get all(): number[] {
    const { health: _, ...pages } = this.latencies;
    return Object.values(pages).flat();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #run(calls: Record<string, () => Promise<number>>): Promise<void> {
    // Every call is due at its time, however long the one before took: waiting for slow answers would hide them.
    const under = new Set<Promise<void>>();
    const names = Object.keys(calls);
    for (let due = performance.now(), turn = 0; !this.#stopped; due += intervalMs, turn += 1) {
      const name = names[turn % names.length]!;
      const one: Promise<void> = calls[name]!().then((took) => {
        this.latencies[name]!.push(took);
        under.delete(one);
      });
      under.add(one);
      await delay(Math.max(0, due + intervalMs - performance.now()));
    }
    await Promise.all(under);
  }
}
