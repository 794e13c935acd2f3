import { seededRandom } from '@millwright/imaging';
import { z } from 'zod';
import type { State } from '../../learners/learner.ts';
import { settingsOf } from '../../learners/settings-of.ts';
import { Conditioned } from '../conditioned.ts';
import type { Detector, DetectorKind } from '../types.ts';
import { sharesInto } from './shares.ts';
import { rowDetector, trainingFactor } from './training-limit.ts';

const settingsSchema = z.strictObject({
  trees: z.number().int().min(1).max(2000).default(100),
  /** Rows that each tree is grown on. */
  sample: z.number().int().min(2).max(100_000).default(256),
});

export const isolationForest: DetectorKind = {
  name: 'isolation-forest',
  summary:
    'Isolation forest: how few random cuts part a row from others (Liu, Ting and Zhou 2008), blame by the sensors that part it (after Carletti et al. 2019)',
  settings: settingsSchema,
  usualThreshold: 1.1,
  async fit(data, given, seed, work) {
    const { trees, sample } = settingsOf({ name: 'isolation-forest', settings: settingsSchema }, given);
    const conditioned = Conditioned.learn(data, 'isolation-forest');
    const rows = conditioned.rows(data);
    const size = conditioned.used.length;
    const count = Math.min(sample, data.rows);
    const random = seededRandom(seed);
    const nodes: number[] = [];
    const roots = new Int32Array(trees);
    const chosen = new Int32Array(count);
    for (let tree = 0; tree < trees; tree++) {
      work.signal.throwIfAborted();
      for (let at = 0; at < count; at++) chosen[at] = Math.floor(random() * data.rows);
      roots[tree] = grow(nodes, rows, size, chosen, 0, Math.ceil(Math.log2(count)), random);
    }
    const model = {
      names: data.names,
      conditioned,
      nodes: Float64Array.from(nodes),
      roots,
      usual: usualDepth(count),
      factor: 1,
    };
    return detectorOf({ ...model, factor: trainingFactor(detectorOf(model).start(), data) });
  },
  open: (state) =>
    detectorOf({
      names: state.names as string[],
      conditioned: Conditioned.open(state.conditioned as State),
      nodes: state.nodes as Float64Array,
      roots: state.roots as Int32Array,
      usual: state.usual as number,
      factor: state.factor as number,
    }),
};

interface Model {
  readonly names: readonly string[];
  readonly conditioned: Conditioned;
  /** Four numbers a node: sensor (-1 in a leaf), cut (what a leaf adds to the depth), and where the lower and the upper side begin. */
  readonly nodes: Float64Array;
  readonly roots: Int32Array;
  /** Mean depth of a row in a tree of as many. */
  readonly usual: number;
  readonly factor: number;
}

/** Mean depth of an unsuccessful search in a binary tree of `count` rows. */
const usualDepth = (count: number): number =>
  count <= 1 ? 0 : 2 * (Math.log(count - 1) + 0.5772156649015329) - (2 * (count - 1)) / count;

function grow(
  nodes: number[],
  rows: Float64Array,
  size: number,
  chosen: Int32Array,
  depth: number,
  most: number,
  random: () => number,
): number {
  const at = nodes.length;
  nodes.push(-1, usualDepth(chosen.length), 0, 0);
  if (depth >= most || chosen.length <= 1) return at;
  const first = Math.floor(random() * size);
  for (let tries = 0; tries < size; tries++) {
    const sensor = (first + tries) % size;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of chosen) {
      const value = rows[row * size + sensor]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (!(high > low)) continue;
    const cut = low + random() * (high - low);
    const side = (below: boolean) => chosen.filter((row) => rows[row * size + sensor]! < cut === below);
    const [lower, upper] = [side(true), side(false)];
    nodes[at] = sensor;
    nodes[at + 1] = cut;
    nodes[at + 2] = grow(nodes, rows, size, lower, depth + 1, most, random);
    nodes[at + 3] = grow(nodes, rows, size, upper, depth + 1, most, random);
    return at;
  }
  return at;
}

function detectorOf(model: Model): Detector {
  const { names, conditioned, nodes, roots, usual, factor } = model;
  const size = conditioned.used.length;
  return rowDetector(
    names,
    () => ({ ...model, conditioned: conditioned.state() }),
    () => {
      const [row, parts, path] = [new Float64Array(size), new Float64Array(size), new Int32Array(64)];
      return (_time, given, blame) => {
        blame.fill(0);
        if (conditioned.row(given, row) === 0) return 0;
        parts.fill(0);
        let sum = 0;
        for (const root of roots) {
          let [at, depth] = [root, 0];
          while (nodes[at]! >= 0) {
            const sensor = nodes[at]!;
            path[depth++] = sensor;
            at = nodes[at + (row[sensor]! < nodes[at + 1]! ? 2 : 3)]!;
          }
          const length = depth + nodes[at + 1]!;
          sum += length;
          for (let step = 0; step < depth; step++) parts[path[step]!]! += 1 / (length * length);
        }
        sharesInto(parts, conditioned.used, blame);
        return factor * 2 ** (-sum / roots.length / Math.max(usual, 1e-9));
      };
    },
  );
}
