import { setImmediate } from 'node:timers/promises';
import { settingsOf } from '../../learners/settings-of.ts';
import { minimise } from '../../numerics/minimise.ts';
import { rowWeights, weightSettings } from '../class-weights.ts';
import { outputsOf, softmax } from '../link.ts';
import type { ClassificationData, TableKind } from '../types.ts';
import { eachBlock, termsOf } from './design.ts';
import { LinearModel } from './linear-model.ts';
import { linearSettings, startLinear } from './start-linear.ts';

const settingsSchema = linearSettings.extend(weightSettings);

export const logisticKind: TableKind = {
  name: 'logistic',
  summary:
    'Logarithms of odds as weighted sums of the columns, multinomial with an L2 penalty, found by L-BFGS (Liu and Nocedal, 1989).',
  tasks: ['classification'],
  settings: settingsSchema,
  async fit(given, told, _seed, { signal, progress }) {
    const settings = settingsOf({ name: 'logistic', settings: settingsSchema }, told);
    await setImmediate();
    signal.throwIfAborted();
    const { facts, design, values } = startLinear(given, logisticKind, settings);
    const data = given as ClassificationData;
    const { target, table } = data;
    const weights = rowWeights(data, settings);
    const [n, outputs, iterations] = [termsOf(design), outputsOf(facts), 200];
    let total = 0;
    for (let row = 0; row < table.rows; row++) total += weights[row]!;
    const sums = new Float64Array(outputs);
    const evaluate = (at: Float64Array, gradient: Float64Array): number => {
      gradient.fill(0);
      let loss = 0;
      eachBlock(design, values, table.rows, (block, first, rows) => {
        signal.throwIfAborted();
        for (let row = 0; row < rows; row++) {
          const start = row * n;
          const weight = weights[first + row]! / total;
          const code = target[first + row]!;
          for (let output = 0; output < outputs; output++) sums[output] = at[n * outputs + output]!;
          for (let term = 0; term < n; term++) {
            const value = block[start + term]!;
            if (value !== 0)
              for (let output = 0; output < outputs; output++) sums[output]! += value * at[term * outputs + output]!;
          }
          if (outputs === 1) {
            const sum = sums[0]!;
            const against = code === 1 ? -sum : sum;
            loss += weight * (against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against)));
            sums[0] = 1 / (1 + Math.exp(-sum)) - code;
          } else {
            softmax(sums, outputs);
            loss -= weight * Math.log(Math.max(sums[code]!, 1e-300));
            sums[code]! -= 1;
          }
          for (let output = 0; output < outputs; output++) sums[output]! *= weight;
          for (let term = 0; term < n; term++) {
            const value = block[start + term]!;
            if (value !== 0)
              for (let output = 0; output < outputs; output++)
                gradient[term * outputs + output]! += value * sums[output]!;
          }
          for (let output = 0; output < outputs; output++) gradient[n * outputs + output]! += sums[output]!;
        }
      });
      const penalty = settings.penalty / total;
      for (let term = 0; term < n * outputs; term++) {
        loss += 0.5 * penalty * at[term]! ** 2;
        gradient[term]! += penalty * at[term]!;
      }
      return loss;
    };
    const start = new Float64Array((n + 1) * outputs);
    const found = minimise({ start, evaluate, iterations, step: (done) => progress(done / iterations) });
    return new LinearModel(facts, design, found.slice(0, n * outputs), found.slice(n * outputs));
  },
  open: (state) => LinearModel.open(state),
  candidates: () => [1, 0.01, 100].map((penalty) => ({ penalty })),
};
