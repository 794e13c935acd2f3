import { daysOf, type Period } from '../shared/period.ts';
import type { Profile } from '../types.ts';

export interface Compared {
  readonly key: 'now' | 'before' | 'lastYear';
  readonly period: Period;
  readonly profile: Profile | undefined;
}

/** Figures of one period; changes are against it from the present one: 0.1 is ten percent more now. */
export interface ComparedRow {
  readonly key: Compared['key'];
  readonly period: Period;
  readonly consumption: number | null;
  readonly perDay: number | null;
  readonly peak: number | null;
  readonly loadFactor: number | null;
  readonly baseLoad: number | null;
  readonly coverage: number | null;
  /** Of consumption per day, so that February and March can be held against each other. */
  readonly change: number | null;
}

/** Both periods must be known this far before one is held against the other. */
const enough = 0.95;

export function comparedRows(compared: readonly Compared[]): ComparedRow[] {
  const rows = compared.map(({ key, period, profile }) => {
    const consumption = profile?.consumption.value ?? null;
    return {
      ...{ key, period, consumption },
      perDay: consumption === null ? null : consumption / daysOf(period),
      peak: profile?.peak?.value ?? null,
      loadFactor: profile?.loadFactor ?? null,
      baseLoad: profile?.baseLoad.value ?? null,
      coverage: profile?.coverage ?? null,
    };
  });
  const now = rows.find(({ key }) => key === 'now');
  return rows.map((row) => {
    const known = [now, row].every((one) => (one?.coverage ?? 0) >= enough);
    const comparable = row.key !== 'now' && known && now?.perDay != null && row.perDay;
    return { ...row, change: comparable ? (now.perDay! - row.perDay!) / row.perDay! : null };
  });
}
