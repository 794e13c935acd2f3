/** What can go wrong in the plant, and the one question each part of the model asks about it. */
export type FaultKind =
  | 'drift'
  | 'stuck-value'
  | 'bearing-wear'
  | 'leak'
  | 'phase-imbalance'
  | 'meter-rollover'
  | 'meter-change'
  | 'gap'
  | 'clock-skew';

/** One fault. Which of `point` and `asset`, and what `magnitude` means, is in the faults table of the README. */
export interface Fault {
  readonly kind: FaultKind;
  /** Key of a point, `site/asset/metric`. */
  readonly point?: string;
  /** Key of an asset, `site/asset`. */
  readonly asset?: string;
  /** Milliseconds since 1970; the first moment with the fault. */
  readonly from: number;
  /** Milliseconds since 1970; the first moment without it. Ignored by meter-rollover and meter-change, which do not end. */
  readonly to: number;
  readonly magnitude?: number;
}

export const defaultMagnitude: Readonly<Record<FaultKind, number>> = {
  drift: 1,
  'stuck-value': 0,
  'bearing-wear': 4,
  leak: 120,
  'phase-imbalance': 0.15,
  'meter-rollover': 0,
  'meter-change': 0,
  gap: 0,
  'clock-skew': 300,
};

export function magnitudeOf(fault: Fault): number {
  return fault.magnitude ?? defaultMagnitude[fault.kind];
}

export function isActive(fault: Fault, timeMs: number): boolean {
  return timeMs >= fault.from && timeMs < fault.to;
}

/** 0 at the fault's start, 1 at its end. */
export function progress(fault: Fault, timeMs: number): number {
  return (timeMs - fault.from) / (fault.to - fault.from);
}

/** The faults of the process itself, asked by the model while it computes. */
export class ProcessFaults {
  readonly #faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  /** Air lost at a site beyond its everyday leakage, m3/h. */
  leak(site: string): (timeMs: number) => number {
    const faults = this.#of('leak').filter((fault) => fault.asset?.startsWith(`${site}/`));
    return sumOf(faults, magnitudeOf);
  }

  /** Extra vibration of an asset, mm/s: grows with the square of time, as spalling does, until the repair. */
  bearingWear(asset: string): (timeMs: number) => number {
    const faults = this.#of('bearing-wear').filter((fault) => fault.asset === asset);
    return sumOf(faults, (fault, timeMs) => magnitudeOf(fault) * progress(fault, timeMs) ** 2);
  }

  /** By what part L1 carries more than it should; L2 and L3 carry half as much less each. */
  phaseImbalance(asset: string): (timeMs: number) => number {
    const faults = this.#of('phase-imbalance').filter((fault) => fault.asset === asset);
    return sumOf(faults, magnitudeOf);
  }

  #of(kind: FaultKind): Fault[] {
    return this.#faults.filter((fault) => fault.kind === kind);
  }
}

function sumOf(faults: readonly Fault[], effect: (fault: Fault, timeMs: number) => number): (timeMs: number) => number {
  if (faults.length === 0) return () => 0;
  return (timeMs) => {
    let sum = 0;
    for (const fault of faults) if (isActive(fault, timeMs)) sum += effect(fault, timeMs);
    return sum;
  };
}
