import { encode } from '../zxing.ts';
import { dataMatrixSizes } from './data-matrix-layout.ts';
import { likelyFormats, type SoftModules } from './decode-grid.ts';
import { open } from './layout.ts';

export interface KnownMatch {
  readonly value: string;
  /** How well its modules agree with what was seen, -1 to 1. */
  readonly agreement: number;
  /** How much better than those of the next value. */
  readonly lead: number;
}

/** What a value must reach: chance alone agrees by 0.05 or so, and one of thousands of values by 0.2. */
const leastAgreement = 0.4;
/**
 * Values that differ in one sign share most of their data code words, but next to none of the check code words; a lead of less
 * than this is that of a code that could be both.
 */
const leastLead = 0.12;

/**
 * The known value whose code looks most like the modules that were seen: its code is drawn, with its error correction, at the
 * same size, and compared module by module. Undefined where none is like it, or two are.
 */
export async function knownValue(seen: SoftModules, values: readonly string[]): Promise<KnownMatch | undefined> {
  const { format, size } = seen.layout;
  const asked =
    format === 'DataMatrix'
      ? [`forceSquare,version=${dataMatrixSizes.indexOf(size) + 1}`]
      : likelyFormats(seen.soft, size).map(
          ({ level, mask }) => `version=${(size - 17) / 4},ecLevel=${level},dataMask=${mask}`,
        );
  const best = new Map<string, number>();
  for (const options of asked)
    for (const value of values) {
      const drawn = await encode(value, format, options).catch(() => undefined);
      if (drawn?.width !== size) continue;
      best.set(value, Math.max(best.get(value) ?? -1, agreementOf(seen, drawn.dark)));
    }
  const [first, second] = [...best].sort((a, b) => b[1] - a[1]);
  if (!first || first[1] < leastAgreement) return undefined;
  const lead = first[1] - (second?.[1] ?? 0);
  return lead < leastLead ? undefined : { value: first[0], agreement: first[1], lead };
}

function agreementOf({ layout: { fixed }, soft }: SoftModules, dark: Uint8Array): number {
  let [sum, all] = [0, 1e-9];
  for (let at = 0; at < soft.length; at++) {
    if (fixed[at] !== open) continue;
    const value = Math.min(Math.max(soft[at]!, -1), 1);
    sum += dark[at] ? value : -value;
    all += Math.abs(value);
  }
  return sum / all;
}
