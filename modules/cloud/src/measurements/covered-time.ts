import type { PointRow } from '../points/repository.ts';

/**
 * For how many microseconds a reading speaks, for rollups, from its distances to the usable reading before it and from
 * that one to the one before (NaN where there is none), all in whole microseconds.
 *
 * The rhythm of a point is the declared interval or, where readings come further apart than declared, the lesser of the
 * two distances: a hole stands alone, a slower rhythm repeats itself. So a point whose history is by the quarter hour
 * and that now delivers every ten seconds is covered in both.
 *
 * - A register speaks for all the time since the reading before, except across a fall that no rollover explains.
 * - An amount speaks for its interval: up to the reading before (a tenth more is jitter), else one interval.
 * - A momentary value speaks for the time since the one before, up to two intervals.
 *
 * `coveredTimeSql` says the same in SQL. Modules that read every reading follow the same rule (modules/energy).
 */
export function coveredTime(kind: PointRow['kind'], declared: number, distance: number, before: number): number {
  if (Number.isNaN(distance)) return kind === 'delta' ? declared : 0;
  if (kind === 'counter') return distance;
  const rhythm = rhythmOf(declared, distance, before);
  if (kind === 'delta') return 10 * distance <= 11 * rhythm ? distance : rhythm;
  return distance <= 2 * rhythm ? distance : 0;
}

function rhythmOf(declared: number, distance: number, before: number): number {
  if (Number.isNaN(before)) return declared > 0 ? declared : distance;
  return Math.max(declared, Math.min(distance, before));
}

/** Of columns in microseconds, null where there is no reading; `fell` is true of a register's unexplained fall. */
export function coveredTimeSql(columns: {
  readonly kind: string;
  readonly declared: string;
  readonly distance: string;
  readonly before: string;
  readonly fell: string;
}): string {
  const { kind, declared, distance, before, fell } = columns;
  const rhythm = `case when ${before} is null then case when ${declared} > 0 then ${declared} else ${distance} end
      else greatest(${declared}, least(${distance}, ${before})) end`;
  return `case when ${distance} is null then case when ${kind} = 'delta' then ${declared} else 0 end
    when ${kind} = 'counter' then case when ${fell} then 0 else ${distance} end
    when ${kind} = 'delta' then case when 10 * ${distance} <= 11 * (${rhythm}) then ${distance} else ${rhythm} end
    when ${distance} <= 2 * (${rhythm}) then ${distance} else 0 end`;
}
