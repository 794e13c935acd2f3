import { seededRandom } from '@millwright/imaging';
import type { State } from '../../learners/learner.ts';
import { type FeatureScale, featureCount, windowFeatures } from '../features.ts';
import { Adam } from '../network/adam.ts';
import { chain, dense, dropout, type Layer, rectify } from '../network/layer.ts';
import type { Estimator, EstimatorKind, Lives } from './estimator.ts';

const widths = [64, 32] as const;
const shareLeftOut = 0.1;
const passes = 15;
const batch = 128;
const highestRate = 2e-3;
const decay = 1e-2;
/** The share of the steps in which the rate rises; it falls by a cosine afterwards. */
const warmUp = 0.05;
/** Before this row a unit says next to nothing. */
export const firstRow = 4;
/** Lives left beyond so many caps count a quarter: they are many and alike. */
const plentiful = 1.4;

/** Features of windows into a network of two hidden layers. */
export const networkEstimator: EstimatorKind = {
  name: 'network',
  async fit(lives, seed, { breathe }) {
    const random = seededRandom(seed);
    const { features, targets, weights, rows, count } = trainingRows(lives);
    const { centre, scale } = standard(features, rows, count);
    const network = layersOf(count, random);
    const adam = new Adam(network.parameters, decay);
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    const steps = passes * Math.ceil(rows / batch);
    let step = 0;
    for (let pass = 0; pass < passes; pass++) {
      for (let last = rows - 1; last > 0; last--) {
        const other = Math.floor(random() * (last + 1));
        const kept = order[last]!;
        order[last] = order[other]!;
        order[other] = kept;
      }
      for (let from = 0; from < rows; from += batch) {
        const taken = Math.min(batch, rows - from);
        const x = new Float32Array(taken * count);
        for (let index = 0; index < taken; index++) {
          const at = order[from + index]! * count;
          for (let one = 0; one < count; one++)
            x[index * count + one] = (features[at + one]! - centre[one]!) * scale[one]!;
        }
        const out = network.forward(x, taken, true);
        for (let index = 0; index < taken; index++) {
          const row = order[from + index]!;
          out[index] = (weights[row]! * (out[index]! - targets[row]!)) / taken;
        }
        network.backward(out, taken);
        const share = step++ / steps;
        const part = share < warmUp ? share / warmUp : (1 + Math.cos((Math.PI * (share - warmUp)) / (1 - warmUp))) / 2;
        adam.step(highestRate * part);
        if (step % 16 === 0) await breathe(share);
      }
    }
    return opened(network, { width: lives.width, cap: lives.cap, step: lives.step, centre, scale });
  },
  open(state) {
    const { weights, width, cap, step, centre, scale } = state as unknown as Facts & { weights: Float32Array[] };
    const network = layersOf(featureCount(width), () => 0);
    for (const [index, { value }] of network.parameters.entries()) value.set(weights[index]!);
    return opened(network, { width, cap, step, centre, scale });
  },
};

interface Facts extends FeatureScale {
  readonly width: number;
  readonly centre: Float32Array;
  readonly scale: Float32Array;
}

const layersOf = (inputs: number, random: () => number): Layer =>
  chain([
    dense(inputs, widths[0], random),
    rectify(widths[0]),
    dropout(widths[0], shareLeftOut, random),
    dense(widths[0], widths[1], random),
    rectify(widths[1]),
    dense(widths[1], 1, random),
  ]);

/** The network tells shares of the cap about this one. */
const middle = 0.6;

export interface TrainingRows {
  readonly features: Float32Array;
  /** Share of the cap, less the middle. */
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  readonly rows: number;
  readonly count: number;
}

function trainingRows(lives: Lives): TrainingRows {
  const { units, width, cap } = lives;
  const count = featureCount(width);
  const firstOf = (rows: number) => Math.min(firstRow, rows - 1);
  const rows = units.reduce((sum, unit) => sum + unit.rows - firstOf(unit.rows), 0);
  const features = new Float32Array(rows * count);
  const [targets, weights] = [new Float32Array(rows), new Float32Array(rows)];
  let at = 0;
  for (const unit of units) {
    const first = firstOf(unit.rows);
    features.set(windowFeatures(unit, width, lives).subarray(first * count), at * count);
    for (let row = first; row < unit.rows; row++, at++) {
      const left = unit.age.at(-1)! - unit.age[row]!;
      targets[at] = Math.min(cap, left) / cap - middle;
      weights[at] = left > plentiful * cap ? 0.25 : 1;
    }
  }
  return { features, targets, weights, rows, count };
}

function standard(features: Float32Array, rows: number, count: number) {
  const [sums, squares] = [new Float64Array(count), new Float64Array(count)];
  for (let row = 0; row < rows; row++)
    for (let one = 0; one < count; one++) {
      const value = features[row * count + one]!;
      sums[one]! += value;
      squares[one]! += value * value;
    }
  const centre = Float32Array.from(sums, (sum) => sum / rows);
  const scale = Float32Array.from(
    squares,
    (sum, one) => 1 / Math.sqrt(Math.max(0, sum / rows - centre[one]! ** 2) + 1e-9),
  );
  return { centre, scale };
}

function opened(network: Layer, facts: Facts): Estimator {
  const { width, cap, centre, scale } = facts;
  return {
    estimates(unit, from) {
      const count = centre.length;
      const x = windowFeatures(unit, width, facts).slice(from * count);
      for (let index = 0; index < x.length; index++)
        x[index] = (x[index]! - centre[index % count]!) * scale[index % count]!;
      const out = network.forward(x, unit.rows - from, false);
      return Float64Array.from(out, (value) => Math.max(0, Math.min(cap, (value + middle) * cap)));
    },
    state: (): State => ({ ...facts, weights: network.parameters.map(({ value }) => value) }),
  };
}
