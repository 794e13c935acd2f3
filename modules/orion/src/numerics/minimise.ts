export interface Minimisation {
  readonly start: Float64Array;
  /** Gives the value at a place, and writes the gradient there. */
  evaluate(at: Float64Array, gradient: Float64Array): number;
  readonly iterations?: number;
  /** Ends when no part of the gradient is above this. */
  readonly precision?: number;
  /** Called before each iteration; may throw. */
  step?(iteration: number): void;
}

const memory = 10;

/** The least of a smooth convex function by L-BFGS (Liu and Nocedal, 1989), steps halved until Armijo's condition holds. */
export function minimise(problem: Minimisation): Float64Array {
  const { iterations = 100, precision = 1e-6 } = problem;
  const n = problem.start.length;
  let place = problem.start.slice();
  let gradient = new Float64Array(n);
  let value = problem.evaluate(place, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let iteration = 0; iteration < iterations && largest(gradient) > precision; iteration++) {
    problem.step?.(iteration);
    const direction = descent(gradient, steps, changes);
    const slope = dot(direction, gradient);
    let length = steps.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    const nextGradient = new Float64Array(n);
    let next = place;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 40 && !(nextValue <= value + 1e-4 * length * slope); tries++, length /= 2) {
      const factor = length;
      next = place.map((one, at) => one + factor * direction[at]!);
      nextValue = problem.evaluate(next, nextGradient);
    }
    // No step however small makes it better: this is the least to rounding.
    if (!(nextValue < value)) break;
    const step = next.map((one, at) => one - place[at]!);
    const change = nextGradient.map((one, at) => one - gradient[at]!);
    if (dot(step, change) > 1e-12 * dot(change, change)) {
      steps.push(step);
      changes.push(change);
      if (steps.length > memory) {
        steps.shift();
        changes.shift();
      }
    }
    place = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return place;
}

/** Against the gradient, turned by what the last steps told of the curvature. */
function descent(
  gradient: Float64Array,
  steps: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const direction = gradient.map((one) => -one);
  const shares: number[] = [];
  for (let back = steps.length - 1; back >= 0; back--) {
    const share = dot(steps[back]!, direction) / dot(steps[back]!, changes[back]!);
    shares[back] = share;
    for (let at = 0; at < direction.length; at++) direction[at]! -= share * changes[back]![at]!;
  }
  const last = steps.length - 1;
  if (last >= 0) {
    const scale = dot(steps[last]!, changes[last]!) / dot(changes[last]!, changes[last]!);
    for (let at = 0; at < direction.length; at++) direction[at]! *= scale;
  }
  for (let back = 0; back < steps.length; back++) {
    const other = dot(changes[back]!, direction) / dot(steps[back]!, changes[back]!);
    for (let at = 0; at < direction.length; at++) direction[at]! += steps[back]![at]! * (shares[back]! - other);
  }
  return direction;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at]! * other[at]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) most = Math.max(most, Math.abs(values[at]!));
  return most;
}
