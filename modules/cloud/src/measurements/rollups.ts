import type { Database, Queryable } from '@millwright/db';
import type { Logger } from '@millwright/kernel';
import { hourOf } from './buckets.ts';
import type { PointState } from './point-cache.ts';
import { RollupAccumulator } from './rollup-accumulator.ts';
import { allPoints, type DirtyRange, RollupRepository } from './rollup-repository.ts';

const hourMs = 3_600_000;
const flushIntervalMs = 5_000;
/** Rows of one statement: small enough that a page waiting behind it does not notice. */
const mergeRows = 500;

/** Keeps hourly and daily rollups current. */
export class Rollups {
  #repository: RollupRepository;
  #db: Database;
  #logger: Logger;
  #accumulator = new RollupAccumulator();
  /** The stretch of time that is marked in the database as summed in memory. */
  #window: { from: number; to: number } | undefined;
  #hasDirty = false;
  #flushing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(db: Database, logger: Logger) {
    this.#repository = new RollupRepository(db);
    this.#db = db;
    this.#logger = logger;
  }

  /** Inside the transaction that stores readings: marks what a kill from now on would leave without rollups. */
  async markWindow(on: Queryable, from: number, to: number): Promise<void> {
    if (this.#window && from >= this.#window.from && to <= this.#window.to) return;
    const window = { from: hourOf(from, true), to: hourOf(to, false) + 2 * hourMs };
    await this.#repository.mark(on, [{ point: allPoints, ...window }]);
    this.#window = {
      from: Math.min(window.from, this.#window?.from ?? window.from),
      to: Math.max(window.to, this.#window?.to ?? window.to),
    };
  }

  async markDirty(on: Queryable, ranges: readonly DirtyRange[]): Promise<void> {
    await this.#repository.mark(on, ranges);
    if (ranges.length > 0) this.#hasDirty = true;
  }

  /** After the commit, for a reading newer than any before of its point. */
  add(point: PointState, time: number, value: number, quality: number): void {
    this.#accumulator.add(point, time, value, quality);
  }

  /** Writes what is summed and recomputes what is marked, so that a query that follows sees everything stored before. */
  async flush(): Promise<void> {
    if (this.#flushing) await this.#flushing;
    if (this.#accumulator.size === 0 && !this.#hasDirty) return;
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  /** After a kill: what the marks name is computed again. */
  async repair(): Promise<void> {
    const pending = await this.#repository.pending();
    const all = pending.find(({ point }) => point === allPoints);
    if (all) {
      const points = await this.#repository.pointsWithReadings(all.from, all.to);
      this.#logger.info(
        { points: points.length, from: new Date(all.from), to: new Date(all.to) },
        'recomputing rollups after an unclean stop',
      );
      for (const point of points) await this.#recompute({ point, from: all.from, to: all.to });
      await this.#repository.clear(this.#db, [allPoints]);
    }
    for (const range of pending) if (range.point !== allPoints) await this.#recompute(range);
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.flush().catch((error: unknown) =>
        this.#logger.error({ err: error }, 'rollups were not written; they will be tried again'),
      );
    }, flushIntervalMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    if (this.#window) await this.#repository.clear(this.#db, [allPoints]);
    this.#window = undefined;
  }

  async #flush(): Promise<void> {
    const buckets = this.#accumulator.take();
    try {
      for (let at = 0; at < buckets.length; at += mergeRows) {
        await this.#repository.merge(this.#db, buckets.slice(at, at + mergeRows));
      }
    } catch (error) {
      // What was taken may be half written; the readings are there, so their rollups are computed from them instead.
      const ranges = buckets.map(({ point, firstTime, lastTime }) => ({ point, from: firstTime, to: lastTime }));
      await this.markDirty(this.#db, ranges);
      throw error;
    }
    if (!this.#hasDirty) return;
    this.#hasDirty = false;
    for (const range of await this.#repository.pending()) if (range.point !== allPoints) await this.#recompute(range);
  }

  async #recompute(range: DirtyRange): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      await this.#repository.clear(transaction, [range.point]);
      await this.#repository.recompute(transaction, range);
    });
  }
}
