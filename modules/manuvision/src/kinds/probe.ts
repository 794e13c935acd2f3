import type { Picture } from '@millwright/imaging';
import { certified } from '../training/certified.ts';
import type { Estimate, InspectionKind, PartPicture, TrainingParts, Work } from './inspection.ts';

/** What looking at a few pictures took on this machine. */
export interface Probe {
  /** Pictures that there are altogether. */
  readonly pictures: number;
  /** To read one of them and look at it; 0 where there are none. */
  readonly seconds: number;
  /** Of the largest. */
  readonly pixels: number;
  /** That the process holds after it. */
  readonly megabytes: number;
  /** How long this machine takes for what took the one that constants were measured on a second. */
  readonly slowness: number;
}

/** The parity certificate judges at most so many pictures, each as often as `times` says. */
export const certifiedSeconds = ({ pictures, seconds }: Probe, times: number): number =>
  Math.min(pictures, certified) * seconds * times;

/** What nobody counts one by one: what a picture becomes on its way, and what the collector has not taken yet. */
export const spareMegabytes = ({ pixels }: Probe): number => 150 + (pixels * 100) / 1e6;

/** For what judges by its settings alone: pictures are only looked at. */
export async function estimateByJudging(
  kind: Pick<InspectionKind, 'train' | 'open'>,
  parts: TrainingParts,
  settings: unknown,
  work: Work,
): Promise<Estimate> {
  const model = await kind.train({ good: [], defects: [] }, settings, 1, work);
  const inspection = await kind.open(model, work);
  try {
    const probed = await probe(parts, work, (picture) => inspection.judge(picture));
    return {
      seconds: probed.pictures * probed.seconds + certifiedSeconds(probed, 2),
      megabytes: probed.megabytes + spareMegabytes(probed),
    };
  } finally {
    await inspection.close();
  }
}

/** Looks at two pictures, the largest and one of the middle, after a first look that warms what is slow only once. */
export async function probe(
  { good, defects }: TrainingParts,
  work: Pick<Work, 'signal'>,
  look: (picture: Picture, part: PartPicture) => Promise<unknown>,
): Promise<Probe> {
  const all = [...good, ...defects].sort((a, b) => (b.pixels ?? 0) - (a.pixels ?? 0));
  const some = [...new Set([all[0], all[Math.floor(all.length / 2)]])].filter((part) => part !== undefined);
  let [seconds, pixels] = [0, 0];
  for (const [at, part] of [...some.slice(0, 1), ...some].entries()) {
    work.signal.throwIfAborted();
    const started = performance.now();
    const picture = await part.read();
    await look(picture, part);
    pixels = Math.max(pixels, picture.width * picture.height);
    // With two, the one of the middle stands for all.
    if (at > 0) seconds = (performance.now() - started) / 1000;
  }
  const { rss } = process.memoryUsage();
  return { pictures: all.length, seconds, pixels, megabytes: rss / 1024 ** 2, slowness: slownessNow() };
}

/** Milliseconds that the work below took on the machine that the constants of the kinds were measured on (two cores, AMD EPYC). */
const usualMs = 2.5;

/** A little of what trainings do most, sums of products, against how long it usually takes. */
function slownessNow(): number {
  const values = Float32Array.from({ length: 65_536 }, (_, at) => at % 17);
  let [best, sum] = [Number.POSITIVE_INFINITY, 0];
  for (let round = 0; round < 20; round++) {
    const started = performance.now();
    for (let again = 0; again < 10; again++) for (const value of values) sum += value * value;
    best = Math.min(best, performance.now() - started);
  }
  return sum > 0 ? best / usualMs : 1;
}
