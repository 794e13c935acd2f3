/** What an application pays: the cost matrix of a profile. */
export interface NabProfile {
  readonly tpWeight: number;
  readonly fpWeight: number;
  readonly fnWeight: number;
}

/** One file of the benchmark, scored by a detector. */
export interface NabFile {
  readonly name: string;
  /** One a row; a row at or above the threshold is a detection. */
  readonly scores: Float64Array;
  /** First and last row of each labelled window, ascending. */
  readonly windows: readonly (readonly [from: number, to: number])[];
}

/** What a threshold earns: raw points, and counts of rows as the scoreboard counts them. */
export interface NabPoints {
  readonly threshold: number;
  readonly points: number;
  readonly tp: number;
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
}

/** Rows at the beginning that are not scored: 15 % of the file, at most 750. */
export const probation = (rows: number): number => Math.min(Math.floor(0.15 * rows), 750);

/** From 0.987 at the left edge of a window (-1) through 0 at the right to -1 far behind it. */
const scaledSigmoid = (position: number): number => (position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);

interface Row {
  readonly score: number;
  readonly worth: number;
  /** Place of the window among all of the corpus, -1 outside. */
  readonly window: number;
}

/** What a detection at each row after probation is worth. */
function rowsOf(file: NabFile, profile: NabProfile, firstWindow: number): { rows: Row[]; windows: number[] } {
  const rows: Row[] = [];
  const scored = new Set<number>();
  const begin = probation(file.scores.length);
  const most = scaledSigmoid(-1);
  let next = 0;
  let past: readonly [number, number] | undefined;
  for (let row = 0; row < file.scores.length; row++) {
    while (next < file.windows.length && row > file.windows[next]![1]) past = file.windows[next++];
    const window = file.windows[next];
    const inside = window !== undefined && row >= window[0];
    if (row < begin) continue;
    if (inside) {
      const worth = scaledSigmoid(-(window[1] - row + 1) / (window[1] - window[0] + 1));
      rows.push({ score: file.scores[row]!, worth: (worth * profile.tpWeight) / most, window: firstWindow + next });
      scored.add(firstWindow + next);
    } else {
      const behind = past ? (row - past[1]) / (past[1] - past[0]) : 3;
      rows.push({ score: file.scores[row]!, worth: scaledSigmoid(behind) * profile.fpWeight, window: -1 });
    }
  }
  return { rows, windows: [...scored] };
}

/**
 * Points of every threshold, highest first, by the rules of the Numenta Anomaly Benchmark (Lavin and Ahmad 2015): a window earns its
 * earliest detection, every other detection costs, a window without any costs `fnWeight`; one threshold for all files.
 */
export function nabSweep(files: readonly NabFile[], profile: NabProfile): NabPoints[] {
  const all: Row[] = [];
  const best = new Map<number, number>();
  let count = 0;
  for (const file of files) {
    const { rows, windows } = rowsOf(file, profile, count);
    count += file.windows.length;
    for (const row of rows) all.push(row);
    for (const window of windows) best.set(window, -profile.fnWeight);
  }
  all.sort((one, other) => other.score - one.score);
  const swept: NabPoints[] = [];
  let [threshold, tp, fp] = [1.1, 0, 0];
  const positives = all.reduce((sum, { window }) => sum + Number(window >= 0), 0);
  const negatives = all.length - positives;
  let points = -profile.fnWeight * best.size;
  const keep = () => swept.push({ threshold, points, tp, tn: negatives - fp, fp, fn: positives - tp });
  for (const { score, worth, window } of all) {
    if (score !== threshold) {
      keep();
      threshold = score;
    }
    if (window < 0) {
      fp++;
      points += worth;
    } else {
      tp++;
      const before = best.get(window)!;
      if (worth > before) {
        points += worth - before;
        best.set(window, worth);
      }
    }
  }
  keep();
  return swept;
}

/** Points of one threshold. */
export function nabPoints(files: readonly NabFile[], profile: NabProfile, threshold: number): NabPoints {
  const swept = nabSweep(files, profile);
  let found = swept[0]!;
  for (const one of swept) if (one.threshold >= threshold) found = one;
  return { ...found, threshold };
}

/** The threshold that earns most; the highest of several. */
export const nabOptimum = (files: readonly NabFile[], profile: NabProfile): NabPoints =>
  nabSweep(files, profile).reduce((best, one) => (one.points > best.points ? one : best));

/** 0 for a detector that is silent, 100 for one that detects every window at its first row and nothing else. */
export function nabScore(points: number, windows: number, profile: NabProfile): number {
  const silent = -profile.fnWeight * windows;
  return (100 * (points - silent)) / (profile.tpWeight * windows - silent);
}
