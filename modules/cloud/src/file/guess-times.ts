import type { Note } from '@millwright/kernel';
import type { TimeMapping } from './file-mapping.ts';
import { type Guess, mostFrequent, percent } from './guess.ts';
import { guessNotes } from './guess-notes.ts';
import type { TimeFormatGuess } from './guess-time-format.ts';
import { compileTimeFormat } from './time-format.ts';
import { ZoneClock } from './zone-clock.ts';

const DAY = 86_400_000;

export interface TimeTexts {
  readonly columns: readonly number[];
  readonly format: string;
  readonly dayFirst: boolean;
  readonly confidence: number;
  readonly reason: Note;
  /** The text of each data row, as the reader will see it. */
  readonly texts: readonly string[];
  /** Header words that tell the end of an interval from its start. */
  readonly header: string;
  /** Minutes of the day that a matrix has as columns. */
  readonly minutes?: readonly number[];
}

export interface TimesGuess {
  readonly mapping: TimeMapping;
  readonly guesses: readonly Guess[];
  readonly warnings: readonly Note[];
  /** Wall-clock time of each row, NaN where it could not be read. */
  readonly walls: readonly number[];
}

const endWords = /\bend|ende\b|\bbis\b|until|\bto\b|结束|結束|截止/i;
const startWords = /start|begin|\bvon\b|\bfrom\b|开始|開始|起始/i;

/** Everything about time besides the format: order, interval, midnight, stamp, zone. `series` names each row's point. */
export function guessTimes(texts: TimeTexts, series: readonly string[], timezone: string | undefined): TimesGuess {
  const guesses: Guess[] = [];
  const warnings: Note[] = [];
  guesses.push({ what: 'time.columns', value: texts.columns, confidence: texts.confidence, reason: texts.reason });
  const { walls, late, absolute } = readWalls(texts);
  const interval = guessInterval(walls, series, texts, guesses);
  const order = guessOrder(walls, series, guesses);
  const midnight = texts.minutes === undefined && guessMidnight(walls, series, interval, order, guesses);
  const stamp = guessStamp(texts, walls, late, interval, midnight, guesses);
  const zone = guessZone(timezone, absolute, guesses);
  warnSkippedHours(walls, zone, absolute, stamp, warnings);
  const mapping = {
    columns: [...texts.columns],
    format: texts.format,
    timezone: zone,
    dayFirst: texts.dayFirst,
    stamp,
    ...(interval === undefined ? {} : { intervalSeconds: interval / 1000 }),
    midnightBelongsToPreviousDay: midnight,
    order,
  };
  return { mapping, guesses, warnings, walls };
}

function readWalls(texts: TimeTexts): { walls: number[]; late: boolean; absolute: boolean } {
  const reader = compileTimeFormat(texts.format);
  let late = false;
  let absolute = false;
  const walls = texts.texts.map((text) => {
    if (!reader.read(text, 0, text.length)) return Number.NaN;
    late ||= reader.hour24;
    absolute ||= reader.absolute;
    return reader.wall;
  });
  return { walls, late, absolute };
}

/** Steps from row to row within each point. */
function stepsOf(walls: readonly number[], series: readonly string[]): number[] {
  const last = new Map<string, number>();
  const steps: number[] = [];
  for (let row = 0; row < walls.length; row++) {
    const wall = walls[row]!;
    if (Number.isNaN(wall)) continue;
    const before = last.get(series[row] ?? '');
    if (before !== undefined) steps.push(wall - before);
    last.set(series[row] ?? '', wall);
  }
  return steps;
}

function guessInterval(
  walls: readonly number[],
  series: readonly string[],
  texts: TimeTexts,
  guesses: Guess[],
): number | undefined {
  const what = 'time.intervalSeconds';
  if (texts.minutes !== undefined) {
    const width =
      mostFrequent(texts.minutes.slice(1).map((minute, index) => minute - texts.minutes![index]!))?.value ?? 0;
    if (width <= 0) return undefined;
    guesses.push({
      what,
      value: width * 60,
      confidence: 0.95,
      reason: guessNotes['columns-apart']({ step: describe(width * 60_000) }),
    });
    return width * 60_000;
  }
  const steps = stepsOf(walls, series)
    .map(Math.abs)
    .filter((step) => step > 0);
  const mode = mostFrequent(steps);
  // Rows in no order, or readings sent on change: the most frequent step of many says nothing, and would be believed.
  if (mode === undefined || mode.share < 0.5) return undefined;
  const reason = guessNotes.interval({ share: percent(mode.share), step: describe(mode.value) });
  guesses.push({ what, value: mode.value / 1000, confidence: mode.share, reason });
  return mode.value;
}

function describe(milliseconds: number): Note {
  const seconds = milliseconds / 1000;
  if (seconds % 86_400 === 0) return guessNotes.days({ count: seconds / 86_400 });
  if (seconds % 60 === 0) return guessNotes.minutes({ count: seconds / 60 });
  return guessNotes.seconds({ count: seconds });
}

function guessOrder(walls: readonly number[], series: readonly string[], guesses: Guess[]): TimeMapping['order'] {
  const steps = stepsOf(walls, series).filter((step) => step !== 0);
  const back = steps.filter((step) => step < 0).length;
  const value = back > steps.length / 2 ? 'descending' : 'ascending';
  const share = steps.length === 0 ? 0.5 : Math.max(back, steps.length - back) / steps.length;
  const reason =
    steps.length === 0
      ? guessNotes['too-few-rows']()
      : guessNotes[value === 'ascending' ? 'forward' : 'back']({ share: percent(share) });
  guesses.push({ what: 'time.order', value, confidence: share, reason });
  return value;
}

/** Rows at 00:00 that follow the last reading of the *same* day are the end of that day. */
function guessMidnight(
  walls: readonly number[],
  series: readonly string[],
  interval: number | undefined,
  order: TimeMapping['order'],
  guesses: Guess[],
): boolean {
  if (interval === undefined || interval >= DAY || DAY % interval !== 0) return false;
  const last = new Map<string, number>();
  let asEnd = 0;
  let asBeginning = 0;
  for (let row = 0; row < walls.length; row++) {
    const wall = walls[row]!;
    if (Number.isNaN(wall)) continue;
    const name = series[row] ?? '';
    const before = last.get(name);
    last.set(name, wall);
    if (before === undefined) continue;
    // In a descending file the odd row comes first, and the next one is the evening of the same day.
    const [early, atMidnight] = order === 'ascending' ? [before, wall] : [wall, before];
    if (atMidnight % DAY !== 0) continue;
    if (early === atMidnight + DAY - interval) asEnd++;
    else if (early === atMidnight - interval) asBeginning++;
  }
  if (asEnd === 0) return false;
  const value = asEnd > asBeginning;
  const reason = value
    ? guessNotes['midnight-at-end']({ count: asEnd, step: describe(interval) })
    : guessNotes['midnight-at-start']({ count: asEnd, others: asBeginning });
  guesses.push({ what: 'time.midnightBelongsToPreviousDay', value, confidence: asEnd / (asEnd + asBeginning), reason });
  return value;
}

function guessStamp(
  texts: TimeTexts,
  walls: readonly number[],
  late: boolean,
  interval: number | undefined,
  midnight: boolean,
  guesses: Guess[],
): 'start' | 'end' {
  const what = 'time.stamp';
  const say = (value: 'start' | 'end', confidence: number, reason: Note) => {
    guesses.push({ what, value, confidence, reason });
    return value;
  };
  if (midnight) return say('end', 0.95, guessNotes['stamp-midnight']());
  if (late) return say('end', 0.9, guessNotes['stamp-24']());
  if (texts.minutes !== undefined) {
    const value = texts.minutes[0] === 0 ? 'start' : 'end';
    return say(value, 0.9, guessNotes[value === 'start' ? 'stamp-first-column-start' : 'stamp-first-column-end']());
  }
  if (endWords.test(texts.header)) return say('end', 0.9, guessNotes['stamp-header']({ header: texts.header }));
  if (startWords.test(texts.header)) return say('start', 0.9, guessNotes['stamp-header']({ header: texts.header }));
  const readable = walls.filter((wall) => !Number.isNaN(wall));
  const first = readable.reduce((least, wall) => Math.min(least, wall), Number.POSITIVE_INFINITY) % DAY;
  if (interval !== undefined && interval < DAY && DAY % interval === 0) {
    if (first === interval) return say('end', 0.7, guessNotes['stamp-first-end']());
    if (first === 0) return say('start', 0.7, guessNotes['stamp-first-start']());
  }
  return say('start', 0.4, guessNotes['stamp-assumed']());
}

function guessZone(timezone: string | undefined, absolute: boolean, guesses: Guess[]): string {
  const what = 'time.timezone';
  if (absolute) {
    const reason = guessNotes['zone-not-needed']();
    guesses.push({ what, value: timezone ?? 'UTC', confidence: 0.99, reason });
  } else if (timezone !== undefined)
    guesses.push({ what, value: timezone, confidence: 0.9, reason: guessNotes['zone-given']() });
  else
    guesses.push({
      what,
      value: 'UTC',
      confidence: 0.2,
      reason: guessNotes['zone-assumed'](),
    });
  return timezone ?? 'UTC';
}

function warnSkippedHours(
  walls: readonly number[],
  timezone: string,
  absolute: boolean,
  stamp: 'start' | 'end',
  warnings: Note[],
): void {
  const clock = new ZoneClock(timezone);
  if (absolute) return;
  const hand = { wall: Number.NaN, utc: Number.NaN };
  const rows = { order: 'ascending', stamp, intervalMs: 0 } as const;
  const skipped = walls.filter((wall) => !Number.isNaN(wall) && Number.isNaN(clock.toUtc(wall, hand, rows)));
  if (skipped.length === 0) return;
  const shown = new Date(skipped[0]!).toISOString().slice(0, 16).replace('T', ' ');
  warnings.push(guessNotes['skipped-hours']({ count: skipped.length, example: shown, timezone }));
}

/** How a column's format was found, as the reason of `time.columns`. */
export function explainFormat(guess: TimeFormatGuess, header: string): Note {
  return guessNotes['column-format']({ header, why: guess.reason });
}
