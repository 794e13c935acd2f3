import type { Database, Queryable } from '@millwright/db';
import type { Clock, Config, Logger } from '@millwright/kernel';
import type { DeliveryReceipt, Rejection } from '../connectors/connector.ts';
import { type DeliveryCounts, DeliveryRepository, deliveryValues, noDelivery } from '../delivery/repository.ts';
import { Quality } from '../quality.ts';
import { insertNewStatement, type MeasurementColumns, MeasurementRepository } from './measurement-repository.ts';
import { noteGoodReading, PointCache, type PointState } from './point-cache.ts';
import type { DirtyRange } from './rollup-repository.ts';
import { Rollups } from './rollups.ts';
import { storeNotes } from './store-notes.ts';

/** Readings of one source, as columns. */
export interface IncomingBatch {
  readonly sourceId: string;
  /** Point keys; keep the same array object between batches and looking them up costs nothing. */
  readonly keys: readonly string[];
  readonly keyIndex: Int32Array;
  /** Milliseconds since 1970, UTC. */
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: Int16Array;
  /** Stored values sent later, and files: not counted as late or early. */
  readonly historical: boolean;
  /** Rows in the file the readings came from, for rejections. */
  readonly row?: Int32Array;
  readonly importId?: string;
}

/** One batch on its way to the database. */
interface Waiting {
  readonly batch: IncomingBatch;
  readonly accepted: MeasurementColumns;
  readonly points: readonly (PointState | undefined)[];
  /** For each accepted reading, its index in the batch. */
  readonly origin: Int32Array;
  readonly rejections: Rejection[];
  readonly resolve: (receipt: StoreReceipt) => void;
  readonly reject: (error: unknown) => void;
}

/** What became of one reading. */
export const Outcome = { stored: 0, duplicate: 1, rejected: 2 } as const;

export interface StoreReceipt extends DeliveryReceipt {
  /** By index of the batch, an `Outcome`; left out when everything was stored. */
  readonly outcome?: Uint8Array;
  /** Why each rejected reading was; left out when none was. */
  readonly rejections?: readonly Rejection[];
}

export interface StoredEvent {
  readonly point: PointState;
  readonly time: number;
  readonly value: number;
  readonly quality: number;
}

/** What one commit stored: numbers of points and times, lent for the call. Readings sent twice may be among them. */
export type StoredColumns = Pick<MeasurementColumns, 'point' | 'time'>;

const hourMs = 3_600_000;
/** Rows of one transaction. Larger ones store a little faster; smaller ones let a page's query in sooner (about 40 ms a time). */
const mostRows = 4_000;
/** A reading is summed by its distance to the two before it. */
const readingsAfterDoubt = 2;
/** Payloads kept per batch; the counts are always complete. */
const mostRejectionsKept = 1_000;

/**
 * Stores readings: checks them, writes many senders' batches in one transaction, counts every reading in the delivery
 * ledger, keeps rollups current. A receipt comes after the commit.
 */
export class MeasurementStore {
  readonly cache: PointCache;
  readonly rollups: Rollups;
  readonly repository: MeasurementRepository;
  readonly delivery: DeliveryRepository;
  #db: Database;
  #clock: Clock;
  #config: Config;
  #waiting: Waiting[] = [];
  #pumping = false;
  #onStored: ((stored: readonly StoredEvent[]) => void) | undefined;
  #followers: ((stored: StoredColumns) => void)[] = [];
  #onReceipt: ((receipt: DeliveryReceipt) => void) | undefined;
  #wantsStored: (() => boolean) | undefined;
  /** Sources whose last batch held readings stored before, e.g. a gateway that sends its memory again. */
  #repeating = new Set<string>();
  #groups = 0;
  #batches = 0;
  #lookups = new WeakMap<readonly string[], { version: number; points: (PointState | undefined)[] }>();

  constructor(parts: { db: Database; clock: Clock; config: Config; logger: Logger }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#config = parts.config;
    this.cache = new PointCache(parts.db);
    this.rollups = new Rollups(parts.db, parts.logger);
    this.repository = new MeasurementRepository(parts.db);
    this.delivery = new DeliveryRepository(parts.db);
  }

  /** Tells of the newest value of each point after a commit, while `wanted` says that somebody looks. */
  onStored(wanted: () => boolean, listener: (stored: readonly StoredEvent[]) => void): void {
    this.#wantsStored = wanted;
    this.#onStored = listener;
  }

  /** Tells of all that was stored, after its commit: for who reads it again to judge it. The listener must be quick. */
  follow(listener: (stored: StoredColumns) => void): void {
    this.#followers.push(listener);
  }

  /** Told of every receipt, for counting. */
  onReceipt(listener: (receipt: DeliveryReceipt) => void): void {
    this.#onReceipt = listener;
  }

  /** Resolves after the commit. Rejects when the database does, and then nothing of the batch is stored. */
  async write(batch: IncomingBatch): Promise<StoreReceipt> {
    const points = await this.#lookup(batch);
    const receipt = await new Promise<StoreReceipt>((resolve, reject) => {
      this.#waiting.push({ batch, points, ...this.#check(batch, points), resolve, reject });
      if (!this.#pumping) void this.#pump();
    });
    this.#onReceipt?.(receipt);
    return receipt;
  }

  /** Counts and keeps what could not even be read as a reading. */
  async reject(sourceId: string, rejections: readonly Rejection[], importId?: string): Promise<void> {
    const now = this.#clock.now();
    await this.#db.transaction(async (transaction) => {
      await this.delivery.reject(transaction, sourceId, now, rejections.slice(0, mostRejectionsKept), importId ?? null);
      const counts = { ...noDelivery(), received: rejections.length, rejected: rejections.length };
      await this.delivery.add(transaction, [
        { ...counts, sourceId, hour: Math.floor(now.getTime() / hourMs) * hourMs },
      ]);
    });
    this.#onReceipt?.({ stored: 0, duplicate: 0, rejected: rejections.length });
  }

  /** Waits until everything handed in is stored and the rollups say so. */
  async settle(): Promise<void> {
    while (this.#pumping) await new Promise((resolve) => setTimeout(resolve, 5));
    await this.rollups.flush();
  }

  async #lookup(batch: IncomingBatch): Promise<readonly (PointState | undefined)[]> {
    const known = this.#lookups.get(batch.keys);
    if (known?.version === this.cache.version && known.points.length === batch.keys.length) return known.points;
    const { version } = this.cache;
    const states = await this.cache.source(batch.sourceId);
    const points = batch.keys.map((key) => states.get(key));
    this.#lookups.set(batch.keys, { version, points });
    return points;
  }

  #check(
    batch: IncomingBatch,
    points: readonly (PointState | undefined)[],
  ): Pick<Waiting, 'accepted' | 'origin' | 'rejections'> {
    const { length } = batch.time;
    const now = this.#clock.now().getTime();
    const latest = now + this.#config.futureToleranceMinutes * 60_000;
    const point = new Int32Array(length);
    let good = 0;
    while (good < length && isAcceptable(batch, good, points, now, latest)) {
      point[good] = points[batch.keyIndex[good]!]!.number;
      good += 1;
    }
    const { time, value, quality } = batch;
    // Nearly always: the columns are taken as they came.
    if (good === length) return { accepted: { point, time, value, quality }, origin: upTo(length), rejections: [] };
    const accepted = { point, time: time.slice(), value: value.slice(), quality: quality.slice() };
    const origin = upTo(length).slice();
    const rejections: Rejection[] = [];
    let count = good;
    for (let index = good; index < length; index += 1) {
      if (!isAcceptable(batch, index, points, now, latest)) {
        rejections.push(rejectionOf(batch, index, points[batch.keyIndex[index]!], now, latest));
        continue;
      }
      accepted.point[count] = points[batch.keyIndex[index]!]!.number;
      accepted.time[count] = time[index]!;
      accepted.value[count] = value[index]!;
      accepted.quality[count] = quality[index]!;
      origin[count] = index;
      count += 1;
    }
    return {
      accepted: {
        point: accepted.point.subarray(0, count),
        time: accepted.time.subarray(0, count),
        value: accepted.value.subarray(0, count),
        quality: accepted.quality.subarray(0, count),
      },
      origin: origin.subarray(0, count),
      rejections,
    };
  }

  async #pump(): Promise<void> {
    this.#pumping = true;
    try {
      while (this.#waiting.length > 0) await this.#writeNext();
    } finally {
      this.#pumping = false;
    }
  }

  async #writeNext(): Promise<void> {
    const group: Waiting[] = [];
    let rows = 0;
    while (this.#waiting.length > 0) {
      const { accepted, batch } = this.#waiting[0]!;
      if (group.length > 0 && (rows + accepted.time.length > mostRows || this.#repeating.has(batch.sourceId))) break;
      group.push(this.#waiting.shift()!);
      rows += accepted.time.length;
      if (this.#repeating.has(batch.sourceId)) break;
    }
    await this.rollups.commits.run(() => this.#commit(group, rows));
  }

  async #commit(group: readonly Waiting[], rows: number): Promise<void> {
    if (!this.#repeating.has(group[0]!.batch.sourceId)) {
      try {
        await this.#commitNew(group, rows);
        return;
      } catch (error) {
        // One sender's trouble must not cost the others theirs: each gets a transaction of its own.
        if (group.length === 1 && !isUniqueViolation(error)) return this.#refuse(group[0]!, error);
        if (!isUniqueViolation(error)) for (const one of group) this.#doubt(one);
      }
    }
    for (const one of group) await this.#commitCareful(one).catch((error: unknown) => this.#refuse(one, error));
  }

  #refuse(waiting: Waiting, error: unknown): void {
    this.#doubt(waiting);
    waiting.reject(error);
  }

  /**
   * A database that went away in the middle of a commit may have stored it: the readings, sent again, are duplicates then,
   * and nobody would ever sum them. Nor does the cache know them, which a register's next rise and a rhythm count from.
   */
  #doubt(waiting: Waiting): void {
    for (const point of waiting.points) if (point) point.doubtful = readingsAfterDoubt;
    this.rollups.doubt(rangesOf(waiting, () => true));
  }

  /** Stores a group in one transaction. Rejects, with nothing stored, when a reading of it is there already. */
  async #commitNew(group: readonly Waiting[], rows: number): Promise<void> {
    const columns = group.length === 1 ? group[0]!.accepted : joined(group, rows);
    const hours: HourCounts = new Map();
    const ranges: DirtyRange[] = [];
    const window = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
    this.#groups += 1;
    const marks = group.map((waiting) => {
      const { mark, isDisorderly } = this.#count(waiting, hours, window, undefined);
      if (isDisorderly) ranges.push(...rangesOf(waiting, ({ disorder }) => disorder === mark));
      return mark;
    });
    const isPlain = ranges.length === 0 && group.every(({ rejections }) => rejections.length === 0);
    if (rows > 0 && isPlain && this.rollups.isMarked(window.from, window.to)) {
      // One statement is a transaction of its own: a page's query waits for one round trip to the database and not four.
      const together = insertNewStatement(columns, deliveryValues);
      await this.delivery.add(this.#db, [...hours.values()], together);
    } else {
      const marked = await this.#db.transaction(async (transaction) => {
        if (rows > 0) await this.repository.insertNew(transaction, columns);
        for (const waiting of group) await this.#keepRejections(transaction, waiting, waiting.rejections);
        await this.delivery.add(transaction, [...hours.values()]);
        await this.rollups.markDirty(transaction, ranges);
        return rows > 0 ? this.rollups.markWindow(transaction, window.from, window.to) : undefined;
      });
      marked?.();
    }
    group.forEach((waiting, index) => {
      this.#advance(waiting, marks[index]);
      const rejected = waiting.rejections.length;
      const told = rejected > 0 && { outcome: outcomeOf(waiting, undefined), rejections: waiting.rejections };
      waiting.resolve({ stored: waiting.accepted.time.length, duplicate: 0, rejected, ...told });
    });
    this.#tell(group);
  }

  /** Stores one batch of which some readings are there already: the same value is a duplicate, another one a conflict. */
  async #commitCareful(waiting: Waiting): Promise<void> {
    const { accepted, batch, origin } = waiting;
    const known = new Uint8Array(accepted.time.length);
    const hours: HourCounts = new Map();
    const rejections = [...waiting.rejections];
    await this.#db.transaction(async (transaction) => {
      for (const { index, stored } of await this.repository.known(transaction, accepted)) {
        const same = stored === accepted.value[index];
        known[index] = same ? Outcome.duplicate : Outcome.rejected;
        if (!same) rejections.push(conflict(batch, origin[index]!, stored));
      }
      this.#repeats(waiting, known, rejections);
      await this.repository.insert(transaction, accepted);
      this.#groups += 1;
      this.#count(waiting, hours, { from: 0, to: 0 }, known);
      await this.delivery.add(transaction, [...hours.values()]);
      await this.#keepRejections(transaction, waiting, rejections);
      await this.rollups.markDirty(
        transaction,
        rangesOf(waiting, (_point, index) => known[index] === Outcome.stored),
      );
    });
    this.#advance(waiting, undefined, known);
    const count = (what: number) => known.reduce((sum, flag) => sum + (flag === what ? 1 : 0), 0);
    if (count(Outcome.stored) < known.length) this.#repeating.add(batch.sourceId);
    else this.#repeating.delete(batch.sourceId);
    waiting.resolve({
      stored: count(Outcome.stored),
      duplicate: count(Outcome.duplicate),
      rejected: rejections.length,
      outcome: outcomeOf(waiting, known),
      ...(rejections.length > 0 && { rejections }),
    });
    this.#tell([waiting]);
  }

  /** The same point and time twice in one batch: the first is stored, as it would be had they come apart. */
  #repeats({ accepted, batch, origin }: Waiting, known: Uint8Array, rejections: Rejection[]): void {
    const seen = new Map<string, number>();
    for (let index = 0; index < known.length; index += 1) {
      if (known[index] !== Outcome.stored) continue;
      const key = `${accepted.point[index]} ${accepted.time[index]}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else if (accepted.value[first] === accepted.value[index]) known[index] = Outcome.duplicate;
      else {
        known[index] = Outcome.rejected;
        rejections.push(conflict(batch, origin[index]!, accepted.value[first]!));
      }
    }
  }

  async #keepRejections(transaction: Queryable, { batch }: Waiting, rejections: readonly Rejection[]): Promise<void> {
    const kept = rejections.slice(0, mostRejectionsKept);
    await this.delivery.reject(transaction, batch.sourceId, this.#clock.now(), kept, batch.importId ?? null);
  }

  /** Adds a batch to the counters by hour, and marks the points whose readings did not come in order with `mark`. */
  #count(
    waiting: Waiting,
    hours: HourCounts,
    window: { from: number; to: number },
    known: Uint8Array | undefined,
  ): { mark: number; isDisorderly: boolean } {
    const { batch, accepted, points, origin } = waiting;
    const now = this.#clock.now().getTime();
    const lateBefore = now - this.#config.lateAfterMinutes * 60_000;
    const group = this.#groups;
    this.#batches += 1;
    const mark = this.#batches;
    let isDisorderly = false;
    let hour = Number.NaN;
    let counts = noDelivery();
    const at = (start: number) => {
      const key = `${batch.sourceId} ${start}`;
      let entry = hours.get(key);
      if (!entry) {
        entry = { ...noDelivery(), sourceId: batch.sourceId, hour: start };
        hours.set(key, entry);
      }
      return entry;
    };
    for (let index = 0; index < accepted.time.length; index += 1) {
      const time = accepted.time[index]!;
      if (!(time >= hour && time < hour + hourMs)) {
        hour = Math.floor(time / hourMs) * hourMs;
        counts = at(hour);
      }
      counts.received += 1;
      const flag = known?.[index] ?? Outcome.stored;
      if (flag === Outcome.duplicate) counts.duplicate += 1;
      else if (flag === Outcome.rejected) counts.rejected += 1;
      else counts.stored += 1;
      if (batch.historical) counts.historical += 1;
      else if (time < lateBefore) counts.late += 1;
      else if (time > now) counts.early += 1;
      const point = points[batch.keyIndex[origin[index]!]!]!;
      if (point.group !== group) {
        point.group = group;
        point.groupTime = point.lastTime;
      }
      if (time > point.groupTime) point.groupTime = time;
      else if (flag === Outcome.stored) {
        counts.outOfOrder += 1;
        point.disorder = mark;
        isDisorderly = true;
      }
      if (point.doubtful > 0 && flag === Outcome.stored) {
        point.doubtful -= 1;
        point.disorder = mark;
        isDisorderly = true;
      }
      if (time < window.from) window.from = time;
      if (time > window.to) window.to = time;
    }
    for (const { time } of waiting.rejections) {
      const entry = at(
        Math.floor((time !== undefined && time >= 0 && time <= now + 864e5 ? time : now) / hourMs) * hourMs,
      );
      entry.received += 1;
      entry.rejected += 1;
    }
    return { mark, isDisorderly };
  }

  /** After the commit: sums the points that came in order (without `mark` none), and moves each point's newest reading on. */
  #advance({ accepted, batch, points, origin }: Waiting, mark: number | undefined, known?: Uint8Array): void {
    for (let index = 0; index < accepted.time.length; index += 1) {
      const point = points[batch.keyIndex[origin[index]!]!]!;
      const time = accepted.time[index]!;
      const value = accepted.value[index]!;
      const quality = accepted.quality[index]!;
      if (mark !== undefined && point.disorder !== mark) this.rollups.add(point, time, value, quality);
      if (time > point.lastTime) point.lastTime = time;
      if (quality !== Quality.bad && (known?.[index] ?? Outcome.stored) === Outcome.stored)
        noteGoodReading(point, time, value);
    }
  }

  #tell(group: readonly Waiting[]): void {
    for (const listener of this.#followers) for (const { accepted } of group) listener(accepted);
    if (!this.#onStored || !this.#wantsStored?.()) return;
    const newest = new Map<number, StoredEvent>();
    for (const { accepted, batch, points, origin } of group) {
      for (let index = 0; index < accepted.time.length; index += 1) {
        const point = points[batch.keyIndex[origin[index]!]!]!;
        const time = accepted.time[index]!;
        if (time < point.lastTime) continue;
        newest.set(point.number, { point, time, value: accepted.value[index]!, quality: accepted.quality[index]! });
      }
    }
    this.#onStored([...newest.values()]);
  }
}

/** False for what the database must not hold; `rejectionOf` says why. */
function isAcceptable(
  { keyIndex, time, value }: IncomingBatch,
  index: number,
  points: readonly (PointState | undefined)[],
  now: number,
  latest: number,
): boolean {
  const point = points[keyIndex[index]!];
  if (point === undefined) return false;
  const at = time[index]!;
  const what = value[index]!;
  return at >= 0 && at <= latest && at >= now - point.keptMs && what >= point.minimum && what <= point.maximum;
}

let numbers = Int32Array.from({ length: 4096 }, (_, index) => index);
const shorter = new Map<number, Int32Array>();

/** 0, 1, 2, … of this length; shared, so not to be written to. */
function upTo(length: number): Int32Array {
  if (length > numbers.length) {
    numbers = Int32Array.from({ length: length * 2 }, (_, index) => index);
    shorter.clear();
  }
  let found = shorter.get(length);
  if (!found) {
    if (shorter.size > 1000) shorter.clear();
    found = numbers.subarray(0, length);
    shorter.set(length, found);
  }
  return found;
}

const isUniqueViolation = (error: unknown): boolean => (error as { code?: string }).code === '23505';

type HourCounts = Map<string, DeliveryCounts & { sourceId: string; hour: number }>;

function joined(group: readonly Waiting[], rows: number): MeasurementColumns {
  const all = {
    point: new Int32Array(rows),
    time: new Float64Array(rows),
    value: new Float64Array(rows),
    quality: new Int16Array(rows),
  };
  let at = 0;
  for (const { accepted } of group) {
    all.point.set(accepted.point, at);
    all.time.set(accepted.time, at);
    all.value.set(accepted.value, at);
    all.quality.set(accepted.quality, at);
    at += accepted.time.length;
  }
  return all;
}

/** First and last time by point, of the readings that `wanted` says. */
function rangesOf(
  { accepted, batch, points, origin }: Waiting,
  wanted: (point: PointState, index: number) => boolean,
): DirtyRange[] {
  const ranges = new Map<number, { point: number; from: number; to: number }>();
  for (let index = 0; index < accepted.time.length; index += 1) {
    const point = points[batch.keyIndex[origin[index]!]!]!;
    if (!wanted(point, index)) continue;
    const at = accepted.time[index]!;
    const range = ranges.get(point.number);
    if (!range) ranges.set(point.number, { point: point.number, from: at, to: at });
    else {
      if (at < range.from) range.from = at;
      if (at > range.to) range.to = at;
    }
  }
  return [...ranges.values()];
}

function outcomeOf({ batch, origin }: Waiting, known: Uint8Array | undefined): Uint8Array {
  const outcome = new Uint8Array(batch.time.length).fill(Outcome.rejected);
  for (let index = 0; index < origin.length; index += 1) outcome[origin[index]!] = known?.[index] ?? Outcome.stored;
  return outcome;
}

const conflict = (batch: IncomingBatch, index: number, stored: number): Rejection => ({
  ...place(batch, index),
  code: 'conflict',
  reason: storeNotes.conflict({ value: batch.value[index]!, stored }),
  raw: String(batch.value[index]),
});

const place = (batch: IncomingBatch, index: number): Pick<Rejection, 'key' | 'time' | 'row'> => ({
  key: batch.keys[batch.keyIndex[index]!],
  time: batch.time[index],
  row: batch.row?.[index],
});

function rejectionOf(
  batch: IncomingBatch,
  index: number,
  point: PointState | undefined,
  now: number,
  latest: number,
): Rejection {
  const value = batch.value[index]!;
  const time = batch.time[index]!;
  const base = { ...place(batch, index), raw: String(value) };
  if (!point) return { ...base, code: 'unknown-point', reason: storeNotes['unknown-point']({ key: base.key ?? '' }) };
  if (!Number.isFinite(value))
    return { ...base, code: 'not-a-number', reason: storeNotes['no-number']({ value: String(value) }) };
  if (!(time >= 0)) return { ...base, code: 'before-1970', reason: storeNotes['before-1970']() };
  if (time > latest) {
    return {
      ...base,
      code: 'in-the-future',
      reason: storeNotes['in-the-future']({ time: { time: new Date(time).toISOString() } }),
    };
  }
  if (time < now - point.keptMs) {
    const days = point.keptMs / 86_400_000;
    return { ...base, code: 'past-retention', reason: storeNotes['past-retention']({ days }) };
  }
  if (value < 0 && point.kind !== 'gauge' && point.minimum === 0) {
    return {
      ...base,
      code: 'negative-consumption',
      reason: storeNotes['negative-consumption']({ value }),
    };
  }
  const { minimum, maximum } = point;
  return { ...base, code: 'out-of-range', reason: storeNotes['out-of-range']({ value, minimum, maximum }) };
}
