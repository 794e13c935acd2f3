import type { Box, ImageInput, InputSpec } from '../detector.ts';

export interface Keypoint {
  /** In pixels of the source picture. */
  readonly x: number;
  readonly y: number;
  /** 0 to 1. */
  readonly score: number;
}

export interface PoseEstimator {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the ONNX file that runs. */
  readonly sha256: string;
  /** Execution provider in use. */
  readonly provider: string;
  /** Names of the keypoints in their order: COCO's 17. */
  readonly keypoints: readonly string[];
  /** The picture of a person that it wants. */
  readonly input: InputSpec;
  /**
   * What to cut out for a person at `box` in a picture of this size: a square around it with some air, shifted into the
   * picture where it can be.
   */
  regionFor(box: Box, size: { readonly width: number; readonly height: number }): Box;
  /**
   * Keypoints per picture, each of one person. Blocks the calling thread while the network runs: call it in a worker thread.
   */
  estimate(people: readonly ImageInput[]): Promise<Keypoint[][]>;
  close(): Promise<void>;
}
