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
