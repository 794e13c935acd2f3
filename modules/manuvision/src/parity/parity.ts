import type { Plane } from '@millwright/imaging';
import type { Inspection, PartPicture, Work } from '../kinds/inspection.ts';
import type { PlainInspection } from './plain-inspection.ts';

/** The parity certificate: that the exported file judges as the training path does. */
export interface Parity {
  readonly pictures: number;
  readonly maxScoreDifference: number;
  /** Verdicts or classes that differ; a model with any is never written. */
  readonly changedDecisions: number;
  /** The smallest correlation of two heat maps of one picture; null where the kind has none. */
  readonly heatmapCorrelation: number | null;
  /**
   * The file in ONNX Runtime without any code of the kind but what shows its network the picture, its own `ng` against the verdict; null
   * where the kind's verdict takes more than its network.
   */
  readonly plainRuntime: PlainParity | null;
}

export type PlainParity = Pick<Parity, 'pictures' | 'maxScoreDifference' | 'changedDecisions'>;

/** Judges the same pictures by both, and by the plain file where there is one, and compares. */
export async function compareJudgements(
  trained: Inspection,
  exported: Inspection,
  plain: PlainInspection | null,
  pictures: readonly Pick<PartPicture, 'name' | 'read'>[],
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<Parity> {
  const [own, alone] = [new Differences(), new Differences()];
  let heatmapCorrelation: number | null = null;
  for (const [at, { name, read }] of pictures.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / pictures.length, name);
    const picture = await read();
    const one = await trained.judge(picture);
    const other = await exported.judge(picture);
    const isSame = one.verdict === other.verdict && one.class === other.class && one.value === other.value;
    own.add(one.score, other.score, isSame);
    if (one.heatmap && other.heatmap)
      heatmapCorrelation = Math.min(heatmapCorrelation ?? 1, correlation(one.heatmap, other.heatmap));
    const said = await plain?.judge(picture);
    if (said) alone.add(other.score, said.score, said.isRejected === (other.verdict !== 'ok'));
  }
  return { ...own.told(), heatmapCorrelation, plainRuntime: plain && alone.told() };
}

class Differences {
  #pictures = 0;
  #largest = 0;
  #changed = 0;

  add(one: number | null, other: number | null, isSame: boolean): void {
    this.#pictures += 1;
    if (one !== null && other !== null) this.#largest = Math.max(this.#largest, Math.abs(one - other));
    if (!isSame || (one === null) !== (other === null)) this.#changed += 1;
  }

  told(): PlainParity {
    return { pictures: this.#pictures, maxScoreDifference: this.#largest, changedDecisions: this.#changed };
  }
}

/** Pearson's; 1 for two equal even maps, 0 for maps of other sizes or where only one is even. */
export function correlation(one: Plane, other: Plane): number {
  if (one.width !== other.width || one.height !== other.height) return 0;
  const n = one.data.length;
  const [meanOne, meanOther] = [one, other].map(({ data }) => data.reduce((sum, value) => sum + value, 0) / n) as [
    number,
    number,
  ];
  let [both, squaresOne, squaresOther, different] = [0, 0, 0, false];
  for (let at = 0; at < n; at++) {
    const [a, b] = [one.data[at]! - meanOne, other.data[at]! - meanOther];
    both += a * b;
    squaresOne += a * a;
    squaresOther += b * b;
    different ||= one.data[at] !== other.data[at];
  }
  if (!different) return 1;
  return squaresOne > 0 && squaresOther > 0 ? both / Math.sqrt(squaresOne * squaresOther) : 0;
}
