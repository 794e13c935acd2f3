/** One layer of a backbone whose numbers are given out. */
export interface BackboneLayer {
  readonly name: string;
  readonly channels: number;
  /** Pixels of the input from one place to the next, the same across and down. */
  readonly stride: number;
}

/** The numbers of one layer for a batch of pictures: batch x channels x rows x columns. */
export interface FeatureMap {
  readonly name: string;
  readonly batch: number;
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** What a frozen network is, without running it. */
export interface BackboneNetwork {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  /**
   * ONNX up to the layers and nothing behind them: input `images`, uint8 [batch, height, width, 3] (red, green, blue, both
   * sides multiples of `multiple`); one output for each layer by its name, float32 [batch, channels, rows, columns]. What the
   * network wants done to its pixels is in it.
   */
  readonly network: Uint8Array;
  /** SHA-256 of `network`. */
  readonly sha256: string;
  /** From fine to coarse. */
  readonly layers: readonly BackboneLayer[];
  readonly multiple: number;
}

/** A frozen network that turns pictures into feature maps. */
export interface Backbone extends BackboneNetwork {
  /**
   * The layers of so many pictures of one size: red, green, blue bytes, one picture after the other. Throws
   * INFERENCE_PICTURE_INVALID for sides that are no multiples, INFERENCE_RUN_FAILED.
   */
  features(pictures: Uint8Array, width: number, height: number): Promise<FeatureMap[]>;
  close(): Promise<void>;
}
