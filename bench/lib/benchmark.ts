/** What a benchmark is to `run.ts`. One folder each. */
export interface Benchmark {
  readonly name: string;
  /** One line: what is measured, against which target. */
  readonly summary: string;
  /** How long the defaults take, in words. */
  readonly duration: string;
  /** The option that an argument without a name stands for. */
  readonly positional?: string;
  readonly options: readonly BenchmarkOption[];
  run(context: BenchmarkContext): Promise<Report>;
}

export interface BenchmarkOption {
  readonly name: string;
  readonly default: string;
  readonly summary: string;
}

export interface BenchmarkContext {
  option(name: string): string;
  number(name: string): number;
  /** Progress for a person; goes to stderr. */
  note(text: string): void;
  /** Run at the end, whatever happens, last one first. */
  onEnd(cleanup: () => Promise<void> | void): void;
}

export interface Figure {
  readonly name: string;
  readonly value: number | string;
  readonly unit?: string;
  readonly target?: string;
  /** Undefined where there is no target. */
  readonly met?: boolean;
}

export interface Report {
  /** How it was measured, in sentences. */
  readonly protocol: readonly string[];
  readonly figures: readonly Figure[];
  /** Published figures and peers, with their source. */
  readonly compared: readonly string[];
}

/** A figure that must not fall below its target. */
export function atLeast(name: string, value: number, target: number, unit: string): Figure {
  return { name, value, unit, target: `>= ${target}`, met: value >= target };
}

/** A figure that must stay below its target. */
export function below(name: string, value: number, target: number, unit: string): Figure {
  return { name, value, unit, target: `< ${target}`, met: value < target };
}
