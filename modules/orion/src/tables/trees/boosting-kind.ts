import { setImmediate } from 'node:timers/promises';
import { seededRandom } from '@millwright/imaging';
import { orionErrors } from '../../errors.ts';
import type { Work } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { rowWeights } from '../class-weights.ts';
import { factsOf } from '../columns.ts';
import { outputsOf } from '../link.ts';
import type { ModelFacts, TableData, TableKind } from '../types.ts';
import { binRows, binsOf } from './binned-rows.ts';
import type { ColumnBins } from './bins.ts';
import { Crew } from './crew.ts';
import { phases } from './grow-kernel.ts';
import { chunkRows, type Loss, layoutOf } from './grow-layout.ts';
import { growTree } from './grow-tree.ts';
import { holdOut } from './held-out.ts';
import { meanLoss, weightedQuantile } from './loss.ts';
import { growShape, targetScale } from './start-growth.ts';
import { TreeModel } from './tree-model.ts';
import { type BoostingSettings, boostingSettings } from './tree-settings.ts';
import { type GrownTree, joinTrees } from './trees.ts';

const name = 'gradient-boosting';

export const boostingKind: TableKind = {
  name,
  summary:
    'Trees that each mend what the ones before left over (Friedman, 2001), grown leaf by leaf on histograms of binned columns (Ke et al., 2017).',
  tasks: ['regression', 'classification'],
  settings: boostingSettings,
  async fit(data, given, seed, work) {
    const settings = settingsOf({ name, settings: boostingSettings }, given);
    await setImmediate();
    work.signal.throwIfAborted();
    const facts = factsOf(data, boostingKind);
    const bins = binsOf(data.table, settings.bins, seed);
    return boost({
      ...{ data, facts, bins, settings, seed, work },
      fill: (crew) => binRows(crew.kernel, bins, data.table, 0),
    });
  },
  open: (state) => TreeModel.open(state),
  candidates: ({ table: { rows } }) => {
    const minRows = Math.max(2, Math.min(20, Math.floor(rows / 50)));
    return [
      { rounds: 100, learningRate: 0.1, minRows },
      { rounds: 400, learningRate: 0.05, minRows, stop: 40 },
      { rounds: 400, learningRate: 0.05, leaves: 15, minRows, rows: 0.8, columns: 0.8, stop: 40 },
      {
        rounds: 800,
        learningRate: 0.03,
        leaves: 63,
        minRows: 2 * minRows,
        rows: 0.8,
        columns: 0.6,
        penalty: 5,
        stop: 60,
      },
      { rounds: 800, learningRate: 0.03, leaves: 8, minRows, columns: 0.8, stop: 60 },
    ];
  },
};

/** Bytes that a training of two classes or a regression holds beside the table: bins, rows, gradients, scores and histograms. */
export function boostingBytes(rows: number, columns: number, leaves: number): number {
  const bins = Array.from({ length: columns }, (): ColumnBins => ({ kind: 'number', edges: Float32Array.of(0) }));
  const facts: ModelFacts = { task: 'regression', classes: [], columns: [] };
  const limits = { minRows: 1, minHessian: 0, penalty: 0, minGain: 0 };
  return layoutOf(growShape({ learner: name, rows, facts, bins, loss: 'squared', leaves, limits, weighted: false }))
    .bytes;
}

/** What a boosting needs beside the binned columns, which `fill` writes into the shared memory. */
export interface Boosting {
  readonly data: Pick<TableData, 'task' | 'target' | 'weights'> & {
    readonly table: { readonly rows: number; readonly time?: Float64Array };
  };
  readonly facts: ModelFacts;
  readonly bins: readonly ColumnBins[];
  readonly settings: BoostingSettings;
  readonly seed: number;
  readonly work: Work;
  /** Rows that nothing is learnt from, ascending. */
  readonly keptOut?: Int32Array;
  fill(crew: Crew): void | Promise<void>;
}

export async function boost({
  data: given,
  facts,
  bins,
  settings,
  seed,
  work,
  keptOut,
  fill,
}: Boosting): Promise<TreeModel> {
  const data = { ...given, classes: facts.classes } as unknown as TableData;
  const { rows, time } = given.table;
  const outputs = outputsOf(facts);
  const weights = data.task === 'classification' ? rowWeights(data, settings) : data.weights;
  const weighted = data.weights !== undefined || settings.balanced;
  const { middle, scale } = targetScale(data, name);
  const { leaves, depth, minRows, penalty, minGain, minHessian, learningRate, monotone } = settings;
  if (settings.quantile !== null && (data.task !== 'regression' || Object.keys(monotone).length > 0))
    throw orionErrors.ORION_SETTINGS_INVALID({
      ...{ learner: name, where: 'quantile', reason: 'quantiles are of regressions, and not monotone' },
    });
  const shape = growShape({
    ...{ learner: name, rows, facts, bins, loss: lossOf(facts, settings), leaves, weighted },
    ...{ limits: { minRows, minHessian, penalty, minGain }, quantile: settings.quantile, monotone },
  });
  const crew = await Crew.start(shape, work.threads ?? 0);
  try {
    const { arrays } = crew.kernel;
    await fill(crew);
    if (weighted && weights) arrays.weights.set(weights);
    for (let row = 0; row < rows; row++) arrays.target[row] = (data.target[row]! - middle) / scale;
    const usable = rowsBeside(rows, keptOut ?? new Int32Array());
    const { learnt, held } =
      settings.stop > 0 ? holdOut(usable, settings.heldOut, time, seed) : { learnt: usable, held: new Int32Array() };
    const start = startOf(crew, learnt, settings);
    for (let output = 0; output < outputs; output++)
      arrays.scores.fill(start[output]!, output * rows, (output + 1) * rows);
    const limits = { leaves, depth, minRows, penalty, rate: learningRate, scale };
    const random = seededRandom(seed);
    const trees: GrownTree[] = [];
    let best = { loss: Number.POSITIVE_INFINITY, trees: 0, round: 0 };
    const residualQuantile = (chosen: Int32Array): number => {
      const { target, scores } = arrays;
      const away = Float64Array.from(chosen, (row) => target[row]! - scores[row]!);
      const own = weighted ? Float64Array.from(chosen, (row) => arrays.weights[row]!) : undefined;
      return weightedQuantile(away, own, settings.quantile!);
    };
    for (let round = 0; round < settings.rounds; round++) {
      await setImmediate();
      work.signal.throwIfAborted();
      work.progress(round / settings.rounds);
      const bag = fillBag(arrays.bag, learnt, settings.rows, rows, random);
      chooseColumns(arrays.allowed, settings.columns, random);
      if (shape.loss === 'softmax') crew.run(phases.chances, Math.ceil(rows / chunkRows));
      const before = trees.length;
      for (let output = 0; output < outputs; output++) {
        const tree = growTree(crew, bins, limits, {
          ...{ output, bag },
          ...(settings.quantile === null ? {} : { leafValueOf: residualQuantile }),
        });
        if (tree) trees.push(tree);
      }
      // With all rows and columns, the next round would be the same.
      if (trees.length === before && settings.rows === 1 && settings.columns === 1) break;
      if (settings.stop === 0) continue;
      const loss = meanLoss(shape, arrays, held);
      if (loss < best.loss) best = { loss, trees: trees.length, round };
      if (round - best.round >= settings.stop) break;
    }
    const kept = settings.stop > 0 && held.length > 0 ? trees.slice(0, best.trees) : trees;
    const base = start.map((value) => middle + scale * value);
    return new TreeModel(facts, joinTrees(kept), Float64Array.from(base, Math.fround), 'usual');
  } finally {
    await crew.end();
  }
}

/** All rows but these, which are ascending. */
function rowsBeside(rows: number, left: Int32Array): Int32Array {
  const result = new Int32Array(rows - left.length);
  let [to, next] = [0, 0];
  for (let row = 0; row < rows; row++)
    if (row === left[next]) next += 1;
    else result[to++] = row;
  return result;
}

function lossOf({ task, classes }: ModelFacts, { quantile }: BoostingSettings): Loss {
  if (task === 'regression') return quantile === null ? 'squared' : 'quantile';
  return classes.length === 2 ? 'logistic' : 'softmax';
}

/** What every sum begins with: the mean, the quantile, or the logarithms of the classes' odds or shares. */
function startOf(crew: Crew, learnt: Int32Array, settings: BoostingSettings): Float64Array {
  const { arrays, shape } = crew.kernel;
  const own = shape.weighted ? Float64Array.from(learnt, (row) => arrays.weights[row]!) : undefined;
  if (shape.loss === 'quantile')
    return Float64Array.of(
      weightedQuantile(
        Float64Array.from(learnt, (row) => arrays.target[row]!),
        own,
        settings.quantile!,
      ),
    );
  const sums = new Float64Array(Math.max(2, shape.outputs));
  let [total, mean] = [0, 0];
  for (let at = 0; at < learnt.length; at++) {
    const weight = own ? own[at]! : 1;
    const target = arrays.target[learnt[at]!]!;
    total += weight;
    mean += weight * target;
    if (shape.loss !== 'squared') sums[target]! += weight;
  }
  if (shape.loss === 'squared') return Float64Array.of(mean / total);
  // A class without a row would have odds of nothing.
  const shares = sums.map((sum) => Math.max(sum / total, 1e-6));
  if (shape.loss === 'logistic') return Float64Array.of(Math.log(shares[1]! / shares[0]!));
  return shares.map(Math.log);
}

/** Puts the rows to learn from first. Gives how many. */
function fillBag(bag: Int32Array, learnt: Int32Array, share: number, rows: number, random: () => number): number {
  let count = 0;
  if (share === 1) {
    bag.set(learnt);
    count = learnt.length;
  } else {
    for (let at = 0; at < learnt.length; at++) if (random() < share) bag[count++] = learnt[at]!;
    if (count === 0) bag[count++] = learnt[0]!;
  }
  let [place, others] = [0, count];
  for (let row = 0; row < rows; row++)
    if (place < count && bag[place] === row) place += 1;
    else bag[others++] = row;
  return count;
}

function chooseColumns(allowed: Uint8Array, share: number, random: () => number): void {
  allowed.fill(1);
  let rest = allowed.length - Math.max(1, Math.ceil(share * allowed.length));
  while (rest > 0) {
    const column = Math.floor(random() * allowed.length);
    rest -= allowed[column]!;
    allowed[column] = 0;
  }
}
