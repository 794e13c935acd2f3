/** Value of a function at a point; writes its gradient there into `gradient`. */
export type Smooth = (point: Float64Array, gradient: Float64Array) => number;

/**
 * Minimum of a smooth convex function by L-BFGS (Nocedal, 1980; Liu and Nocedal, 1989) with a line search by halving
 * (Armijo, 1966). `point` is changed in place and ends where the gradient's largest part is below `tolerance`, or after
 * `most` steps.
 */
export function minimise(
  smooth: Smooth,
  point: Float64Array,
  { tolerance = 1e-4, most = 200, memory = 10 } = {},
): void {
  const size = point.length;
  let gradient = new Float64Array(size);
  let next = new Float64Array(size);
  let nextGradient = new Float64Array(size);
  const direction = new Float64Array(size);
  const past: { move: Float64Array; change: Float64Array; scale: number }[] = [];
  let value = smooth(point, gradient);
  for (let step = 0; step < most; step++) {
    if (largest(gradient) < tolerance) return;
    descend(gradient, past, direction);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      past.length = 0;
      for (let at = 0; at < size; at++) direction[at] = -gradient[at]!;
      slope = -dot(gradient, gradient);
    }
    let length = past.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    let reached = Number.NaN;
    for (let halving = 0; halving < 30; halving++, length /= 2) {
      for (let at = 0; at < size; at++) next[at] = point[at]! + length * direction[at]!;
      reached = smooth(next, nextGradient);
      if (reached <= value + 1e-4 * length * slope) break;
      reached = Number.NaN;
    }
    if (Number.isNaN(reached)) return;
    const move = new Float64Array(size);
    const change = new Float64Array(size);
    for (let at = 0; at < size; at++) {
      move[at] = next[at]! - point[at]!;
      change[at] = nextGradient[at]! - gradient[at]!;
    }
    const curvature = dot(move, change);
    if (curvature > 1e-12) past.push({ move, change, scale: 1 / curvature });
    if (past.length > memory) past.shift();
    point.set(next);
    [gradient, nextGradient] = [nextGradient, gradient];
    next = new Float64Array(size);
    value = reached;
  }
}

/** The two loops of Nocedal (1980): the gradient times the inverse curvature as remembered, downhill. */
function descend(
  gradient: Float64Array,
  past: readonly { move: Float64Array; change: Float64Array; scale: number }[],
  direction: Float64Array,
): void {
  for (let at = 0; at < gradient.length; at++) direction[at] = -gradient[at]!;
  const shares: number[] = [];
  for (const { move, change, scale } of [...past].reverse()) {
    const share = scale * dot(move, direction);
    shares.push(share);
    add(direction, change, -share);
  }
  const last = past.at(-1);
  if (last) {
    const factor = 1 / (last.scale * dot(last.change, last.change));
    for (let at = 0; at < direction.length; at++) direction[at]! *= factor;
  }
  for (const { move, change, scale } of past) add(direction, move, shares.pop()! - scale * dot(change, direction));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

function add(to: Float64Array, what: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at]! += factor * what[at]!;
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
