import { cholesky, choleskySolve } from '../numerics/cholesky.ts';

/** Which series are sums of which: a node without children is measured, every other is the sum of its children. */
export interface Hierarchy {
  /** The set's series, by their place; all of them. */
  readonly names: readonly string[];
  /** Children of each node by its name. A node is the child of one at most. */
  readonly children: Readonly<Record<string, readonly string[]>>;
}

/**
 * How forecasts of all nodes are made to add up: from the leaves alone; by the least change of all alike (ordinary least squares, Hyndman et al. 2011);
 * by each one's own variance; or by their covariance shrunk to its diagonal (MinT, Wickramasuriya, Athanasopoulos and Hyndman 2019).
 */
export type Reconciliation = 'bottom-up' | 'ols' | 'wls' | 'mint';

/** The leaves' places, and for each node which of them it sums. */
export interface Summing {
  readonly leaves: readonly number[];
  /** Rows are the nodes in the hierarchy's order; 1 where the node holds the leaf. */
  readonly rows: readonly Uint8Array[];
}

/** Reads a hierarchy. Undefined where a name is unknown, a node is its own descendant, or has two parents. */
export function summingOf({ names, children }: Hierarchy): Summing | undefined {
  const place = new Map(names.map((name, at) => [name, at]));
  const parents = new Map<string, string>();
  for (const [parent, own] of Object.entries(children)) {
    if (!place.has(parent)) return undefined;
    for (const child of own) {
      if (!place.has(child) || parents.has(child)) return undefined;
      parents.set(child, parent);
    }
  }
  const leaves = names.flatMap((name, at) => ((children[name]?.length ?? 0) === 0 ? [at] : []));
  const rows = names.map(() => new Uint8Array(leaves.length));
  for (const [column, leaf] of leaves.entries()) {
    const seen = new Set<string>();
    for (let name: string | undefined = names[leaf]; name !== undefined; name = parents.get(name)) {
      if (seen.has(name)) return undefined;
      seen.add(name);
      rows[place.get(name)!]![column] = 1;
    }
  }
  // A ring has no leaf below it.
  return rows.every((row) => row.includes(1)) ? { leaves, rows } : undefined;
}

/**
 * Forecasts of all nodes, reconciled: what each parent is given is the sum of its leaves, to rounding. `errors` holds past one-step errors of
 * each node, as many of each, for `wls` and `mint`.
 */
export function reconcile(
  summing: Summing,
  forecasts: readonly Float64Array[],
  method: Reconciliation,
  errors: readonly Float64Array[] = [],
): Float64Array[] {
  const { leaves, rows } = summing;
  const horizon = forecasts[0]!.length;
  const bottom =
    method === 'bottom-up'
      ? leaves.map((leaf) => forecasts[leaf]!)
      : projected(summing, forecasts, inverseCovariance(method, rows.length, errors));
  return rows.map((row) => {
    const sum = new Float64Array(horizon);
    for (const [column, held] of row.entries())
      if (held) for (let step = 0; step < horizon; step++) sum[step]! += bottom[column]![step]!;
    return sum;
  });
}

/** Leaves that minimise the changes of all nodes under their covariance W: (S' W^-1 S)^-1 S' W^-1 y. */
function projected(
  { leaves, rows }: Summing,
  forecasts: readonly Float64Array[],
  inverse: Float64Array,
): Float64Array[] {
  const [n, m, horizon] = [rows.length, leaves.length, forecasts[0]!.length];
  // S' W^-1, m rows of n.
  const weighted = new Float64Array(m * n);
  for (let node = 0; node < n; node++)
    for (let column = 0; column < m; column++)
      if (rows[node]![column]) for (let k = 0; k < n; k++) weighted[column * n + k]! += inverse[node * n + k]!;
  const normal = new Float64Array(m * m);
  const right = new Float64Array(m * horizon);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < n; k++) {
      const weight = weighted[i * n + k]!;
      if (weight === 0) continue;
      for (let j = 0; j < m; j++) if (rows[k]![j]) normal[i * m + j]! += weight;
      for (let step = 0; step < horizon; step++) right[i * horizon + step]! += weight * forecasts[k]![step]!;
    }
  cholesky(normal, m);
  choleskySolve(normal, m, right, horizon);
  return leaves.map((_, column) => right.subarray(column * horizon, (column + 1) * horizon));
}

function inverseCovariance(method: Reconciliation, n: number, errors: readonly Float64Array[]): Float64Array {
  const inverse = new Float64Array(n * n);
  for (let node = 0; node < n; node++) inverse[node * n + node] = 1;
  if (method === 'ols' || errors.length === 0) return inverse;
  const covariance = shrunkCovariance(errors, method === 'wls' ? 1 : undefined);
  cholesky(covariance, n);
  choleskySolve(covariance, n, inverse, n);
  return inverse;
}

/**
 * Covariance of errors around zero, its correlations shrunk to nothing by the share that Schäfer and Strimmer (2005) estimate, or by the one given.
 * A node without errors counts as one of small variance.
 */
export function shrunkCovariance(errors: readonly Float64Array[], given?: number): Float64Array {
  const n = errors.length;
  const count = errors[0]!.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let t = 0; t < count; t++) sum += errors[i]![t]! * errors[j]![t]!;
      covariance[i * n + j] = sum / count;
    }
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, covariance[i * n + i]!);
  const floor = 1e-8 * (largest || 1);
  const deviation = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.max(covariance[i * n + i]!, floor)));
  let [spread, square] = [0, 0];
  for (let i = 0; i < n && given === undefined; i++)
    for (let j = 0; j < i; j++) {
      const correlation = covariance[i * n + j]! / (deviation[i]! * deviation[j]!);
      let own = 0;
      for (let t = 0; t < count; t++)
        own += ((errors[i]![t]! * errors[j]![t]!) / (deviation[i]! * deviation[j]!) - correlation) ** 2;
      spread += own / (count * Math.max(1, count - 1));
      square += correlation * correlation;
    }
  const share = given ?? (square > 0 ? Math.min(1, Math.max(0, spread / square)) : 1);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      covariance[i * n + j]! *= 1 - share;
      covariance[j * n + i] = covariance[i * n + j]!;
    }
    covariance[i * n + i] = deviation[i]! ** 2 * (1 + 1e-9);
  }
  return covariance;
}
