/** In pixels of the source picture; x and y are the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Detection {
  readonly box: Box;
  /** 0 to 1. */
  readonly score: number;
  /** Name of the class from the model's card, e.g. `person`. */
  readonly label: string;
}

/** Pixels as `@millwright/media` delivers them: rows packed, with the way back to the source picture. */
export interface ImageInput {
  readonly width: number;
  readonly height: number;
  readonly format: 'rgb24' | 'gray8';
  readonly data: Uint8Array;
  /** Source x = x / scaleX + offsetX. */
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** The picture that a detector wants; the same words as media's ViewSpec. */
export interface InputSpec {
  readonly width: number;
  readonly height: number;
  readonly format: 'rgb24';
  readonly fit: 'letterbox' | 'stretch';
}

export interface Detector {
  /** Name and version from the card, for people and evidence. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the ONNX file that runs. */
  readonly sha256: string;
  /** Execution provider in use: cpu, cuda, … */
  readonly provider: string;
  readonly labels: readonly string[];
  /** Score from which on the card takes a detection for real; networks differ widely in what they call 0.5. */
  readonly threshold: number;
  /** The input that fits a source of this size best (a network of free input size follows the aspect ratio). */
  inputFor(width: number, height: number): InputSpec;
  /**
   * Boxes per picture in source pixels, best score first, after suppression of doubles; `threshold` overrules the card's.
   * Blocks the calling thread while the network runs: call it in a worker thread.
   */
  detect(
    pictures: readonly ImageInput[],
    options?: {
      threshold?: number;
      labels?: readonly string[];
      /** Hands the memory of the pictures to the network's thread instead of copying it: they are empty afterwards. */
      give?: boolean;
    },
  ): Promise<Detection[][]>;
  close(): Promise<void>;
}
