import { inputSpecFor } from './detection/input-spec.ts';
import type { Detection } from './detector.ts';
import { imageSize, readImage } from './image.ts';
import type { DetectorOptions } from './open-detector.ts';
import { type Isolation, usualIsolation } from './pool/isolation.ts';
import type { DescribedNetwork, DetectorFacts } from './pool/messages.ts';
import { PoolWorker } from './pool/pool-worker.ts';

export interface TryOptions extends DetectorOptions {
  /** What it may take; left out: `usualIsolation`. */
  readonly isolation?: Isolation;
  /** A picture file, or its bytes, to look at; left out: the network is only opened and run once. */
  readonly picture?: Uint8Array | string;
  /** Least score; left out: the card's. */
  readonly threshold?: number;
}

export interface TriedDetector {
  readonly facts: DetectorFacts;
  /** Pixels of the picture. */
  readonly detections: readonly Detection[];
  /** One run, decoding of the results included, median of three; undefined without a picture. */
  readonly milliseconds: number | undefined;
}

const runs = 3;

/** Inputs and outputs of an ONNX file without a card, found out like `tryDetector` does and with its errors. */
export async function describeNetwork(path: string, isolation = usualIsolation): Promise<DescribedNetwork> {
  const worker = new PoolWorker({ model: path, cache: '' }, isolation, true);
  return worker.described().finally(() => worker.terminate());
}

/**
 * Opens a detector in a process of its own, with limits of memory and time, has it look at a picture, and lets go of it: for a
 * network that nobody vouches for. Throws what the detector throws, INFERENCE_MEMORY_EXCEEDED, INFERENCE_TIME_EXCEEDED, and
 * INFERENCE_WORKER_LOST where it ended its process.
 */
export async function tryDetector(options: TryOptions): Promise<TriedDetector> {
  const { isolation = usualIsolation, picture, threshold, ...detector } = options;
  const worker = new PoolWorker(detector, isolation);
  try {
    const facts = await worker.opened();
    if (picture === undefined) return { facts, detections: [], milliseconds: undefined };
    const { width, height } = await imageSize(picture);
    const image = await readImage(picture, inputSpecFor(facts.input, width, height, facts.longSide));
    const times: number[] = [];
    let detections: readonly Detection[] = [];
    for (let run = 0; run < runs; run += 1) {
      const asked = threshold === undefined ? {} : { threshold };
      const answer = await worker.ask({ kind: 'detect', pictures: [image], options: asked });
      if (answer.kind !== 'found') continue;
      times.push(answer.ms);
      detections = answer.detections[0]!;
    }
    times.sort((one, other) => one - other);
    return { facts, detections, milliseconds: times[Math.floor(times.length / 2)] };
  } finally {
    await worker.terminate();
  }
}
