import type { BayerPattern } from '@millwright/imaging';

/** A trained inspection as one file: an ONNX network that runs anywhere, with a card and files of its own inside. */
export interface ModelFile {
  /** The network: an ONNX model without the two below. Where it gives a `score`, its file gives `ng` too, score above threshold. */
  readonly network: Uint8Array;
  readonly card: InspectionCard;
  /** What ONNX cannot say, by name, such as a template's picture; kept in the model's metadata. */
  readonly attachments: Readonly<Record<string, Uint8Array>>;
}

/** What the model says of itself; plain JSON, kept in the model's metadata as `millwright.card`. */
export interface InspectionCard {
  /** Of this form; a file of a later one is refused. */
  readonly format: 1;
  readonly kind: string;
  /** Of the kind's method; a change that can change a verdict needs a new one. */
  readonly methodVersion: string;
  readonly seed: number;
  /** What it learnt from. */
  readonly trainedOn: { readonly good: number; readonly defects: number };
  /** Score above which a part is rejected; null where the kind decides otherwise. */
  readonly threshold: number | null;
  /**
   * Scores of good parts by models that had not learnt from them (cross-fitted, whole groups left out), which the promise about
   * false rejects is made from. A kind that keeps the features of its pictures gives them cheaply; where it does not, the
   * trainer trains it again for every fold.
   */
  readonly heldOut?: readonly HeldOutScore[];
  /** The same of defects, of a kind that learns from them. */
  readonly heldOutDefects?: readonly HeldOutScore[];
  /** How the pictures are read, where that is not said by their files. */
  readonly reading?: Reading;
  /** The kind's own. */
  readonly settings: unknown;
}

export interface Reading {
  /** Pictures are a sensor's mosaic of this pattern. */
  readonly bayer: BayerPattern;
}

export interface HeldOutScore {
  /** Of the picture, within its data set. */
  readonly name: string;
  readonly score: number;
  /** Part or lot, where it is not the picture alone. */
  readonly group?: string;
}
