import type { Learner, Learnt, Scorer } from './learner.ts';
import { type Sample, squaredDistance } from './sample.ts';
import { solve } from './solve.ts';

type Kernel = Extract<Learnt, { kind: 'kernel-logistic' }>;

/** Numbers are kept with so many decimals: a model is small, and the same on every machine. */
const digits = 1e6;
const mostSteps = 15;

/**
 * Kernel logistic regression (Zhu and Hastie, 2005) with a Gaussian kernel whose width follows the median distance of the
 * examples, fitted by iteratively reweighted least squares; classes weigh the same whatever their numbers. A hat may be
 * red or white: what a straight line in the space of colours cannot part, nearness to examples can.
 */
export function kernelLogistic(penalty: number): Learner {
  return { name: `kernel-logistic ${penalty}`, learn: (samples) => fit(samples, penalty) };
}

function fit(samples: readonly Sample[], penalty: number): Kernel {
  const size = samples.length;
  const distances = samples.map((a) => samples.map((b) => squaredDistance(a.features, b.features)));
  const apart = distances.flatMap((row, at) => row.slice(0, at)).sort((a, b) => a - b);
  const scale = rounded(2 / (apart[Math.floor(apart.length / 2)] || 1));
  const kernel = distances.map((row) => Float64Array.from(row, (squared) => Math.exp(-scale * squared)));
  const positive = samples.filter(({ present }) => present).length;
  const importance = samples.map(({ present }) => (0.5 * size) / (present ? positive : size - positive));
  let weights = new Float64Array(size);
  let bias = 0;
  for (let step = 0; step < mostSteps; step++) {
    const rows = samples.map(({ present }, at) => {
      const score = bias + dot(kernel[at]!, weights);
      const probability = 1 / (1 + Math.exp(-score));
      const curvature = Math.max(1e-6, importance[at]! * probability * (1 - probability));
      const row = new Float64Array(size + 2);
      row.set(kernel[at]!);
      row[at]! += penalty / curvature;
      row[size] = 1;
      row[size + 1] = score + (importance[at]! * ((present ? 1 : 0) - probability)) / curvature;
      return row;
    });
    // The last row asks that the weights add up to nothing, which the bias makes up for.
    rows.push(new Float64Array(size + 2).fill(1, 0, size));
    const answer = solve(rows);
    const change = weights.reduce((most, weight, at) => Math.max(most, Math.abs(weight - answer[at]!)), 0);
    weights = answer.slice(0, size);
    bias = answer[size]!;
    if (change < 1e-7) break;
  }
  return {
    ...{ kind: 'kernel-logistic', scale, bias: rounded(bias) },
    support: samples.map(({ features }) => Array.from(features, rounded)),
    weights: Array.from(weights, rounded),
  };
}

export function kernelScorer({ scale, bias, support, weights }: Kernel): Scorer {
  const examples = support.map((one) => Float32Array.from(one));
  return (features) =>
    examples.reduce(
      (sum, example, at) => sum + weights[at]! * Math.exp(-scale * squaredDistance(example, features)),
      bias,
    );
}

const rounded = (value: number): number => Math.round(value * digits) / digits;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += a[index]! * b[index]!;
  return sum;
}
