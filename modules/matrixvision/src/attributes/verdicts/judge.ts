import { cutPatch } from '../features/cut-patch.ts';
import { describePatch } from '../features/describe-patch.ts';
import type { Pixels } from '../features/pixels.ts';
import { probability } from '../learning/calibration.ts';
import { scorerOf } from '../learning/learners.ts';
import type { PartRegion } from '../parts/body-part.ts';
import type { AttributeModel } from '../teaching/attribute-model.ts';

/** Tells an attribute of patches and regions; made once a model. */
export class Judge {
  readonly model: AttributeModel;
  readonly #score: (features: Float32Array) => number;

  constructor(model: AttributeModel) {
    this.model = model;
    this.#score = scorerOf(model.learnt as Parameters<typeof scorerOf>[0]);
  }

  /** Probability that the attribute is there, of a patch of 48 by 48 pixels. */
  ofPatch(patch: Uint8Array): number {
    return probability(this.model.calibration, this.#score(describePatch(patch, this.model.part)));
  }

  /** Of a part in a picture. */
  ofRegion(pixels: Pixels, region: PartRegion): number {
    return this.ofPatch(cutPatch(pixels, region));
  }
}
