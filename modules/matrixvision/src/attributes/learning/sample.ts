/** One description and whether the attribute is there. */
export interface Sample {
  readonly features: Float32Array;
  readonly present: boolean;
  /** Samples of one group (one track, one picture) are never on both sides of a test. */
  readonly group: string;
}

export const squaredDistance = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index]! - b[index]!) ** 2;
  return sum;
};
