import { adviceErrors } from './errors.ts';

export interface LinearProgram {
  /** Minimised. */
  readonly cost: readonly number[];
  readonly bounds: readonly { readonly low: number; readonly high: number; readonly integer?: boolean }[];
  readonly rows: readonly {
    /** Variable and its coefficient. */
    readonly entries: readonly (readonly [number, number])[];
    readonly equals?: number;
    readonly atMost?: number;
    readonly atLeast?: number;
  }[];
}

/** Solves a (mixed-integer) linear program with HiGHS in WebAssembly. Throws ENERGY_ADVICE_UNSOLVED. */
export async function solveLinear({ cost, bounds, rows }: LinearProgram): Promise<Float64Array> {
  // Its types are written for another kind of module: the default export is the loader.
  const { default: load } = (await import('highs')) as unknown as {
    default: () => Promise<{ solve(text: string): import('highs').HighsSolution }>;
  };
  const highs = await load();
  const terms = (entries: Iterable<readonly [number, number]>) =>
    [...entries]
      .flatMap(([at, value]) => (value === 0 ? [] : [`${value < 0 ? '-' : '+'} ${Math.abs(value)} x${at}`]))
      .join(' ');
  const text = [
    'Minimize',
    ` cost: ${terms(cost.entries()) || '0 x0'}`,
    'Subject To',
    ...rows.map(({ entries, equals, atMost, atLeast }, at) => {
      const right = equals !== undefined ? `= ${equals}` : atMost !== undefined ? `<= ${atMost}` : `>= ${atLeast}`;
      return ` r${at}: ${terms(entries)} ${right}`;
    }),
    'Bounds',
    ...bounds.map(({ low, high }, at) => ` ${low} <= x${at} <= ${high}`),
    ...(bounds.some(({ integer }) => integer)
      ? ['General', bounds.flatMap(({ integer }, at) => (integer ? [` x${at}`] : [])).join('\n')]
      : []),
    'End',
  ].join('\n');
  const { Status, Columns } = highs.solve(text);
  if (Status !== 'Optimal') throw adviceErrors.ENERGY_ADVICE_UNSOLVED({ status: Status });
  return Float64Array.from(cost, (_, at) => (Columns[`x${at}`] as { Primal: number } | undefined)?.Primal ?? 0);
}
