import { encode } from '../zxing.ts';
import { dataMatrixSizes } from './data-matrix-layout.ts';
import { likelyFormats, type SoftModules } from './decode-grid.ts';
import { open } from './layout.ts';

export interface KnownMatch {
  readonly value: string;
  /** How well its modules agree with what was seen, -1 to 1. */
  readonly agreement: number;
}

/** What a value must reach: chance alone agrees by 0.05 or so, and the best of thousands of values by 0.2. */
const leastAgreement = 0.35;
/** How far ahead of each other value it must be, in deviations of chance, on the modules where the two differ. */
const leastLead = 3.5;
/** Values that are compared with the best one; the rest agree less than these. */
const rivals = 5;

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
  const best = new Map<string, { agreement: number; dark: Uint8Array }>();
  for (const options of asked)
    for (const value of values) {
      const drawn = await encode(value, format, options).catch(() => undefined);
      if (drawn?.width !== size) continue;
      const agreement = agreementOf(seen, drawn.dark);
      if (agreement > (best.get(value)?.agreement ?? -1)) best.set(value, { agreement, dark: drawn.dark });
    }
  const [first, ...others] = [...best].sort((a, b) => b[1].agreement - a[1].agreement);
  if (!first || first[1].agreement < leastAgreement) return undefined;
  for (const [, other] of others.slice(0, rivals))
    if (leadOf(seen, first[1].dark, other.dark) < leastLead) return undefined;
  return { value: first[0], agreement: first[1].agreement };
}

/** On the modules where two codes differ: how clearly what was seen is the one and not the other, in deviations of chance. */
function leadOf({ soft }: SoftModules, one: Uint8Array, other: Uint8Array): number {
  let [sum, squares] = [0, 1e-9];
  for (let at = 0; at < soft.length; at++) {
    if (one[at] === other[at]) continue;
    const value = Math.min(Math.max(soft[at]!, -1), 1);
    sum += one[at] ? value : -value;
    squares += value * value;
  }
  return sum / Math.sqrt(squares);
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
