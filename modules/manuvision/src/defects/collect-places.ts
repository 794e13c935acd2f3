import { type Picture, resizedRgb } from '@millwright/imaging';
import type { FeatureNetwork } from '../features/feature-network.ts';
import { keptNetwork } from '../features/kept-network.ts';
import { type NetworkOutput, type OpenedNetwork, openNetwork } from '../features/open-network.ts';
import type { LabelledPicture, TrainingParts, Work } from '../kinds/inspection.ts';
import { coverageOf } from './place-labels.ts';
import { samplePlaces } from './place-samples.ts';
import { workingSize } from './working-size.ts';

/** Places to learn from. */
export interface PlaceExamples {
  readonly rows: Float32Array[];
  /** Class of each; 0: no defect. */
  readonly labels: number[];
  /** How many places of its picture each stands for. */
  readonly weights: number[];
  /** Index of the picture each came from, good ones first. */
  readonly pictures: number[];
}

/** Most places altogether, so that memory and time stay the same however many pictures there are. */
const budget = { good: 6000, defect: 4000, beside: 2000 };
/** Most of one picture: places beside each other say nearly the same. */
const mostOfOne = 150;

/** Describes every picture once and keeps some places of each. */
export async function collectPlaces(
  { good, defects }: TrainingParts,
  longSide: number,
  classes: readonly string[],
  features: FeatureNetwork,
  random: () => number,
  work: Work,
): Promise<PlaceExamples> {
  const network = keptNetwork(await openNetwork(features.network, 'features'), features.network, work.kept);
  const examples: PlaceExamples = { rows: [], labels: [], weights: [], pictures: [] };
  const ofClass = new Map<string, number>();
  for (const { className } of defects) ofClass.set(className, (ofClass.get(className) ?? 0) + 1);
  const share = (places: number, pictures: number) => Math.min(mostOfOne, Math.ceil(places / Math.max(1, pictures)));
  const all: readonly (LabelledPicture | TrainingParts['good'][number])[] = [...good, ...defects];
  try {
    for (const [at, part] of all.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / all.length, part.name);
      const picture = await part.read();
      const description = await describe(network, picture, longSide);
      const [, , rows, columns] = description.dims as [number, number, number, number];
      const labelled = 'className' in part ? part : undefined;
      const coverage = labelled
        ? await coverageOf(labelled, picture, columns, rows)
        : ({ data: new Float32Array(rows * columns), from: 'mask' } as const);
      const most = labelled
        ? {
            defect: share(budget.defect / ofClass.size, ofClass.get(labelled.className)!),
            beside: share(budget.beside, defects.length),
          }
        : { defect: 0, beside: share(budget.good, good.length) };
      for (const { place, defect, weight } of samplePlaces(coverage, most, random)) {
        examples.rows.push(placeOf(description, place));
        examples.labels.push(defect ? classes.indexOf(labelled!.className) : 0);
        examples.weights.push(weight);
        examples.pictures.push(at);
      }
    }
  } finally {
    await network.close();
  }
  return examples;
}

async function describe(network: OpenedNetwork, picture: Picture, longSide: number): Promise<NetworkOutput> {
  const { width, height } = workingSize(picture, longSide);
  return (await network.run(resizedRgb(picture, width, height), width, height)).description!;
}

function placeOf({ dims, data }: NetworkOutput, place: number): Float32Array {
  const [, length, rows, columns] = dims as [number, number, number, number];
  return Float32Array.from({ length }, (_, channel) => data[channel * rows * columns + place]!);
}
