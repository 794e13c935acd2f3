import { readFile } from 'node:fs/promises';
import type { Logger } from '@millwright/kernel';
import { classesOf, type ModelCard } from './card/card.ts';
import { type ReadCard, readCard } from './card/read-card.ts';
import { checkInput } from './detection/check-input.ts';
import { OnnxDetector } from './detection/onnx-detector.ts';
import { inferenceErrors } from './errors.ts';
import { detectorModels } from './models/detector-models.ts';
import { installModel } from './models/install-model.ts';
import { sha256Of } from './models/sha256.ts';
import { openSession } from './sessions/open-session.ts';
import type { ProviderName } from './sessions/providers.ts';

export interface DetectorOptions {
  /** Name of a bundled network, or the path of a model card (it ends in `.json`). */
  readonly model: string;
  /** Folder that converted networks are kept in. */
  readonly cache: string;
  /** Threads within one run; left out: 1. */
  readonly threads?: number;
  /** Execution providers, tried in order; the CPU comes last by itself. */
  readonly providers?: readonly ProviderName[];
  /** Length of the longer side of the input in pixels, for a network of free size; left out: as its card says. */
  readonly inputSize?: number;
  /** The only classes to look for, by name; left out: all. CenterNet is cut to them, which makes it faster. */
  readonly labels?: readonly string[];
  readonly logger?: Logger;
}

/**
 * Opens a detector and runs it once, so that the first picture does not wait and a card that does not fit its network is found
 * out here. A bundled network is converted on first use, which takes half a second. Both block the calling thread: call it in
 * a worker thread.
 */
export async function openDetector(options: DetectorOptions): Promise<OnnxDetector> {
  const { threads, providers, inputSize: longSide, labels, logger } = options;
  const { card, bytes, sha256 } = await load(options);
  const opened = await openSession(bytes, { model: card.name, providers, threads, logger });
  const detector = new OnnxDetector({ ...opened, card, sha256, longSide, only: labels });
  try {
    checkInput(opened.session, card);
    await detector.warmUp();
  } catch (error) {
    await detector.close();
    throw error;
  }
  return detector;
}

async function load({ model, cache, labels, logger }: DetectorOptions): Promise<ReadCard> {
  if (model.endsWith('.json')) {
    const read = await readCard(model);
    if (labels) placesOf(read.card, labels);
    return read;
  }
  const bundled = Object.hasOwn(detectorModels, model) ? detectorModels[model] : undefined;
  if (!bundled) throw inferenceErrors.INFERENCE_MODEL_UNKNOWN({ model, known: Object.keys(detectorModels) });
  const places = labels && placesOf(bundled.card, labels);
  const isFewer = places && places.length < classesOf(bundled.card).length;
  const classes = bundled.network.isCut && isFewer ? places : undefined;
  const bytes = await readFile(await installModel(bundled.network, { folder: cache, classes, logger }));
  const card = classes
    ? { ...bundled.card, classes: classes.map((place) => classesOf(bundled.card)[place]!) }
    : bundled.card;
  return { card, bytes, sha256: sha256Of(bytes) };
}

/** Numbers of the classes in the order of the network. Names that it does not know are passed over, unless it knows none. */
function placesOf(card: ModelCard, labels: readonly string[]): number[] {
  const known = classesOf(card);
  const places = [...known.keys()].filter((place) => labels.includes(known[place]!));
  if (places.length === 0) throw inferenceErrors.INFERENCE_LABELS_UNKNOWN({ model: card.name, labels, known });
  return places;
}
