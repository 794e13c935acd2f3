import type { Calendar, CalendarDay } from './calendar.ts';
import type { ProcessFaults } from './faults.ts';
import { noiseSeed } from './noise.ts';
import type { DisplayName, Protocol } from './plant-description.ts';
import { Signal } from './signal.ts';
import { dayMs, slotMs, slotsPerDay } from './time-grid.ts';

/** What every asset of a site shares. */
export interface SiteContext {
  readonly key: string;
  readonly seed: number;
  /** UTC day number on which the registers began to count. */
  readonly firstDay: number;
  readonly calendar: Calendar;
  readonly faults: ProcessFaults;
  /** Outdoor temperature, Cel. */
  readonly weather: Signal;
}

/** What one asset is called, and how its values leave the plant. */
export interface AssetIdentity {
  /** Without the site. */
  readonly key: string;
  readonly displayName: DisplayName;
  readonly protocol: Protocol;
}

/** A signal computed slot by slot; `index` counts slots since 1970 and is what noise is drawn by. */
export function slotSignal(
  site: Pick<SiteContext, 'firstDay' | 'calendar'>,
  compute: (slot: number, index: number, calendar: CalendarDay, timeMs: number, day: number) => number,
): Signal {
  return new Signal(site.firstDay, (day, out) => {
    const calendar = site.calendar.day(day);
    for (let s = 0; s < slotsPerDay; s++)
      out[s] = compute(s, day * slotsPerDay + s, calendar, day * dayMs + s * slotMs, day);
  });
}

export function sumSignal(site: Pick<SiteContext, 'firstDay'>, parts: readonly Signal[]): Signal {
  return new Signal(site.firstDay, (day, out) => {
    for (const part of parts) {
      const slots = part.day(day);
      for (let s = 0; s < slotsPerDay; s++) out[s] += slots[s];
    }
  });
}

/** A signal made from others, slot by slot. */
export function mapSignals(
  site: Pick<SiteContext, 'firstDay'>,
  parts: readonly Signal[],
  compute: (values: Float64Array, timeMs: number) => number,
): Signal {
  const values = new Float64Array(parts.length);
  return new Signal(site.firstDay, (day, out) => {
    const days = parts.map((part) => part.day(day));
    for (let s = 0; s < slotsPerDay; s++) {
      for (let p = 0; p < days.length; p++) values[p] = days[p][s];
      out[s] = compute(values, day * dayMs + s * slotMs);
    }
  });
}

export function streamSeed(site: Pick<SiteContext, 'key' | 'seed'>, name: string): number {
  return noiseSeed(site.seed, `${site.key}/${name}`);
}
