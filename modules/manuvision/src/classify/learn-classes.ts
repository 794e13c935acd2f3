import { seededRandom, shuffled } from '@millwright/imaging';
import { openDescriber, type PictureDescriber } from '../features/describe-pictures.ts';
import { openNetwork } from '../features/open-network.ts';
import { viewCount } from '../features/views.ts';
import type { LabelledPicture, Work } from '../kinds/inspection.ts';
import { type ChosenClassifier, chooseClassifier, probabilitiesOf } from '../learning/choose-classifier.ts';
import { rowsOf } from '../learning/rows.ts';
import { type ClassSettings, goodClass, layersOf } from './class-settings.ts';
import { classifierNetwork } from './classifier-network.ts';
import { classifyErrors } from './errors.ts';

/** How the exported network compares with the path that trained it. */
export interface ClassParity {
  readonly pictures: number;
  readonly maxScoreDifference: number;
  readonly changedDecisions: number;
  readonly heatmapCorrelation: null;
}

export interface LearntClasses {
  /** ONNX: `images` to `probabilities`. */
  readonly network: Uint8Array;
  /** In the order of the probabilities. */
  readonly classes: readonly string[];
  readonly chosen: ChosenClassifier;
  readonly parity: ClassParity;
  readonly backbone: PictureDescriber['backbone'];
}

/** Most descriptions to learn from; while there are fewer pictures, each is seen in up to eight views. */
const mostRows = 1600;
/** A view that is turned and a mirrored one in turn, so that also two or four views differ as much as they can. */
const viewOrder = [0, 5, 3, 6, 1, 4, 2, 7];
/** Most pictures that the exported network judges again. */
const certified = 40;

/** How often each of so many pictures is seen. */
export const viewsOf = (pictures: number): number => Math.min(viewCount, Math.max(1, Math.floor(mostRows / pictures)));

/**
 * Learns to tell the classes of pictures apart: multinomial logistic regression on mean and deviation of frozen and classical
 * features, with turned and mirrored views while there are few pictures. Throws MANUVISION_CLASSES_TOO_FEW.
 */
export async function learnClasses(
  pictures: readonly LabelledPicture[],
  settings: ClassSettings,
  seed: number,
  work: Work,
): Promise<LearntClasses> {
  const classes = [...new Set(pictures.map(({ className }) => className))].sort();
  if (classes.length < 2) throw classifyErrors.MANUVISION_CLASSES_TOO_FEW({ folder: 'these pictures', classes });
  const { side, backbone } = settings;
  const describer = await openDescriber({
    cache: work.cache,
    kept: work.kept,
    side,
    backbone,
    layers: layersOf(settings),
  });
  try {
    const views = viewsOf(pictures.length);
    const rows: Float32Array[] = [];
    for (const [at, { name, read }] of pictures.entries()) {
      work.signal.throwIfAborted();
      work.progress((0.8 * at) / pictures.length, name);
      const picture = await read();
      for (const view of viewOrder.slice(0, views)) rows.push(await describer.describe(picture, view));
    }
    const pictureOf = (row: number) => pictures[Math.floor(row / views)]!;
    const random = seededRandom(seed);
    const labels = rows.map((_, row) => classes.indexOf(pictureOf(row).className));
    const chosen = chooseClassifier(
      {
        ...{ rows: rowsOf(rows), labels, classes: classes.length },
        groups: rows.map((_, row) => pictureOf(row).group),
        judged: (row) => row % views === 0,
      },
      { random, signal: work.signal, progress: (fraction) => work.progress(0.8 + 0.15 * fraction) },
    );
    const network = classifierNetwork(describer.features, chosen, classes.indexOf(goodClass));
    const places = shuffled([...pictures.keys()], random).slice(0, certified);
    const parity = await certify(network, chosen, places, pictures, describer, (at) => rows[at * views]!);
    work.progress(1);
    return { network, classes, chosen, parity, backbone: describer.backbone };
  } finally {
    await describer.close();
  }
}

async function certify(
  network: Uint8Array,
  chosen: ChosenClassifier,
  places: readonly number[],
  pictures: readonly LabelledPicture[],
  describer: PictureDescriber,
  described: (at: number) => Float32Array,
): Promise<ClassParity> {
  const exported = await openNetwork(network, 'the exported model');
  let [maxScoreDifference, changedDecisions] = [0, 0];
  try {
    for (const at of places) {
      const bytes = describer.bytesOf(await pictures[at]!.read());
      const { probabilities } = await exported.run(bytes, describer.side, describer.side);
      const own = probabilitiesOf(chosen, described(at));
      const other = probabilities!.data;
      for (const [of, value] of own.entries())
        maxScoreDifference = Math.max(maxScoreDifference, Math.abs(value - other[of]!));
      if (own.indexOf(Math.max(...own)) !== other.indexOf(Math.max(...other))) changedDecisions++;
    }
  } finally {
    await exported.close();
  }
  return { pictures: places.length, maxScoreDifference, changedDecisions, heatmapCorrelation: null };
}
