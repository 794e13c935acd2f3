/** Larger units for the eye, where numbers grow too long to be read. */
const larger: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  'kW.h': ['MW.h', 1000],
  kW: ['MW', 1000],
  kg: ['t', 1000],
};

export interface Amount {
  readonly value: number | null;
  readonly unit: string;
}

/** From a million on in the next unit up; what has none stays as it is. */
export function readable({ value, unit }: Amount): Amount {
  const up = larger[unit];
  if (value === null || !up || Math.abs(value) < 1e6) return { value, unit };
  return { value: value / up[1], unit: up[0] };
}

/** The unit that a list or picture of amounts is read best in, and what takes them into it. */
export function scaleFor(values: readonly (number | null)[], unit: string): { unit: string; factor: number } {
  const most = Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  const up = larger[unit];
  return up && most >= 1e6 ? { unit: up[0], factor: 1 / up[1] } : { unit, factor: 1 };
}
