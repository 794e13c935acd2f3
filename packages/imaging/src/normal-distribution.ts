/** Density of the standard normal distribution. */
export const normalDensity = (x: number): number => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/**
 * Cumulative standard normal distribution, by the continued fraction and rational approximation of W. J. Cody (1969) in the
 * form of G. West (Better approximations to cumulative normal functions, 2005); right to 1e-14.
 */
export function normalCumulative(x: number): number {
  const z = Math.abs(x);
  let tail = 0;
  if (z < 37) {
    const e = Math.exp((-z * z) / 2);
    if (z < 7.07106781186547) {
      const top =
        (((((3.52624965998911e-2 * z + 0.700383064443688) * z + 6.37396220353165) * z + 33.912866078383) * z +
          112.079291497871) *
          z +
          221.213596169931) *
          z +
        220.206867912376;
      const below =
        ((((((8.83883476483184e-2 * z + 1.75566716318264) * z + 16.064177579207) * z + 86.7807322029461) * z +
          296.564248779674) *
          z +
          637.333633378831) *
          z +
          793.826512519948) *
          z +
        440.413735824752;
      tail = (e * top) / below;
    } else tail = e / (z + 1 / (z + 2 / (z + 3 / (z + 4 / (z + 0.65))))) / 2.506628274631;
  }
  return x > 0 ? 1 - tail : tail;
}
