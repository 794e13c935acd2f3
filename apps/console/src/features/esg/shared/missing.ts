import type { Factor, Note } from '../types.ts';

const codes = ['esg.factor-missing', 'esg.region-missing', 'esg.steam-state-missing'];

/** What keeps a figure from being complete, each thing once. */
export const missingOf = (notes: readonly Note[]): Note[] => [
  ...new Map(notes.filter(({ code }) => codes.includes(code)).map((note) => [note.text, note])).values(),
];

/** A factor that a figure needs. */
export interface MissingFactor {
  readonly carrier: Exclude<Factor['carrier'], 'fuel'>;
  /** Region as the plant tree has it. */
  readonly region: string;
  readonly year: number;
}

/** The factors that are missing, one for each region and kind of energy. */
export function missingFactors(notes: readonly Note[]): MissingFactor[] {
  const found = notes.flatMap(({ code, values }) =>
    code === 'esg.factor-missing' && typeof values.region === 'string'
      ? [
          {
            carrier: termOf(values.what) === 'carrier.heat' ? ('heat' as const) : ('electricity' as const),
            region: values.region,
            year: Number(values.year),
          },
        ]
      : [],
  );
  return [...new Map(found.map((factor) => [`${factor.carrier} ${factor.region}`, factor])).values()];
}

const termOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'term' in value ? value.term : undefined;
