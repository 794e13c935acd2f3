import type { Learner, Learnt, Scorer } from './learner.ts';
import { squaredDistance } from './sample.ts';

type Nearest = Extract<Learnt, { kind: 'nearest-neighbours' }>;

/**
 * The mean distance to the k nearest examples of each class, compared as a logarithm: 0 where both are as near. Of a class
 * with more examples some lie nearer by that alone; the calibration makes up for it.
 */
export function nearestNeighbours(neighbours: number): Learner {
  return {
    name: `nearest-neighbours ${neighbours}`,
    learn: (samples) => ({
      ...{ kind: 'nearest-neighbours', neighbours },
      support: samples.map(({ features }) => Array.from(features, (value) => Math.round(value * 1e6) / 1e6)),
      present: samples.map(({ present }) => present),
    }),
  };
}

export function nearestScorer({ neighbours, support, present }: Nearest): Scorer {
  const examples = support.map((one) => Float32Array.from(one));
  const nearest = (features: Float32Array, wanted: boolean): number => {
    const distances = examples.flatMap((example, at) =>
      present[at] === wanted ? [Math.sqrt(squaredDistance(example, features))] : [],
    );
    const few = distances.sort((a, b) => a - b).slice(0, neighbours);
    return few.reduce((sum, distance) => sum + distance, 0) / few.length;
  };
  return (features) => Math.log((nearest(features, false) + 1e-6) / (nearest(features, true) + 1e-6));
}
