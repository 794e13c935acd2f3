import { type Plane, sampleAt } from '@millwright/imaging';
import type { SoftModules } from './decode-grid.ts';
import type { GridFit } from './fit-grid.ts';
import { mapPlaces } from './grid-map.ts';
import { type Layout, open } from './layout.ts';
import { ridge } from './ridge.ts';

/** Places around the middle of a module that it is judged by: they reach half of the way over its neighbours. */
const reach = [-1, -0.5, 0, 0.5, 1];
const features = reach.length ** 2 + 1;

/**
 * How dark each module is, the blur undone: a filter of what is seen in and around a module is learnt from the modules that
 * are known (finder and timing patterns), as a modem learns its line from a known sequence, and then once more from those that
 * it is sure of (decision-directed equalisation, Lucky 1966). So no kind of blur need be supposed.
 */
export function softModules(plane: Plane, layout: Layout, fit: GridFit): SoftModules {
  const { size, fixed } = layout;
  const ring = 1;
  const wide = size + ring * 2;
  const rows = featuresOf(plane, size, ring, fit);
  const target = new Float32Array(wide * wide);
  const weight = new Float32Array(wide * wide);
  for (let y = 0; y < wide; y++)
    for (let x = 0; x < wide; x++) {
      const inside = x >= ring && y >= ring && x < wide - ring && y < wide - ring;
      const value = inside ? fixed[(y - ring) * size + x - ring]! : 0;
      if (value === open) continue;
      target[y * wide + x] = value ? 1 : -1;
      // What lies around a code is not always as it should be.
      weight[y * wide + x] = inside ? 1 : 0.3;
    }
  const known = Float32Array.from(weight);
  let seen = predict(rows, ridge(rows, features, target, weight, priorOf(rows, target, weight)));
  for (let round = 0; round < 3; round++) {
    for (let at = 0; at < seen.length; at++) {
      const value = seen[at]!;
      // A known module that looks quite different is covered: nothing is learnt from it.
      if (known[at]! > 0) weight[at] = value * target[at]! < -0.2 ? 0 : known[at]!;
      else {
        target[at] = value > 0 ? 1 : -1;
        weight[at] = Math.abs(value) > 0.4 ? 0.5 : 0;
      }
    }
    seen = predict(rows, ridge(rows, features, target, weight, priorOf(rows, target, weight)));
  }
  const soft = new Float32Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) soft[y * size + x] = seen[(y + ring) * wide + x + ring]!;
  return { layout, soft: lessSureWhereUniform(soft, layout) };
}

function featuresOf(plane: Plane, size: number, ring: number, { place, bentAlong }: GridFit): Float32Array {
  const wide = size + ring * 2;
  // All places half a module apart, each looked at once.
  const grid = wide * 2 + 3;
  const us = new Float64Array(grid * grid);
  const vs = new Float64Array(grid * grid);
  for (let y = 0; y < grid; y++)
    for (let x = 0; x < grid; x++) {
      us[y * grid + x] = (x / 2 - 0.5 - ring) / size;
      vs[y * grid + x] = (y / 2 - 0.5 - ring) / size;
    }
  const to = new Float64Array(us.length * 2);
  mapPlaces(place, bentAlong, us, vs, to);
  const seen = Float32Array.from(us, (_, at) => 0.5 - sampleAt(plane, to[at * 2]!, to[at * 2 + 1]!));
  const rows = new Float32Array(wide * wide * features);
  for (let y = 0; y < wide; y++)
    for (let x = 0; x < wide; x++) {
      let at = (y * wide + x) * features;
      for (let dy = 0; dy < reach.length; dy++)
        for (let dx = 0; dx < reach.length; dx++) rows[at++] = seen[(y * 2 + dy) * grid + x * 2 + dx]!;
      rows[at] = 0.5;
    }
  return rows;
}

/** What the filter is pulled to where little is known: the middle of the module, at the scale that fits best. */
function priorOf(rows: Float32Array, target: Float32Array, weight: Float32Array): Float64Array {
  const prior = new Float64Array(features);
  const middle = Math.floor(reach.length ** 2 / 2);
  let [above, below] = [0, 1e-6];
  for (let at = 0; at < target.length; at++) {
    const value = rows[at * features + middle]!;
    above += weight[at]! * value * target[at]!;
    below += weight[at]! * value * value;
  }
  prior[middle] = above / below;
  return prior;
}

function predict(rows: Float32Array, filter: Float64Array): Float32Array {
  const seen = new Float32Array(rows.length / features);
  for (let at = 0; at < seen.length; at++) {
    let sum = 0;
    for (let index = 0; index < features; index++) sum += rows[at * features + index]! * filter[index]!;
    seen[at] = sum;
  }
  return seen;
}

/**
 * Nine equal modules in a square hardly happen in a code, which is masked or random, but always under dirt and glare: what
 * lies in such squares is less sure the more of them it lies in.
 */
function lessSureWhereUniform(soft: Float32Array, { size, fixed }: Layout): Float32Array {
  const inSquares = new Uint8Array(size * size);
  for (let y = 0; y + 2 < size; y++)
    for (let x = 0; x + 2 < size; x++) {
      const sign = soft[y * size + x]! > 0;
      let same = true;
      let free = 0;
      for (let dy = 0; dy < 3 && same; dy++)
        for (let dx = 0; dx < 3; dx++) {
          const at = (y + dy) * size + x + dx;
          if (soft[at]! > 0 !== sign) same = false;
          if (fixed[at] === open) free++;
        }
      if (!same || free < 6) continue;
      for (let dy = 0; dy < 3; dy++) for (let dx = 0; dx < 3; dx++) inSquares[(y + dy) * size + x + dx]!++;
    }
  return soft.map((value, at) => Math.min(Math.max(value, -1), 1) * 0.6 ** inSquares[at]!);
}
