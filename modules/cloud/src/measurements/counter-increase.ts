/** How close to its end a register must have been for a drop to count as a rollover when nobody told its size. */
const rolloverShare = 0.9;

/**
 * What a register rose by between two readings, for rollups: a drop near the register's end is a rollover, any other
 * drop is an exchanged or reset meter and counts nothing. Reports look closer, at the raw readings (modules/energy).
 * `counterIncreaseSql` says the same in SQL.
 */
export function counterIncrease(previous: number, value: number, registerMaximum: number | null): number {
  if (value >= previous) return value - previous;
  const modulus = registerMaximum ?? 10 ** Math.ceil(Math.log10(Math.max(previous, 1)));
  return previous >= rolloverShare * modulus ? modulus - previous + value : 0;
}

export const counterIncreaseSql = (previous: string, value: string, registerMaximum: string): string => {
  const modulus = `coalesce(${registerMaximum}, 10.0 ^ ceil(log(greatest(${previous}, 1)::numeric))::float8)`;
  return `case when ${previous} is null then 0 when ${value} >= ${previous} then ${value} - ${previous}
    when ${previous} >= ${rolloverShare} * ${modulus} then ${modulus} - ${previous} + ${value} else 0 end`;
};
