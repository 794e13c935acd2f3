import type { OnnxGraph } from '../onnx/onnx-graph.ts';
import type { GraphModel } from '../tfjs/graph-model.ts';

/** A network that comes with the product as a TensorFlow.js graph model and runs as ONNX. */
export interface BundledModel {
  readonly name: string;
  /** Counted up whenever `build` writes another network: what is kept under an older version is then made anew. */
  readonly version: string;
  /** The model.json, as `@scope/package/path`. */
  readonly source: string;
  /** `build` leaves out the results of classes that are not asked for; left out: it gives those of all. */
  readonly isCut?: boolean;
  /** The whole network, or with results for some classes only, where it is cut. */
  build(model: GraphModel, classes?: readonly number[]): OnnxGraph;
  readonly reference: Reference;
}

/** What the original network gives for the probe picture (see `probePicture`), recorded with TensorFlow.js. */
export interface Reference {
  readonly width: number;
  readonly height: number;
  /** By output: so many numbers, taken at equal distances from the flat tensor. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  /** Largest difference allowed, as a share of the largest number recorded of that output. */
  readonly tolerance: number;
}
