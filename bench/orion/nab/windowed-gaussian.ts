/** Readings of the window, and how many of them it moves on by at a time. */
const [size, step] = [6400, 100];

/**
 * NAB's yardstick, to hold the scorer to published figures: how far a reading lies above the mean of a window, as a normal distribution
 * tells it. Kept with 12 digits, as the scoreboard's result files are, since its threshold is 1.
 */
export function windowedGaussian(values: Float64Array): Float64Array {
  const scores = new Float64Array(values.length);
  let [from, to] = [0, 0];
  let [mean, deviation] = [0, 1];
  const settle = () => {
    let sum = 0;
    for (let row = from; row < to; row++) sum += values[row]!;
    mean = sum / (to - from);
    let squares = 0;
    for (let row = from; row < to; row++) squares += (values[row]! - mean) ** 2;
    deviation = Math.sqrt(squares / (to - from)) || 0.000001;
  };
  for (let row = 0; row < values.length; row++) {
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: as NAB writes it, or the points differ
    if (row > 0) scores[row] = Number((1 - 0.5 * erfc((values[row]! - mean) / deviation / 1.4142)).toPrecision(12));
    if (row < size) {
      to = row + 1;
      settle();
    } else if (row + 1 - to === step) {
      from += step;
      to += step;
      settle();
    }
  }
  return scores;
}

/** Complementary error function: its series near 0, else its continued fraction (Abramowitz and Stegun 7.1.5 and 7.1.14). */
function erfc(x: number): number {
  const z = Math.abs(x);
  let value: number;
  if (z < 2.5) {
    let [sum, term] = [0, z];
    for (let n = 0; Math.abs(term) > 1e-18; n++) {
      sum += term / (2 * n + 1);
      term *= (-z * z) / (n + 1);
    }
    value = 1 - (2 / Math.sqrt(Math.PI)) * sum;
  } else {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / 2 / (z + fraction);
    value = Math.exp(-z * z) / Math.sqrt(Math.PI) / (z + fraction);
  }
  return x >= 0 ? value : 2 - value;
}
