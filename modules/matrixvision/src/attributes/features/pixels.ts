/** Colours of a picture, rows packed, 3 bytes a pixel; the same words as media's Picture. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  /** Source x = x / scaleX + offsetX. Left out: the picture is the source. */
  readonly scaleX?: number;
  readonly scaleY?: number;
  readonly offsetX?: number;
  readonly offsetY?: number;
}

/** Of the source picture. */
export const sizeOf = ({ width, height, scaleX = 1, scaleY = 1 }: Pixels): { width: number; height: number } => ({
  width: width / scaleX,
  height: height / scaleY,
});
