import type { Picture, Plane } from '@millwright/imaging';
import type { Inspection, PartPicture, Work } from '../kinds/inspection.ts';

/** The parity certificate: that the exported file judges as the training path does. */
export interface Parity {
  readonly pictures: number;
  readonly maxScoreDifference: number;
  /** Verdicts or classes that differ; a model with any is never written. */
  readonly changedDecisions: number;
  /** The smallest correlation of two heat maps of one picture; null where the kind has none. */
  readonly heatmapCorrelation: number | null;
  /**
   * The same in ONNX Runtime without any code of the product but what reads the picture; null where the kind needs more than its
   * network.
   */
  readonly plainRuntime?: PlainParity | null;
}

export type PlainParity = Pick<Parity, 'pictures' | 'maxScoreDifference' | 'changedDecisions'>;

/** Compares scores and verdicts, which is all that a plain network gives. */
export async function comparePlain(
  exported: Inspection,
  plain: Inspection,
  pictures: readonly Pick<PartPicture, 'name' | 'read'>[],
  runsAlone: (picture: Picture) => boolean,
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<PlainParity | null> {
  let [count, maxScoreDifference, changedDecisions] = [0, 0, 0];
  for (const [at, { name, read }] of pictures.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / pictures.length, name);
    const picture = await read();
    if (!runsAlone(picture)) continue;
    const [one, other] = [await exported.judge(picture), await plain.judge(picture)];
    count += 1;
    maxScoreDifference = Math.max(maxScoreDifference, Math.abs((one.score ?? Number.NaN) - other.score!));
    if ((one.verdict === 'ok') !== (other.verdict === 'ok')) changedDecisions += 1;
  }
  return count === 0 ? null : { pictures: count, maxScoreDifference, changedDecisions };
}

/** Judges the same pictures by both and compares. */
export async function compareJudgements(
  trained: Inspection,
  exported: Inspection,
  pictures: readonly Pick<PartPicture, 'name' | 'read'>[],
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<Parity> {
  let [maxScoreDifference, changedDecisions] = [0, 0];
  let heatmapCorrelation: number | null = null;
  for (const [at, { name, read }] of pictures.entries()) {
    work.signal.throwIfAborted();
    work.progress(at / pictures.length, name);
    const picture = await read();
    const one = await trained.judge(picture);
    const other = await exported.judge(picture);
    if (one.verdict !== other.verdict || one.class !== other.class || one.value !== other.value) changedDecisions++;
    if ((one.score === null) !== (other.score === null)) changedDecisions++;
    if (one.score !== null && other.score !== null)
      maxScoreDifference = Math.max(maxScoreDifference, Math.abs(one.score - other.score));
    if (one.heatmap && other.heatmap)
      heatmapCorrelation = Math.min(heatmapCorrelation ?? 1, correlation(one.heatmap, other.heatmap));
  }
  return { pictures: pictures.length, maxScoreDifference, changedDecisions, heatmapCorrelation };
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
