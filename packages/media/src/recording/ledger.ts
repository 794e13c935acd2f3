import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { appendWhole } from './append-whole.ts';
import { endLine } from './end-line.ts';
import { type Interval, intersect, lengthOf, subtract, union } from './intervals.ts';
import { dayOf } from './segment-name.ts';

/** Why a camera was not recorded: the code of the error that ended the stream or the writing, or one of these. */
export type LossReason = string;
/** Nothing was running that could have said more: the machine was off, or the process was killed. */
export const notRunning = 'not-running';
/** The camera is being connected to for the first time. */
export const connecting = 'connecting';

type Line =
  /** From here on pictures are expected, until `off`. */
  | { readonly kind: 'on'; readonly at: number }
  | { readonly kind: 'off'; readonly at: number }
  | { readonly kind: 'recorded'; readonly from: number; readonly to: number }
  | { readonly kind: 'lost'; readonly from: number; readonly to: number; readonly reason: LossReason };

export interface LedgerLoss extends Interval {
  readonly reason: LossReason;
}

/** One hour of one camera. Seconds; `recorded` and `lost` add up to `expected`. */
export interface LedgerHour {
  /** Start of the hour, in milliseconds since 1970. */
  readonly hour: number;
  readonly expected: number;
  readonly recorded: number;
  readonly lost: number;
  readonly losses: readonly LedgerLoss[];
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Two segments follow each other without a seam; what is less than this is rounding of timestamps. */
const seamMs = 250;

/**
 * What was expected of a camera, what was recorded, and why not the rest. A line is appended for each segment and each
 * stretch of loss, so a killed process loses nothing that was said before; a day that is over is written together. What a
 * full disk does not take is kept in memory, counts all the same, and is written as soon as there is room.
 */
export class RecordingLedger {
  readonly #folder: string;
  #work: Promise<void> = Promise.resolve();
  #expectedSince: number | undefined;
  #day = '';
  /** In the order of what happened; usually empty. */
  #unwritten: { readonly day: string; line: Line }[] = [];
  #failure: Error | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<RecordingLedger> {
    await mkdir(folder, { recursive: true });
    const ledger = new RecordingLedger(folder);
    await ledger.#resume();
    return ledger;
  }

  /** An `on` without its `off` is a recording that was cut off: what follows is expected still. */
  async #resume(): Promise<void> {
    const [lastDay] = (await readdir(this.#folder))
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .slice(-1);
    if (lastDay) {
      this.#day = lastDay.slice(0, 10);
      await endLine(join(this.#folder, lastDay));
    }
    const lines = await this.#lines(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1);
    const last = lines.findLast(({ kind }) => kind === 'on' || kind === 'off');
    if (last?.kind === 'on') this.#expectedSince = last.at;
  }

  get expecting(): boolean {
    return this.#expectedSince !== undefined;
  }

  async expectFrom(at: number): Promise<void> {
    if (this.#expectedSince !== undefined) return;
    this.#expectedSince = at;
    await this.#append(at, { kind: 'on', at });
  }

  async expectUntil(at: number): Promise<void> {
    if (this.#expectedSince === undefined) return;
    this.#expectedSince = undefined;
    await this.#append(at, { kind: 'off', at });
  }

  recorded({ from, to }: Interval): Promise<void> {
    return this.#append(from, { kind: 'recorded', from, to });
  }

  lost({ from, to }: Interval, reason: LossReason): Promise<void> {
    return this.#append(from, { kind: 'lost', from, to, reason });
  }

  /** Why the last line could not be written; undefined when all are on disk. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  #append(at: number, line: Line): Promise<void> {
    this.#work = this.#work.then(() => this.#write(at, line));
    return this.#work;
  }

  async #write(at: number, line: Line): Promise<void> {
    const day = dayOf(at);
    const before = this.#day;
    // Each day says at its beginning whether pictures are expected, so that it can be read alone.
    if (day > before && this.#expectedSince !== undefined && line.kind !== 'on')
      this.#unwritten.push({ day, line: { kind: 'on', at: Math.max(this.#expectedSince, Date.parse(day)) } });
    // A beginning is of the day that it is, also when the clock was set back.
    if (day > before || line.kind === 'on') this.#day = day;
    this.#remember(day, line);
    try {
      await this.#writeAll();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = error as Error;
      return;
    }
    if (before && before < day) await this.#compact(before);
  }

  /** A disk that is full for days must not fill the memory: a loss that goes on is one line. */
  #remember(day: string, line: Line): void {
    const last = this.#unwritten.at(-1);
    if (last?.line.kind === 'lost' && line.kind === 'lost')
      if (last.day === day && last.line.reason === line.reason && last.line.to === line.from) {
        last.line = { ...last.line, to: line.to };
        return;
      }
    this.#unwritten.push({ day, line });
  }

  async #writeAll(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const { day } = this.#unwritten[0]!;
      const other = this.#unwritten.findIndex((one) => one.day !== day);
      const count = other === -1 ? this.#unwritten.length : other;
      const lines = this.#unwritten.slice(0, count).map(({ line }) => `${JSON.stringify(line)}\n`);
      await appendWhole(this.#path(day), lines.join(''));
      this.#unwritten.splice(0, count);
    }
  }

  readonly #path = (day: string): string => join(this.#folder, `${day}.jsonl`);

  /** Joins what touches; a day of a camera that ran well becomes a few lines. */
  async #compact(day: string): Promise<void> {
    const lines = await this.#read(day);
    const marks = lines.filter(({ kind }) => kind === 'on' || kind === 'off');
    const recorded = union(
      lines.filter((line) => line.kind === 'recorded'),
      seamMs,
    );
    const lost = lossesOf(lines);
    const kept: Line[] = [
      ...marks,
      ...recorded.map((interval) => ({ kind: 'recorded' as const, ...interval })),
      ...lost.map((loss) => ({ kind: 'lost' as const, ...loss })),
    ];
    const path = this.#path(day);
    try {
      await writeFile(`${path}.new`, kept.map((line) => `${JSON.stringify(line)}\n`).join(''), { flush: true });
      await rename(`${path}.new`, path);
    } catch {
      // The day says the same as before, in more lines.
      await rm(`${path}.new`, { force: true });
    }
  }

  async #read(day: string): Promise<Line[]> {
    const text = await readFile(this.#path(day), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return text.split('\n').flatMap((line) => parseLine(line));
  }

  async #lines(from: number, to: number, lastDays = Number.POSITIVE_INFINITY): Promise<Line[]> {
    const names = (await readdir(this.#folder)).filter((name) => name.endsWith('.jsonl')).sort();
    const days = names
      .map((name) => name.slice(0, 10))
      .filter((day) => {
        const start = Date.parse(day);
        return start < to && start + dayMs + hourMs > from;
      });
    return (await Promise.all(days.slice(-lastDays).map((day) => this.#read(day)))).flat();
  }

  /** The hours that touch the interval, oldest first; hours in which nothing was expected are left out. */
  async hours({ from, to }: Interval, now: number): Promise<LedgerHour[]> {
    await this.#work;
    const first = Math.floor(from / hourMs) * hourMs;
    const lines = [...(await this.#lines(first - dayMs, to)), ...this.#unwritten.map(({ line }) => line)];
    const expected = this.#expectedIn(lines, now);
    const recorded = union(
      lines.filter((line) => line.kind === 'recorded'),
      seamMs,
    );
    const losses = lossesOf(lines);
    const hours: LedgerHour[] = [];
    for (const hour of hoursOf(intersect(expected, [{ from: first, to }]))) {
      const one = { from: hour, to: hour + hourMs };
      hours.push(
        hourOf(
          hour,
          intersect(expected, [one]),
          intersect(recorded, [one]),
          losses.filter((loss) => loss.to > one.from && loss.from < one.to),
        ),
      );
    }
    return hours;
  }

  /** The part of the stretch that no line says was recorded. */
  async unsaid({ from, to }: Interval): Promise<Interval[]> {
    await this.#work;
    const lines = [...(await this.#lines(from - dayMs, to)), ...this.#unwritten.map(({ line }) => line)];
    return subtract([{ from, to }], union(lines.filter((line) => line.kind === 'recorded')));
  }

  /** Up to now, or to the last that is known of a recording that was cut off. */
  #expectedIn(lines: readonly Line[], now: number): Interval[] {
    const spans: Interval[] = [];
    let since: number | undefined;
    for (const line of lines) {
      if (line.kind === 'on') since ??= line.at;
      if (line.kind !== 'off') continue;
      if (since !== undefined) spans.push({ from: since, to: line.at });
      since = undefined;
    }
    const end = this.#expectedSince === undefined ? undefined : now;
    const open = since ?? this.#expectedSince;
    if (open !== undefined && end !== undefined) spans.push({ from: open, to: end });
    return union(spans);
  }
}

/** Starts of the hours that the stretches touch; those between are not walked through, a clock may have been years off. */
function hoursOf(stretches: readonly Interval[]): number[] {
  const hours = new Set<number>();
  for (const { from, to } of stretches)
    for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) hours.add(hour);
  return [...hours].sort((a, b) => a - b);
}

function hourOf(hour: number, expected: Interval[], recorded: Interval[], losses: readonly LedgerLoss[]): LedgerHour {
  const missing = subtract(expected, recorded);
  const known = losses.flatMap(({ reason, ...loss }) =>
    intersect(missing, [loss]).map((interval) => ({ ...interval, reason })),
  );
  const unknown = subtract(missing, union(known)).map((interval) => ({ ...interval, reason: notRunning }));
  const all = [...known, ...unknown].sort((a, b) => a.from - b.from);
  const seconds = (intervals: readonly Interval[]) => lengthOf(intervals) / 1000;
  return {
    hour,
    expected: seconds(expected),
    recorded: seconds(expected) - seconds(missing),
    lost: seconds(missing),
    losses: all,
  };
}

/** Joined by reason; where two reasons claim the same time, the one that was said first holds. */
function lossesOf(lines: readonly Line[]): LedgerLoss[] {
  const losses: LedgerLoss[] = [];
  for (const line of lines) {
    if (line.kind !== 'lost') continue;
    const fresh = subtract([{ from: line.from, to: line.to }], union(losses));
    losses.push(...fresh.map((interval) => ({ ...interval, reason: line.reason })));
  }
  const reasons = [...new Set(losses.map(({ reason }) => reason))];
  return reasons
    .flatMap((reason) =>
      union(
        losses.filter((loss) => loss.reason === reason),
        1,
      ).map((each) => ({ ...each, reason })),
    )
    .sort((a, b) => a.from - b.from);
}

/** A line that a crash cut off says nothing. */
function parseLine(text: string): Line[] {
  try {
    return text ? [JSON.parse(text) as Line] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
