import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '@millwright/imaging';
import { settingsOf } from '../../learners/settings-of.ts';
import { rowWeights } from '../class-weights.ts';
import { factsOf } from '../columns.ts';
import { outputsOf } from '../link.ts';
import type { TableKind } from '../types.ts';
import { binRows, binsOf } from './binned-rows.ts';
import { Crew } from './crew.ts';
import { growTree } from './grow-tree.ts';
import { growShape, targetScale, varies } from './start-growth.ts';
import { TreeModel } from './tree-model.ts';
import { forestSettings } from './tree-settings.ts';
import { type GrownTree, joinTrees } from './trees.ts';

const name = 'random-forest';

export const forestKind: TableKind = {
  name,
  summary:
    'The mean of trees that each learn from rows drawn with return, each split choosing among a few columns (Breiman, 2001); of more than two classes, a tree for each.',
  tasks: ['regression', 'classification'],
  settings: forestSettings,
  async fit(data, given, seed, { signal, progress, threads = 0 }) {
    const settings = settingsOf({ name, settings: forestSettings }, given);
    await setImmediate();
    signal.throwIfAborted();
    const facts = factsOf(data, forestKind);
    const bins = binsOf(data.table, settings.bins, seed);
    const { rows } = data.table;
    const outputs = outputsOf(facts);
    const { middle, scale } = targetScale(data, name);
    const { leaves, depth, minRows } = settings;
    const shape = growShape({
      ...{ learner: name, rows, facts, bins, loss: 'mean', leaves, weighted: true },
      limits: { minRows, minHessian: 0.5, penalty: 0, minGain: 0 },
    });
    const crew = await Crew.start(shape, threads);
    try {
      const { arrays } = crew.kernel;
      binRows(crew.kernel, bins, data.table, 0);
      for (let row = 0; row < rows; row++) arrays.target[row] = (data.target[row]! - middle) / scale;
      const weights = data.task === 'classification' ? rowWeights(data, settings) : data.weights;
      const random = seededRandom(seed);
      const usable = Int32Array.from([...bins.keys()].filter((column) => varies(bins[column]!)));
      const usual = data.task === 'classification' ? Math.sqrt(usable.length) : usable.length / 3;
      const choice = Math.max(1, Math.round(settings.columns === null ? usual : settings.columns * usable.length));
      const chooseColumns = (allowed: Uint8Array) => {
        allowed.fill(0);
        for (let chosen = 0; chosen < choice; chosen++) {
          const other = chosen + Math.floor(random() * (usable.length - chosen));
          [usable[chosen], usable[other]] = [usable[other]!, usable[chosen]!];
          allowed[usable[chosen]!] = 1;
        }
      };
      const limits = { leaves, depth, minRows, penalty: 0, rate: 1 / settings.trees, scale };
      const trees: GrownTree[] = [];
      for (let at = 0; at < settings.trees; at++) {
        await setImmediate();
        signal.throwIfAborted();
        progress(at / settings.trees);
        const bag = drawRows(arrays.weights, arrays.bag, weights, settings.rows, random);
        for (let output = 0; output < outputs; output++) {
          const tree = growTree(crew, bins, limits, { output, bag, chooseColumns });
          trees.push(
            tree ?? lone(output, meanOf(arrays, bag, outputs > 1 ? output : undefined) * limits.rate * scale, bag),
          );
        }
      }
      return new TreeModel(facts, joinTrees(trees), new Float64Array(outputs).fill(Math.fround(middle)), 'shares');
    } finally {
      await crew.end();
    }
  },
  open: (state) => TreeModel.open(state),
  candidates: () => [{ trees: 50 }, { trees: 200 }, { trees: 200, columns: 0.5, minRows: 1 }],
};

/** Draws rows with return: how often each was drawn becomes its weight. Gives how many there are, which come first in the bag. */
function drawRows(
  drawn: Float32Array,
  bag: Int32Array,
  weights: Float64Array | undefined,
  share: number,
  random: () => number,
): number {
  const rows = bag.length;
  drawn.fill(0);
  for (let left = Math.max(1, Math.round(share * rows)); left > 0; left--) drawn[Math.floor(random() * rows)]!++;
  let count = 0;
  for (let row = 0; row < rows; row++) if (drawn[row]! > 0) bag[count++] = row;
  for (let row = 0, at = count; row < rows; row++) if (drawn[row] === 0) bag[at++] = row;
  if (weights) for (let row = 0; row < rows; row++) drawn[row]! *= weights[row]!;
  return count;
}

/** Of the target, or of how often it is this class. */
function meanOf(
  { bag, weights, target }: { bag: Int32Array; weights: Float32Array; target: Float64Array },
  count: number,
  code: number | undefined,
): number {
  let [sum, total] = [0, 0];
  for (let at = 0; at < count; at++) {
    const row = bag[at]!;
    sum += weights[row]! * (code === undefined ? target[row]! : Number(target[row] === code));
    total += weights[row]!;
  }
  return total > 0 ? sum / total : 0;
}

/** A tree of one leaf. */
const lone = (output: number, value: number, rows: number): GrownTree => ({
  ...{ output, column: [], threshold: [], set: [], gapLeft: [], left: [], right: [], nodeRows: [] },
  ...{ leafRows: [rows], value: [Math.fround(value)] },
});
