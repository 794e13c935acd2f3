import type { DataSet, SoundPicture } from '../datasets/data-set.ts';
import type { Inspection, Judgement, Work } from '../kinds/inspection.ts';
import { clopperPearson } from '../threshold/binomial.ts';
import { maskReaderOf, pictureReaderOf } from '../training/parts-of.ts';
import { areaUnderRoc } from './area-under-roc.ts';
import { bestF1, f1Of } from './f1.ts';
import { type MappedPicture, pixelMetrics } from './pixel-metrics.ts';

/** A share of parts with its exact 95 % interval (Clopper and Pearson). */
export interface CountedRate {
  readonly count: number;
  readonly of: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

export interface Evaluation {
  readonly threshold: number | null;
  readonly imageAUROC: number | null;
  /** Over pictures whose pixels are known: good parts, and defects with a mask. */
  readonly pixelAUROC: number | null;
  readonly aupro: number | null;
  /** Overlap of what the kind tells as defect with the masks, over the same pictures; null where heat has no limit. */
  readonly iou: number | null;
  /** At the best limit for these pictures. */
  readonly iouMax: number | null;
  /** At the model's threshold. */
  readonly f1: number | null;
  /** At the best threshold for these pictures. */
  readonly f1Max: number | null;
  /** Defects that pass at the threshold which keeps the promise. */
  readonly missesAtPromise: number;
  readonly misses: CountedRate | null;
  readonly falseRejects: CountedRate | null;
  readonly byClass: Readonly<
    Record<string, { readonly images: number; readonly misses: number; readonly imageAUROC: number | null }>
  >;
  /** Share of defects whose class was named rightly, for kinds that name classes. */
  readonly classAccuracy: number | null;
  readonly withMask: number;
}

/** Judges every picture and compares with what is known of it. */
export async function evaluate(
  inspection: Inspection,
  threshold: number | null,
  good: DataSet,
  defects: DataSet,
  work: Pick<Work, 'signal' | 'progress'>,
): Promise<Evaluation> {
  const all = [...good.pictures, ...defects.pictures];
  const judged = new Map<SoundPicture, Judgement>();
  const mapped: MappedPicture[] = [];
  for (const [at, picture] of all.entries()) {
    work.signal.throwIfAborted();
    work.progress((0.9 * at) / all.length, picture.name);
    const judgement = await inspection.judge(await pictureReaderOf(picture)());
    judged.set(picture, judgement);
    const isGood = at < good.pictures.length;
    const readMask = isGood ? async () => null : maskReaderOf(picture);
    const { width, height } = picture;
    if (judgement.heatmap && readMask) mapped.push({ heatmap: judgement.heatmap, width, height, readMask });
  }
  const of = ({ pictures }: DataSet): Judgement[] => pictures.map((picture) => judged.get(picture)!);
  const [goodOnes, bad] = [of(good), of(defects)];
  const missed = ({ verdict }: Judgement): boolean => verdict === 'ok';
  const rejects = goodOnes.filter((one) => !missed(one)).length;
  const misses = bad.filter(missed).length;
  const pixels = await pixelMetrics(mapped, work.signal, inspection.defectHeat);
  const [goodScores, badScores] = [scoresOf(goodOnes), scoresOf(bad)];
  const named = defects.pictures.filter(({ className }) => className !== null);
  const naming = bad.some((one) => one.class !== null);
  return {
    threshold,
    imageAUROC: areaUnderRoc(goodScores, badScores),
    ...pixels,
    f1: f1Of(bad.length - misses, rejects, misses),
    f1Max: bestF1(goodScores, badScores),
    missesAtPromise: misses,
    misses: rateOf(misses, bad.length),
    falseRejects: rateOf(rejects, goodOnes.length),
    byClass: byClass(defects, judged, goodScores),
    classAccuracy:
      naming && named.length > 0
        ? named.filter((one) => judged.get(one)!.class === one.className).length / named.length
        : null,
    withMask: defects.pictures.filter((picture) => maskReaderOf(picture) !== undefined).length,
  };
}

const scoresOf = (judgements: readonly Judgement[]): number[] => judgements.flatMap(({ score }) => score ?? []);

const rateOf = (count: number, of: number): CountedRate | null =>
  of === 0 ? null : { count, of, rate: count / of, ...clopperPearson(count, of) };

function byClass(
  { pictures }: DataSet,
  judged: ReadonlyMap<SoundPicture, Judgement>,
  good: number[],
): Evaluation['byClass'] {
  const classes = new Map<string, Judgement[]>();
  for (const picture of pictures) {
    const name = picture.className ?? 'defect';
    classes.set(name, [...(classes.get(name) ?? []), judged.get(picture)!]);
  }
  return Object.fromEntries(
    [...classes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, ones]) => [
        name,
        {
          images: ones.length,
          misses: ones.filter(({ verdict }) => verdict === 'ok').length,
          imageAUROC: areaUnderRoc(good, scoresOf(ones)),
        },
      ]),
  );
}
