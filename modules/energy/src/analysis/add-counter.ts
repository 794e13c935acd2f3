import type { AmountCollector } from './amount-collector.ts';
import { type PointFacts, rhythmAt, type UsableSeries } from './series.ts';
import type { SeriesNote } from './series-note.ts';

/** How close to its end a register must have been for a drop to count as a rollover when nobody told its size. */
const rolloverShare = 0.9;
/** A rollover's increment may be up to this many times the fastest ordinary one; above it, the meter was exchanged. */
const plausibleFactor = 2;
/** A drop to below this share of the old reading is a new or reset meter; a smaller drop is a correction of the same one. */
const resetShare = 0.5;

/** One step of a register's last digit: 0.1 for 99999.9, 1 for 65535. */
function resolutionOf(maximum: number): number {
  const decimals = /\.(\d+)$/.exec(String(maximum))?.[1]?.length ?? 0;
  return 10 ** -decimals;
}

const isPowerOf = (value: number, base: number) => base ** Math.round(Math.log(value) / Math.log(base)) === value;

/** After how much a register reads zero again; see `PointFacts.registerMaximum`. */
export function registerModulus(maximum: number): number {
  if (isPowerOf(maximum, 10) || isPowerOf(maximum, 2)) return maximum;
  const resolution = resolutionOf(maximum);
  return Math.round(maximum / resolution + 1) * resolution;
}

interface Drop {
  readonly before: number;
  readonly after: number;
  readonly hours: number;
  readonly fastest: number;
}

/** The amount used across a drop if it is a rollover, else undefined. */
function rollover(drop: Drop, facts: PointFacts): { amount: number; modulus: number; inferred: boolean } | undefined {
  const inferred = facts.registerMaximum === undefined;
  const modulus =
    facts.registerMaximum === undefined
      ? 10 ** Math.ceil(Math.log10(Math.max(drop.before, 1)))
      : registerModulus(facts.registerMaximum);
  if (drop.after < 0 || drop.before > modulus) return undefined;
  if (inferred && drop.before < rolloverShare * modulus) return undefined;
  const amount = modulus - drop.before + drop.after;
  const limit = facts.maximumPerHour ?? plausibleFactor * drop.fastest;
  return amount / drop.hours <= limit ? { amount, modulus, inferred } : undefined;
}

/** Fastest rise per hour of any ordinary step; Infinity when there is none to learn from. */
function fastestRise({ time, value }: UsableSeries): number {
  let fastest = -1;
  for (let index = 1; index < time.length; index++) {
    const rise = value[index]! - value[index - 1]!;
    if (rise < 0) continue;
    const rate = (rise * 3_600_000) / (time[index]! - time[index - 1]!);
    if (rate > fastest) fastest = rate;
  }
  return fastest <= 0 ? Number.POSITIVE_INFINITY : fastest;
}

/**
 * Differences of a register, spread evenly over the time between its readings. A drop is a rollover when the register's
 * end lies between the readings at a believable rate; else the meter was exchanged, reset or corrected: counting starts
 * anew and the span stays unknown.
 */
export function addCounter(
  readings: UsableSeries,
  facts: PointFacts,
  factor: number,
  nominal: number,
  step: number,
  collector: AmountCollector,
): SeriesNote[] {
  const notes: SeriesNote[] = [];
  const { time, value, substituted } = readings;
  const fastest = fastestRise(readings);
  for (let index = 1; index < time.length; index++) {
    const from = time[index - 1]!;
    const to = time[index]!;
    const before = value[index - 1]!;
    const after = value[index]!;
    const hours = (to - from) / 3_600_000;
    let amount = after - before;
    if (amount < 0) {
      const rolled = rollover({ before, after, hours, fastest }, facts);
      if (rolled) {
        amount = rolled.amount;
        notes.push({ code: 'counter-rollover', at: to, modulus: rolled.modulus, inferred: rolled.inferred });
      } else {
        const code = after < resetShare * before ? 'meter-change' : 'counter-step-back';
        notes.push({ code, at: to, before, after });
        collector.addGap(from, to, false);
        continue;
      }
    } else if (facts.maximumPerHour !== undefined && amount / hours > facts.maximumPerHour) {
      notes.push({ code: 'meter-change', at: to, before, after });
      collector.addGap(from, to, false);
      continue;
    }
    collector.addAmount(from, to, amount * factor, {
      estimated: to - from > 1.1 * step,
      substituted: substituted[index] === 1 || substituted[index - 1] === 1,
    });
    if (to - from > 1.5 * rhythmAt(time, index, nominal)) collector.addGap(from, to, true);
  }
  return notes;
}
