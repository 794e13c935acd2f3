import type { Database, Queryable } from '@millwright/db';
import type { Logger } from '@millwright/kernel';
import { LocalDays } from './buckets.ts';
import { Lane } from './lane.ts';
import type { PointState } from './point-cache.ts';
import { RollupAccumulator } from './rollup-accumulator.ts';
import { allPoints, type DirtyRange, RollupRepository } from './rollup-repository.ts';

const minuteMs = 60_000;
const flushIntervalMs = 5_000;
/** Points of one statement: small enough that a page waiting behind it does not notice. */
const mergePoints = 250;
const recomputePoints = 50;

/** Keeps hourly and daily rollups current. */
export class Rollups {
  /**
   * What stores readings runs in this lane, one transaction after the other, and so does computing buckets again: else
   * a reading could be counted twice, once by reading it back and once as a sum on its way.
   */
  readonly commits = new Lane();
  #repository: RollupRepository;
  #db: Database;
  #logger: Logger;
  #accumulator = new RollupAccumulator();
  /** Writes to rollups, one at a time. Always entered after `commits`, never before it. */
  #writes = new Lane();
  /** Number of the mark in the database, from 0 downwards, that names what is summed in memory now. */
  #generation = allPoints;
  /** The stretch of time that this mark covers. */
  #window: { from: number; to: number } | undefined;
  /** Older marks whose sums are not all written. */
  #unwritten: number[] = [];
  #hasDirty = false;
  /** A flush has taken up what is marked and is not through with it. */
  #isRecomputing = false;
  #failed: DirtyRange[] = [];
  #flushing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #zones = new Map<string, LocalDays>();

  constructor(db: Database, logger: Logger) {
    this.#repository = new RollupRepository(db);
    this.#db = db;
    this.#logger = logger;
  }

  /** Whether the mark covers this stretch already. */
  isMarked(from: number, to: number): boolean {
    return this.#window !== undefined && from >= this.#window.from && to <= this.#window.to;
  }

  /**
   * Inside the transaction that stores readings: marks what a kill from now on would leave without rollups. Call what
   * it returns after the commit.
   */
  async markWindow(on: Queryable, from: number, to: number): Promise<() => void> {
    if (this.isMarked(from, to)) return () => undefined;
    const before = this.#window;
    const ahead = Math.ceil(to / minuteMs) * minuteMs + minuteMs;
    await this.#repository.mark(on, [{ point: this.#generation, from, to: ahead }]);
    return () => {
      this.#window = { from: Math.min(from, before?.from ?? from), to: Math.max(ahead, before?.to ?? ahead) };
    };
  }

  async markDirty(on: Queryable, ranges: readonly DirtyRange[]): Promise<void> {
    if (ranges.length === 0) return;
    await this.#repository.mark(on, ranges);
    this.#hasDirty = true;
  }

  /** What a failed commit may have stored all the same is computed again from the readings, whatever became of it. */
  doubt(ranges: readonly DirtyRange[]): void {
    this.#failed.push(...ranges);
  }

  /** After the commit, for a reading newer than any before of its point. */
  add(point: PointState, time: number, value: number, quality: number): void {
    this.#accumulator.add(point, time, value, quality);
  }

  /**
   * Brings the rollups of these points, or of all, up to date, so that a query that follows sees everything stored
   * before. A page asks for the points it shows: thousands of others need not be written before it can be drawn.
   */
  async flush(points?: readonly number[]): Promise<void> {
    if (points) return this.#flushSome(points);
    while (this.#flushing) await this.#flushing;
    if (this.#accumulator.isEmpty && !this.#window && !this.#hasDirty && this.#failed.length === 0) return;
    this.#flushing = this.#flush().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  /** After a kill: what the marks name is computed again. */
  async repair(): Promise<void> {
    const pending = await this.#repository.pending();
    const marks = pending.filter(({ point }) => point <= allPoints);
    for (const { from, to } of marks) {
      const points = await this.#repository.pointsWithReadings(from, to);
      this.#logger.info(
        { points: points.length, from: new Date(from), to: new Date(to) },
        'recomputing rollups after an unclean stop',
      );
      await this.#recompute(points.map((point) => ({ point, from, to })));
    }
    const single = pending.filter(({ point }) => point > allPoints);
    if (single.length > 0) this.#logger.info({ points: single.length }, 'recomputing rollups of marked points');
    await this.#recompute(single);
    if (marks.length > 0) {
      await this.#repository.clear(
        this.#db,
        marks.map(({ point }) => point),
      );
    }
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
  }

  async #flush(): Promise<void> {
    // Between two transactions everything committed is in the sums, and everything after gets a mark of its own.
    const points = await this.commits.run(async () => {
      if (this.#window) {
        this.#unwritten.push(this.#generation);
        this.#generation -= 1;
        this.#window = undefined;
      }
      return this.#accumulator.rotate();
    });
    const finished = this.#unwritten.slice();
    for (let at = 0; at < points.length; at += mergePoints) {
      const some = points.slice(at, at + mergePoints);
      try {
        await this.#writes.run(() => this.#merge(some));
      } catch (error) {
        this.#accumulator.putBack(points.slice(at + mergePoints));
        throw error;
      }
    }
    if (this.#hasDirty || this.#failed.length > 0) {
      const failed = this.#failed.splice(0);
      this.#hasDirty = false;
      this.#isRecomputing = true;
      try {
        const marked = (await this.#repository.pending()).filter(({ point }) => point > allPoints);
        await this.#recompute([...marked, ...failed]);
      } catch (error) {
        this.#failed.push(...failed);
        this.#hasDirty = true;
        throw error;
      } finally {
        this.#isRecomputing = false;
      }
    }
    if (finished.length === 0) return;
    await this.#repository.clear(this.#db, finished);
    this.#unwritten = this.#unwritten.filter((mark) => !finished.includes(mark));
  }

  async #flushSome(points: readonly number[]): Promise<void> {
    await this.#writes.run(() => this.#merge(points));
    // What a flush is still computing stands marked in the database: who asks for it must not read the sums from before.
    if (!this.#hasDirty && !this.#isRecomputing && this.#failed.length === 0) return;
    const wanted = new Set(points);
    const marked = (await this.#repository.pending()).filter(({ point }) => wanted.has(point));
    await this.#recompute([...marked, ...this.#failed.filter(({ point }) => wanted.has(point))]);
  }

  async #merge(points: readonly number[]): Promise<void> {
    const buckets = this.#accumulator.take(points);
    if (buckets.length === 0) return;
    try {
      await this.#repository.merge(this.#db, buckets);
    } catch (error) {
      // Whether it was written is unknown; the readings are there, so their rollups are computed from them instead.
      this.#failed.push(...buckets.map(({ point, bucket, end }) => ({ point, from: bucket, to: end })));
      throw error;
    }
  }

  async #recompute(given: readonly DirtyRange[]): Promise<void> {
    const ranges = onePerPoint(given);
    for (let at = 0; at < ranges.length; at += recomputePoints) {
      const some = ranges.slice(at, at + recomputePoints);
      const points = some.map(({ point }) => point);
      await this.commits.run(() =>
        this.#writes.run(async () => {
          // Sums on their way are part of what is read back; written first, they are replaced by it.
          await this.#merge(points);
          await this.#db.transaction(async (transaction) => {
            // A late reading may have been stored since the marks were looked at; its mark goes with its bucket computed.
            const marked = await this.#repository.takeMarks(transaction, points);
            const all = onePerPoint([...some, ...marked]);
            await this.#repository.recompute(transaction, all, (zone) => this.#wholeHours(zone));
          });
        }),
      );
    }
  }

  #wholeHours(zone: string): boolean {
    const days = this.#zones.get(zone) ?? new LocalDays(zone);
    this.#zones.set(zone, days);
    return days.wholeHours;
  }
}

function onePerPoint(ranges: readonly DirtyRange[]): DirtyRange[] {
  const joined = new Map<number, DirtyRange>();
  for (const range of ranges) {
    const other = joined.get(range.point) ?? range;
    const [from, to] = [Math.min(other.from, range.from), Math.max(other.to, range.to)];
    joined.set(range.point, { point: range.point, from, to });
  }
  return [...joined.values()];
}
