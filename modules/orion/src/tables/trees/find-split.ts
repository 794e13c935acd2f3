import type { SplitLimits } from './grow-layout.ts';
import { splitNumbers } from './grow-layout.ts';

/** What is known of a node before it is split. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  /** Between which the node's own value must stay, for monotone columns. */
  readonly least: number;
  readonly most: number;
}

export const splitKinds = { threshold: 0, set: 1 } as const;

/** What the value of a node would be: the Newton step, kept within the node's bounds. */
export const nodeValue = (gradient: number, hessian: number, penalty: number, least: number, most: number): number => {
  const value = -gradient / (hessian + penalty);
  if (value < least) return least;
  return Math.min(value, most);
};

/** How much a node's loss falls by a value; twice the fall. */
const fall = (gradient: number, hessian: number, penalty: number, value: number): number =>
  -(2 * gradient * value + (hessian + penalty) * value * value);

/** As LightGBM's `cat_smooth`, `cat_l2`, `max_cat_threshold` and `max_cat_to_onehot` are when nothing is said. */
const category = { smooth: 10, penalty: 10, most: 32, alone: 4 };

/**
 * The best split of a node by one column from its histogram (Chen and Guestrin, 2016): bin 0 is what is missing, and goes where the
 * loss falls more. Categories are put in the order of gradient over hessian, and the best beginning of it goes left (Fisher, 1958; Ke
 * et al., 2017). Writes to `split` at `at` where it is better than what is there.
 */
export class SplitFinder {
  readonly #limits: SplitLimits;
  readonly #order = new Int32Array(256);
  readonly #ratio = new Float64Array(256);

  constructor(limits: SplitLimits) {
    this.#limits = limits;
  }

  /** @param direction 1, -1 or 0: whether the value must rise or fall with the column */
  byThreshold(
    histogram: Float64Array,
    start: number,
    node: NodeSums,
    column: number,
    direction: number,
    bounded: boolean,
    split: Float64Array,
    at: number,
  ): void {
    const { minRows, minHessian, penalty, minGain } = this.#limits;
    const { gradient, hessian, rows, least, most } = node;
    const rowsOf = rows / hessian;
    const gapGradient = histogram[start]!;
    const gapHessian = histogram[start + 1]!;
    const own = bounded
      ? fall(gradient, hessian, penalty, nodeValue(gradient, hessian, penalty, least, most))
      : (gradient * gradient) / (hessian + penalty);
    const needed = own + minGain + 1e-10 * Math.abs(own);
    const sides = gapHessian > 1e-12 * hessian ? 2 : 1;
    for (let side = 0; side < sides; side++) {
      // First with what is missing on the right.
      let [leftGradient, leftHessian] = side === 0 ? [0, 0] : [gapGradient, gapHessian];
      for (let bin = 1; bin < 256; bin++) {
        const binHessian = histogram[start + 2 * bin + 1]!;
        if (binHessian === 0) continue;
        leftGradient += histogram[start + 2 * bin]!;
        leftHessian += binHessian;
        const rightHessian = hessian - leftHessian;
        if (leftHessian < minHessian || leftHessian * rowsOf < minRows - 0.5) continue;
        if (rightHessian < minHessian || rightHessian * rowsOf < minRows - 0.5) break;
        const rightGradient = gradient - leftGradient;
        let both: number;
        if (bounded) {
          const left = nodeValue(leftGradient, leftHessian, penalty, least, most);
          const right = nodeValue(rightGradient, rightHessian, penalty, least, most);
          if (direction * (right - left) < 0) continue;
          both = fall(leftGradient, leftHessian, penalty, left) + fall(rightGradient, rightHessian, penalty, right);
        } else
          both =
            (leftGradient * leftGradient) / (leftHessian + penalty) +
            (rightGradient * rightGradient) / (rightHessian + penalty);
        if (both - own > split[at]! && both > needed) {
          split[at] = both - own;
          split[at + 1] = column;
          split[at + 2] = splitKinds.threshold;
          split[at + 3] = side;
          split[at + 4] = leftGradient;
          split[at + 5] = leftHessian;
          split[at + 6] = bin;
        }
      }
    }
  }

  bySet(
    histogram: Float64Array,
    start: number,
    node: NodeSums,
    column: number,
    bounded: boolean,
    split: Float64Array,
    at: number,
  ): void {
    const { minRows, minHessian, minGain, penalty: usual } = this.#limits;
    const { gradient, hessian, rows, least, most } = node;
    const rowsOf = rows / hessian;
    let used = 0;
    for (let bin = 1; bin < 256; bin++) {
      const binHessian = histogram[start + 2 * bin + 1]!;
      if (binHessian * rowsOf < 0.5) continue;
      this.#ratio[bin] = histogram[start + 2 * bin]! / (binHessian + category.smooth);
      this.#order[used++] = bin;
    }
    const isAlone = used <= category.alone;
    const penalty = isAlone ? usual : usual + category.penalty;
    const own = fall(gradient, hessian, usual, nodeValue(gradient, hessian, usual, least, most));
    const needed = own + minGain + 1e-10 * Math.abs(own);
    const order = this.#order.subarray(0, used);
    if (!isAlone) order.sort((a, b) => this.#ratio[a]! - this.#ratio[b]! || a - b);
    const ways = isAlone ? 1 : 2;
    for (let way = 0; way < ways; way++) {
      let [leftGradient, leftHessian] = [0, 0];
      const longest = isAlone ? used : Math.min(category.most, Math.ceil(used / 2));
      for (let count = 1; count <= longest; count++) {
        const bin = order[way === 0 ? count - 1 : used - count]!;
        if (isAlone) [leftGradient, leftHessian] = [0, 0];
        leftGradient += histogram[start + 2 * bin]!;
        leftHessian += histogram[start + 2 * bin + 1]!;
        const rightHessian = hessian - leftHessian;
        if (leftHessian < minHessian || leftHessian * rowsOf < minRows - 0.5) continue;
        if (rightHessian < minHessian || rightHessian * rowsOf < minRows - 0.5) continue;
        const rightGradient = gradient - leftGradient;
        const left = bounded
          ? nodeValue(leftGradient, leftHessian, penalty, least, most)
          : -leftGradient / (leftHessian + penalty);
        const right = bounded
          ? nodeValue(rightGradient, rightHessian, penalty, least, most)
          : -rightGradient / (rightHessian + penalty);
        const both = fall(leftGradient, leftHessian, penalty, left) + fall(rightGradient, rightHessian, penalty, right);
        if (both - own > split[at]! && both > needed) {
          split[at] = both - own;
          split[at + 1] = column;
          split[at + 2] = splitKinds.set;
          split[at + 3] = 0;
          split[at + 4] = leftGradient;
          split[at + 5] = leftHessian;
          for (let word = 6; word < splitNumbers; word++) split[at + word] = 0;
          const first = isAlone ? count - 1 : 0;
          for (let place = first; place < count; place++) {
            const member = order[way === 0 ? place : used - 1 - place]!;
            split[at + 6 + (member >> 5)]! += 2 ** (member & 31);
          }
        }
      }
    }
  }
}
