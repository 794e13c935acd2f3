/** A value that was measured, before it is judged. */
export interface Quantity {
  readonly value: number;
  /** Standard uncertainty by the noise of this picture, in the value's unit. */
  readonly noise: number;
  /** How many times the standard uncertainty of a place by the calibration goes into the value. */
  readonly places: number;
  /** 1 for a length, 2 for an area, 0 for an angle: how the uncertainty of the scale goes into it. */
  readonly dimension: 0 | 1 | 2;
}
