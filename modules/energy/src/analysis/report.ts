import type { Note } from '@millwright/kernel';
import { energyNotes } from '../notes.ts';
import { type BaseLoadMethod, baseLoad } from './base-load.ts';
import { consumption } from './consumption.ts';
import { type DayProfile, dayProfile } from './day-profile.ts';
import { demandProfile } from './demand-profile.ts';
import type { IntervalMinutes, Period } from './grid.ts';
import { type AmountOptions, type IntervalAmounts, toIntervalAmounts } from './interval-amounts.ts';
import { loadFactor } from './load-factor.ts';
import { peak } from './peak.ts';
import { type PowerFactor, powerFactor } from './power-factor.ts';
import { nominalInterval, type PointFacts, type QualityCounts, type Series } from './series.ts';
import type { SeriesNote } from './series-note.ts';
import type { SiteClock } from './site-clock.ts';

export interface MeteredSeries {
  readonly series: Series;
  readonly facts: PointFacts;
}

export interface ReportInput
  extends MeteredSeries,
    Period,
    Pick<AmountOptions, 'unit' | 'convert' | 'gaugeMethod' | 'maximumGapMinutes'> {
  /** IANA name of the site's zone. */
  readonly timezone: string;
  /** Left out: the readings' own distance if that is 15, 30 or 60 minutes, else 15 below and 60 above. */
  readonly intervalMinutes?: IntervalMinutes;
  /** electricity, natural-gas, steam, water, compressed-air, ...; only repeated in the report. */
  readonly carrier?: string;
  readonly baseLoadMethod?: BaseLoadMethod;
  /** Reactive energy of the same meter, for the power factor. */
  readonly lagging?: MeteredSeries;
  readonly leading?: MeteredSeries;
}

export interface ReportPeak {
  /** Null when the carrier is not measured in an energy unit; see `value` and `unit` then. */
  readonly kW: number | null;
  /** Stamp of the interval as the meter records it (its end, or its start for start-stamped deltas), ISO 8601 with offset. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly value: number;
  readonly unit: string;
  /** True when readings coarser than the interval were spread over it. */
  readonly estimated: boolean;
}

/** A note, and where in the period it applies, where it has a place: ISO 8601 with offset. */
export type ReportNote = Note & { readonly at?: string };

/** What `millwright energy report` prints. Plain JSON: times as ISO 8601 with the site's offset, nothing rounded. */
export interface EnergyReport {
  readonly carrier: string | null;
  readonly from: string;
  readonly to: string;
  readonly timezone: string;
  readonly intervalMinutes: IntervalMinutes;
  readonly consumption: {
    readonly value: number | null;
    readonly unit: string;
    readonly estimated: number;
    readonly substituted: number;
  };
  readonly peak: ReportPeak | null;
  /** 0 to 1: mean over covered time divided by peak. */
  readonly loadFactor: number | null;
  /** Null when the carrier is not measured in an energy unit; see `baseLoad` then. */
  readonly baseLoadkW: number | null;
  readonly baseLoad: { readonly value: number | null; readonly unit: string; readonly method: BaseLoadMethod };
  readonly powerFactor: PowerFactor | null;
  readonly gaps: { readonly from: string; readonly to: string; readonly minutes: number; readonly filled: boolean }[];
  readonly coverage: {
    /** Covered time over time of the period, 0 to 1. */
    readonly share: number;
    readonly coveredHours: number;
    readonly hours: number;
    readonly readingsExpected: number;
    readonly readingsUsable: number;
    readonly nominalIntervalSeconds: number | null;
  };
  readonly quality: QualityCounts;
  readonly profile: DayProfile;
  readonly notes: ReportNote[];
}

function defaultInterval({ series, facts }: MeteredSeries): IntervalMinutes {
  const minutes = facts.intervalSeconds ? facts.intervalSeconds / 60 : nominalInterval(series.time) / 60_000;
  if (minutes > 30) return 60;
  return minutes > 15 ? 30 : 15;
}

function notesOf(amounts: IntervalAmounts, clock: SiteClock, spread: boolean, estimatedShare: number): ReportNote[] {
  return [
    ...amounts.notes.map((note) => ({ ...said(note), ...('at' in note && { at: clock.iso(note.at) }) })),
    ...(amounts.grid.widened ? [energyNotes['period-widened']()] : []),
    ...(estimatedShare > 0 ? [energyNotes.estimated({ share: { share: estimatedShare } })] : []),
    ...(spread ? [energyNotes['interval-finer-than-readings']()] : []),
  ];
}

function said(note: SeriesNote): Note {
  switch (note.code) {
    case 'counter-rollover': {
      const { modulus } = note;
      return energyNotes[note.inferred ? 'counter-rollover-inferred' : 'counter-rollover']({ modulus });
    }
    case 'meter-change':
    case 'counter-step-back':
      return energyNotes[note.code]({ before: note.before, after: note.after });
    case 'overlapping-readings':
    case 'negative-amounts':
      return energyNotes[note.code]({ count: note.count });
  }
}

/** How the series of a report are turned into amounts: active as the point is, reactive in kvar.h. */
export function reportOptions(input: ReportInput): { active: AmountOptions; reactive: AmountOptions } {
  const { from, to, timezone, unit, convert, gaugeMethod, maximumGapMinutes } = input;
  const active: AmountOptions = {
    ...{ from, to, timezone, intervalMinutes: input.intervalMinutes ?? defaultInterval(input) },
    ...(unit !== undefined && { unit }),
    ...(convert && { convert }),
    ...(gaugeMethod && { gaugeMethod }),
    ...(maximumGapMinutes !== undefined && { maximumGapMinutes }),
  };
  return { active, reactive: { ...active, unit: 'kvar.h' } };
}

/**
 * Consumption, peak, load factor, base load, gaps, coverage and typical days of one meter. A pure function of its input:
 * the same readings and parameters give the same report to the last bit, so it can be run again to prove a figure.
 * `convert` must be pure for that to hold. Hand over the readings from before `from` to after `to` by one reading.
 * Throws what `toIntervalAmounts` throws.
 */
export function buildReport(input: ReportInput): EnergyReport {
  const options = reportOptions(input);
  const reactive = (metered?: MeteredSeries) =>
    metered && toIntervalAmounts(metered.series, metered.facts, options.reactive);
  return reportOf({
    ...{ carrier: input.carrier, baseLoadMethod: input.baseLoadMethod },
    active: toIntervalAmounts(input.series, input.facts, options.active),
    ...{ lagging: reactive(input.lagging), leading: reactive(input.leading) },
  });
}

/** The report of amounts that are made already. */
export function reportOf(made: {
  readonly active: IntervalAmounts;
  readonly lagging?: IntervalAmounts | undefined;
  readonly leading?: IntervalAmounts | undefined;
  readonly carrier?: string | undefined;
  readonly baseLoadMethod?: BaseLoadMethod | undefined;
}): EnergyReport {
  const { active: amounts, lagging, leading, carrier, baseLoadMethod = 'percentile-5' } = made;
  const { clock } = amounts.grid;
  const consumed = consumption(amounts);
  const profile = demandProfile(amounts);
  const highest = peak(profile);
  const base = baseLoad(profile, baseLoadMethod);
  const isEnergy = amounts.unit === 'kW.h';
  const reactive = (energy?: IntervalAmounts) => (energy ? (consumption(energy).value ?? 0) : 0);
  return {
    carrier: carrier ?? null,
    from: clock.iso(amounts.grid.start),
    to: clock.iso(amounts.grid.end),
    timezone: clock.timezone,
    intervalMinutes: amounts.grid.intervalMinutes,
    consumption: {
      value: consumed.value,
      unit: consumed.unit,
      estimated: consumed.estimated,
      substituted: consumed.substituted,
    },
    peak: highest && {
      kW: isEnergy ? highest.value : null,
      at: clock.iso(highest.at),
      from: clock.iso(highest.from),
      to: clock.iso(highest.to),
      value: highest.value,
      unit: profile.unit,
      estimated: profile.estimated,
    },
    loadFactor: loadFactor(consumed, highest),
    baseLoadkW: isEnergy ? base : null,
    baseLoad: { value: base, unit: profile.unit, method: baseLoadMethod },
    powerFactor:
      (lagging || leading) && isEnergy && consumed.value !== null
        ? powerFactor({ active: consumed.value, lagging: reactive(lagging), leading: reactive(leading) })
        : null,
    gaps: amounts.gaps.map(({ from, to, minutes, filled }) => ({
      from: clock.iso(from),
      to: clock.iso(to),
      minutes,
      filled,
    })),
    coverage: {
      share: consumed.coveredHours / consumed.hours,
      coveredHours: consumed.coveredHours,
      hours: consumed.hours,
      readingsExpected: amounts.readings.expected,
      readingsUsable: amounts.readings.usable,
      nominalIntervalSeconds: Number.isNaN(amounts.nominal) ? null : amounts.nominal / 1000,
    },
    quality: amounts.quality,
    profile: dayProfile(profile),
    notes: notesOf(amounts, clock, profile.estimated, consumed.value ? consumed.estimated / consumed.value : 0),
  };
}
