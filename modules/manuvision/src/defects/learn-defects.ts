import { type Picture, resizedRgb, seededRandom, shuffled } from '@millwright/imaging';
import { openBackbone } from '@millwright/inference';
import { layersOf } from '../classify/class-settings.ts';
import { type BankOrigins, originsIn } from '../explanations/bank-origins.ts';
import { featureNetwork } from '../features/feature-network.ts';
import { openNetwork } from '../features/open-network.ts';
import type { PartPicture, TrainingParts, Work } from '../kinds/inspection.ts';
import { inspectionKind, kindNames } from '../kinds/registry.ts';
import { areaUnderRoc } from '../metrics/area-under-roc.ts';
import type { HeldOutScore } from '../model-file/model-file.ts';
import { collectPlaces } from './collect-places.ts';
import { combinedAnomaly, combinedNetwork, type Spread } from './combined-network.ts';
import type { DefectSettings } from './defect-settings.ts';
import { fitPlaces } from './fit-places.ts';
import { placeNetwork } from './place-network.ts';
import { workingSize } from './working-size.ts';

export interface LearntDefects {
  readonly network: Uint8Array;
  /** In the order of the probabilities; the first is no defect. */
  readonly classes: readonly string[];
  /** Of good parts, by models that had not learnt from them. */
  readonly heldOut: readonly HeldOutScore[];
  /** The same of defects. */
  readonly heldOutDefects: readonly HeldOutScore[];
  /** How much places count beside what the good parts alone say; null where only places are in the score. */
  readonly weight: number | null;
  /** Where the patches of good parts come from that the network remembers; null where it remembers none. */
  readonly origins: BankOrigins | null;
  readonly backbone: { readonly name: string; readonly version: string; readonly layers: readonly string[] };
}

/** Class of places without a defect. */
export const noDefect = 'good';
const folds = 3;
/** Fewer held-out good parts say nothing of how scores spread. */
const leastHeldOut = 8;

/**
 * Learns defects from a few examples: a place of the picture every four pixels is described by frozen and classical features and told by
 * linear discriminants, learnt from the labelled places of defects, those beside them, and those of good parts.
 */
export async function learnDefects(
  parts: TrainingParts,
  settings: DefectSettings & { readonly longSide: number },
  seed: number,
  work: Work,
): Promise<LearntDefects> {
  const random = seededRandom(seed);
  const classes = [noDefect, ...[...new Set(parts.defects.map(({ className }) => className))].sort()];
  const layers = layersOf(settings);
  const frozen = await openBackbone({ name: settings.backbone, cache: work.cache, ...(layers ? { layers } : {}) });
  const features = featureNetwork(frozen, 'places');
  const backbone = { name: frozen.name, version: frozen.version, layers: frozen.layers.map(({ name }) => name) };
  await frozen.close();
  const part = (from: number, to: number): Work => ({
    ...work,
    progress: (share, text) => work.progress(from + (to - from) * share, text),
  });
  const { longSide } = settings;
  const anomaly = settings.anomaly ? await learntAnomaly(parts.good, longSide, seed, part(0, 0.3)) : null;
  const examples = await collectPlaces(parts, longSide, classes, features, random, part(0.3, 0.6));
  const foldOf = foldsByGroup(parts, random);
  const learn = (kept: (picture: number) => boolean) => fitPlaces(examples, classes.length, kept, work.signal);
  const whole = learn(() => true);
  work.progress(0.65);
  const pictures: readonly PartPicture[] = [...parts.good, ...parts.defects];
  const scores: (number | undefined)[] = pictures.map(() => undefined);
  for (let fold = 0; fold < folds; fold++) {
    const own = [...pictures.keys()].filter((at) => foldOf[at] === fold);
    const seen = examples.labels.filter((_, at) => foldOf[examples.pictures[at]!] !== fold);
    // A model without any defect, or without a place that has none, says nothing of the one that has all.
    if (own.length === 0 || !seen.includes(0) || !seen.some((label) => label > 0)) continue;
    const { classifier, standard } = learn((picture) => foldOf[picture] !== fold);
    const network = placeNetwork(features, classifier, standard);
    await scoreEach(network, pictures, own, longSide, scores, work);
    work.progress(0.65 + (0.3 * (fold + 1)) / folds);
  }
  const network = placeNetwork(features, whole.classifier, whole.standard);
  const names = pictures.map(({ name }) => name);
  const isGood = ({ at }: { readonly at: number }) => at < parts.good.length;
  const ofPlaces = names.flatMap((name, at) => (scores[at] === undefined ? [] : [{ at, name, score: scores[at] }]));
  const heldOut = named(ofPlaces.filter(isGood));
  if (!anomaly || heldOut.length < leastHeldOut) {
    const heldOutDefects = named(ofPlaces.filter((one) => !isGood(one)));
    return { network, classes, heldOut, heldOutDefects, backbone, weight: null, origins: null };
  }
  const spread = spreadOf(heldOut);
  const own = new Map(anomaly.heldOut.map(({ name, score }) => [name, score]));
  const others: (number | undefined)[] = pictures.map((_, at) => own.get(names[at] ?? ''));
  const defectsAt = [...pictures.keys()].slice(parts.good.length);
  await scoreEach(anomaly.network, pictures, defectsAt, longSide, others, work);
  const both = pictures.flatMap((_, at) =>
    scores[at] === undefined || others[at] === undefined
      ? []
      : [{ at, places: (scores[at] - spread.mean) / spread.deviation, anomaly: others[at] }],
  );
  const [good, defects] = [both.filter(isGood), both.filter((one) => !isGood(one))];
  const weight = bestWeight(good, defects);
  const weighed = (some: typeof both) =>
    named(some.map(({ at, ...score }) => ({ name: names[at]!, score: score.anomaly + weight * score.places })));
  return {
    ...{ network: combinedNetwork(network, anomaly.network, spread, weight), classes, backbone, weight },
    ...{ heldOut: weighed(good), heldOutDefects: weighed(defects), origins: anomaly.origins },
  };
}

const named = (scores: readonly HeldOutScore[]): HeldOutScore[] => scores.map(({ name, score }) => ({ name, score }));

interface BothScores {
  readonly places: number;
  readonly anomaly: number;
}

/**
 * Tried from the least on; more is taken only where it parts better. None above a half: labelled defects are few and alike, so
 * cross-validation among them says too much good of what learnt from them.
 */
const weights = [0, 0.25, 0.5];

/** How much the places count beside what the good parts alone say: as parts pictures best that were not learnt from. */
function bestWeight(good: readonly BothScores[], defects: readonly BothScores[]): number {
  const summed = (scores: readonly BothScores[], weight: number) =>
    scores.map(({ places, anomaly }) => anomaly + weight * places);
  let best = { weight: 0, area: -1 };
  for (const weight of weights) {
    const area = areaUnderRoc(summed(good, weight), summed(defects, weight)) ?? 0;
    if (area > best.area + 1e-9) best = { weight, area };
  }
  return best.weight;
}

/** What the good parts alone say, by the kind `anomaly`, where there are enough of them; seen at the same size. */
async function learntAnomaly(
  good: readonly PartPicture[],
  longSide: number,
  seed: number,
  work: Work,
): Promise<{ network: Uint8Array; heldOut: readonly HeldOutScore[]; origins: BankOrigins | null } | null> {
  if (good.length < leastHeldOut || !kindNames().includes('anomaly')) return null;
  const kind = await inspectionKind('anomaly');
  const seen = good.map((part) => ({
    ...part,
    read: async (): Promise<Picture> => {
      const picture = await part.read();
      const size = workingSize(picture, longSide);
      return { ...size, channels: 3, depth: 8, data: resizedRgb(picture, size.width, size.height) };
    },
  }));
  const model = await kind.train({ good: seen, defects: [] }, {}, seed, work);
  const { network, card } = model;
  if (!card.heldOut || card.heldOut.length < leastHeldOut) return null;
  const own = originsIn(model);
  const origins = own && { ...own, within: `${combinedAnomaly}/`, view: { ...own.view, longSide } };
  return { network, heldOut: card.heldOut, origins: origins ?? null };
}

function spreadOf(scores: readonly HeldOutScore[]): Spread {
  const mean = scores.reduce((sum, { score }) => sum + score, 0) / scores.length;
  const square = scores.reduce((sum, { score }) => sum + (score - mean) ** 2, 0) / scores.length;
  return { mean, deviation: Math.sqrt(square) || 1 };
}

/** Scores of the pictures at these places, by a network that was not taught by them. */
async function scoreEach(
  network: Uint8Array,
  pictures: readonly PartPicture[],
  places: readonly number[],
  longSide: number,
  scores: (number | undefined)[],
  work: Work,
): Promise<void> {
  const opened = await openNetwork(network, 'held-out');
  try {
    for (const at of places) {
      work.signal.throwIfAborted();
      const picture = await pictures[at]!.read();
      const { width, height } = workingSize(picture, longSide);
      const { score } = await opened.run(resizedRgb(picture, width, height), width, height);
      scores[at] = score!.data[0]!;
    }
  } finally {
    await opened.close();
  }
}

/** Fold of each picture; pictures of one part share one, and the parts of each class are spread over all. */
function foldsByGroup({ good, defects }: TrainingParts, random: () => number): number[] {
  const of = new Map<string, number>();
  const classOf = [...good.map(({ group }) => ({ group, className: '' })), ...defects];
  for (const own of Map.groupBy(classOf, ({ className }) => className).values())
    for (const group of shuffled([...new Set(own.map((one) => one.group))], random))
      if (!of.has(group)) of.set(group, of.size % folds);
  return classOf.map(({ group }) => of.get(group)!);
}
