import { seededRandom } from '@millwright/imaging';
import { type ClassSettings, layersOf } from '../classify/class-settings.ts';
import { openDescriber } from '../features/describe-pictures.ts';
import type { Work } from '../kinds/inspection.ts';
import { nearestCentre } from '../learning/k-means.ts';
import { chosenRows, type Rows, rowOf, rowsOf } from '../learning/rows.ts';
import { standardised, standardOf } from '../learning/standardise.ts';
import type { CoarsePicture } from './coarse-labels.ts';
import { selfTrained } from './self-train.ts';
import { type Split, stableClusters } from './stable-clusters.ts';

export interface SubClass {
  /** `COARSE 1`, `COARSE 2`, the largest first; the coarse name alone where it is not split. A person gives better ones. */
  readonly name: string;
  readonly coarse: string;
  /** Names of its pictures, those that show it best first. */
  readonly pictures: readonly string[];
}

export interface FineClasses {
  readonly subClasses: readonly SubClass[];
  /** Sub-class of each picture, by the picture's name. */
  readonly of: ReadonlyMap<string, string>;
  /** How each coarse class was split. */
  readonly splits: Readonly<Record<string, readonly Split[]>>;
}

/** Views whose mean describes a picture, so that how it lies does not make a class. */
const views = [0, 5, 3, 6];

/**
 * Finds stable sub-classes within coarse classes: descriptions of frozen and classical features, clusters as many as are stable under
 * halving, then labels refined by self-training.
 */
export async function findFineClasses(
  pictures: readonly CoarsePicture[],
  settings: ClassSettings,
  seed: number,
  work: Work,
): Promise<FineClasses> {
  const { side, backbone } = settings;
  const describer = await openDescriber({ cache: work.cache, side, backbone, layers: layersOf(settings) });
  const described: Float32Array[] = [];
  try {
    for (const [at, { name, read }] of pictures.entries()) {
      work.signal.throwIfAborted();
      work.progress((0.8 * at) / pictures.length, name);
      const picture = await read();
      const mean = new Float32Array(describer.features.length);
      for (const view of views)
        for (const [of, value] of (await describer.describe(picture, view)).entries())
          mean[of]! += value / views.length;
      described.push(mean);
    }
  } finally {
    await describer.close();
  }
  const rows = rowsOf(described);
  const random = seededRandom(seed);
  const subClasses: SubClass[] = [];
  const splits: Record<string, readonly Split[]> = {};
  const coarseNames = [...new Set(pictures.map(({ coarse }) => coarse))].sort();
  for (const [number, coarse] of coarseNames.entries()) {
    work.progress(0.8 + (0.2 * number) / coarseNames.length, coarse);
    const places = [...pictures.keys()].filter((at) => pictures[at]!.coarse === coarse);
    const own = chosenRows(rows, places);
    const found = stableClusters(own, { random, signal: work.signal });
    splits[coarse] = found.splits;
    const labels = selfTrained(own, found.labels, found.count, work.signal);
    const clusters = Array.from({ length: found.count }, (_, label) => places.filter((_, at) => labels[at] === label));
    clusters.sort((a, b) => b.length - a.length || a[0]! - b[0]!);
    for (const [at, cluster] of clusters.entries())
      subClasses.push({
        name: clusters.length === 1 ? coarse : `${coarse} ${at + 1}`,
        coarse,
        pictures: bestFirst(rows, cluster).map((place) => pictures[place]!.name),
      });
  }
  work.progress(1);
  const of = new Map(subClasses.flatMap(({ name, pictures: own }) => own.map((picture) => [picture, name] as const)));
  return { subClasses, of, splits };
}

/** Those nearest to the middle of their cluster first. */
function bestFirst(rows: Rows, places: readonly number[]): number[] {
  const own = chosenRows(rows, places);
  const scaled = standardised(own, standardOf(own));
  const middle = [new Float64Array(rows.length)];
  return places
    .map((place, at) => ({ place, distance: nearestCentre(rowOf(scaled, at), middle).distance }))
    .sort((a, b) => a.distance - b.distance || a.place - b.place)
    .map(({ place }) => place);
}
