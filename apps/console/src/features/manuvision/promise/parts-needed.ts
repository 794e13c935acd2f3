/**
 * So many good parts, none of them rejected, it takes until the upper end of the 95 % interval of the rate (Clopper and
 * Pearson 1934) is at most `per1000`: (1 - p)^n = 0.025.
 */
export const partsNeeded = (per1000: number): number => Math.ceil(Math.log(0.025) / Math.log1p(-per1000 / 1000));
