/** What a least squares fit found. */
export interface LeastSquaresFit {
  readonly parameters: Float64Array;
  /** Sum of the squared residuals. */
  readonly cost: number;
  /** Root of cost over degrees of freedom: the standard deviation of one observation. 0 where nothing is left over. */
  readonly deviation: number;
  /** Of the parameters, rows of n: deviation squared times the inverse of the normal matrix. Null where that is singular. */
  readonly covariance: Float64Array | null;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface LeastSquaresProblem {
  readonly start: ArrayLike<number>;
  /** Number of residuals. */
  readonly observations: number;
  /** Writes the residuals (model minus observed) and, where asked, their derivatives: rows of one residual each. */
  evaluate(parameters: Float64Array, residuals: Float64Array, jacobian: Float64Array | null): void;
  readonly iterations?: number;
  /** Ends when a step changes no parameter by more than this share of its size, or of 1e-3. */
  readonly precision?: number;
}

/**
 * Levenberg-Marquardt with Marquardt's scaling by the diagonal (Marquardt 1963; Nocedal and Wright, Numerical Optimization,
 * 2006, ch. 10): a step that makes it worse is taken back, and it ends when steps become small. The normal matrix is dense,
 * so it is meant for up to some hundred parameters.
 */
export function leastSquares(problem: LeastSquaresProblem): LeastSquaresFit {
  const { observations, iterations = 100, precision = 1e-9 } = problem;
  const n = problem.start.length;
  let parameters = Float64Array.from(problem.start);
  let residuals = new Float64Array(observations);
  const jacobian = new Float64Array(observations * n);
  const normal = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  let damping = 1e-3;
  let converged = false;
  let done = 0;
  problem.evaluate(parameters, residuals, jacobian);
  let cost = squares(residuals);
  normalEquations(jacobian, residuals, n, normal, gradient);
  while (done < iterations && !converged && Number.isFinite(cost)) {
    done++;
    const damped = normal.slice();
    for (let at = 0; at < n; at++) damped[at * n + at]! += damping * (normal[at * n + at]! || 1e-12);
    const step = solveSymmetric(damped, gradient, n);
    const trial = step ? parameters.map((value, at) => value - step[at]!) : parameters;
    const trialResiduals = new Float64Array(observations);
    if (step) problem.evaluate(trial, trialResiduals, null);
    const trialCost = step ? squares(trialResiduals) : Number.POSITIVE_INFINITY;
    if (trialCost <= cost) {
      converged = parameters.every(
        (value, at) => Math.abs(value - trial[at]!) <= precision * Math.max(Math.abs(value), 1e-3),
      );
      parameters = trial;
      residuals = trialResiduals;
      cost = trialCost;
      damping = Math.max(damping / 10, 1e-12);
      problem.evaluate(parameters, residuals, jacobian);
      normalEquations(jacobian, residuals, n, normal, gradient);
    } else {
      damping *= 10;
      // No step however small makes it better: this is the minimum to rounding.
      if (damping > 1e10) converged = true;
    }
  }
  const freedom = observations - n;
  const variance = freedom > 0 ? cost / freedom : 0;
  const inverse = invertSymmetric(normal, n);
  return {
    ...{ parameters, cost, deviation: Math.sqrt(variance), iterations: done, converged },
    covariance: inverse?.map((value) => value * variance) ?? null,
  };
}

const squares = (values: Float64Array): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
};

function normalEquations(
  jacobian: Float64Array,
  residuals: Float64Array,
  n: number,
  normal: Float64Array,
  gradient: Float64Array,
): void {
  normal.fill(0);
  gradient.fill(0);
  const used = new Int32Array(n);
  for (let row = 0, start = 0; row < residuals.length; row++, start += n) {
    // Large problems (a camera seen in many pictures) have mostly zeros in a row.
    let count = 0;
    for (let at = 0; at < n; at++) if (jacobian[start + at] !== 0) used[count++] = at;
    for (let one = 0; one < count; one++) {
      const a = used[one]!;
      const value = jacobian[start + a]!;
      gradient[a]! += value * residuals[row]!;
      for (let other = 0; other <= one; other++)
        normal[a * n + used[other]!]! += value * jacobian[start + used[other]!]!;
    }
  }
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) normal[b * n + a] = normal[a * n + b]!;
}

/** Lower triangle of the Cholesky decomposition, or undefined where the matrix is not positive definite. */
function cholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const lower = new Float64Array(n * n);
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column]!;
      for (let at = 0; at < column; at++) sum -= lower[row * n + at]! * lower[column * n + at]!;
      if (row === column) {
        if (!(sum > 0)) return undefined;
        lower[row * n + row] = Math.sqrt(sum);
      } else lower[row * n + column] = sum / lower[column * n + column]!;
    }
  return lower;
}

function substitute(lower: Float64Array, right: ArrayLike<number>, n: number): Float64Array {
  const result = Float64Array.from(right);
  for (let row = 0; row < n; row++) {
    for (let at = 0; at < row; at++) result[row]! -= lower[row * n + at]! * result[at]!;
    result[row]! /= lower[row * n + row]!;
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let at = row + 1; at < n; at++) result[row]! -= lower[at * n + row]! * result[at]!;
    result[row]! /= lower[row * n + row]!;
  }
  return result;
}

/** Solves A x = b of a symmetric positive definite A (rows of n); undefined where it is not positive definite. */
export function solveSymmetric(matrix: Float64Array, right: ArrayLike<number>, n: number): Float64Array | undefined {
  const lower = cholesky(matrix, n);
  return lower && substitute(lower, right, n);
}

function invertSymmetric(matrix: Float64Array, n: number): Float64Array | null {
  const lower = cholesky(matrix, n);
  if (!lower) return null;
  const inverse = new Float64Array(n * n);
  const unit = new Float64Array(n);
  for (let column = 0; column < n; column++) {
    unit.fill(0);
    unit[column] = 1;
    const solved = substitute(lower, unit, n);
    for (let row = 0; row < n; row++) inverse[row * n + column] = solved[row]!;
  }
  return inverse;
}
