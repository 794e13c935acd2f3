import type { ModelCard } from '../card/card.ts';
import { detectorModels } from './detector-models.ts';

/** How good and how fast a bundled detector is, in per cent and milliseconds of processor time a picture with one thread. */
export interface MeasuredDetector {
  readonly input: string;
  readonly averagePrecision: number;
  readonly recall: number;
  readonly precision: number;
  readonly milliseconds: number;
}

export interface BundledDetector {
  readonly name: string;
  readonly card: ModelCard;
  /** At its usual size of input; undefined where it was not measured. */
  readonly measured: MeasuredDetector | undefined;
}

/**
 * PETS09-S2L1, every 5th frame, persons, IoU 0.5; the README has the whole table with its protocol, and
 * `npm run bench -- detectors` prints it.
 */
const measured: Readonly<Record<string, MeasuredDetector>> = {
  nanodet: { input: '416 × 320', averagePrecision: 90.8, recall: 88.6, precision: 94.2, milliseconds: 14.7 },
  'nanodet-float32': { input: '416 × 320', averagePrecision: 91.4, recall: 89.2, precision: 94.0, milliseconds: 31.6 },
  centernet: { input: '512 × 384', averagePrecision: 88.6, recall: 85.8, precision: 93.4, milliseconds: 30.3 },
};

/** The detectors that come with the product. */
export const bundledDetectors: readonly BundledDetector[] = Object.entries(detectorModels).map(([name, { card }]) => ({
  ...{ name, card, measured: measured[name] },
}));
