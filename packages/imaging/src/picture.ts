/** A picture in memory: rows from the top, pixels interleaved, without alpha, upright. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green, blue (sRGB). */
  readonly channels: 1 | 3;
  /** Bits of a sample. */
  readonly depth: 8 | 16;
  /** width x height x channels samples: Uint8Array of 8 bits, Uint16Array of 16. */
  readonly data: Uint8Array | Uint16Array;
}

/** One value a pixel, rows from the top: width x height numbers. What measures and compares works on these. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const emptyPlane = (width: number, height: number): Plane => ({
  ...{ width, height },
  data: new Float32Array(width * height),
});

/** A region in whole pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
