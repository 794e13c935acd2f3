/** Turns a score into the probability that the attribute is there: 1 / (1 + exp(-(slope * score + offset))). */
export interface Calibration {
  readonly slope: number;
  readonly offset: number;
}

export interface Scored {
  readonly score: number;
  readonly present: boolean;
}

/**
 * Platt's scaling (Platt, 1999) of scores that were given to examples not learnt from, with his softened targets and each
 * class weighing the same, fitted by Newton's method with a weak pull of the slope towards 1, since a handful of scores
 * that happen to be parted cleanly would otherwise claim certainty.
 */
export function calibrate(scored: readonly Scored[]): Calibration {
  const positive = scored.filter(({ present }) => present).length;
  const negative = scored.length - positive;
  const spread = Math.sqrt(scored.reduce((sum, { score }) => sum + score ** 2, 0) / scored.length) || 1;
  const targets = { true: (positive + 1) / (positive + 2), false: 1 / (negative + 2) };
  let [slope, offset] = [1, 0];
  for (let step = 0; step < 30; step++) {
    // In units of the spread of the scores, so that the pull means the same for every learner.
    let [gs, go, ss, so, oo] = [slope - 1, 0.1 * offset, 1, 0, 0.1];
    for (const { score, present } of scored) {
      const x = score / spread;
      const p = probability({ slope, offset }, x);
      const weight = (0.5 * scored.length) / (present ? positive : negative);
      const error = weight * (p - targets[`${present}`]);
      const curvature = Math.max(1e-9, weight * p * (1 - p));
      gs += error * x;
      go += error;
      ss += curvature * x * x;
      so += curvature * x;
      oo += curvature;
    }
    const determinant = ss * oo - so * so || 1e-9;
    const [ds, dof] = [(oo * gs - so * go) / determinant, (ss * go - so * gs) / determinant];
    slope -= ds;
    offset -= dof;
    if (Math.abs(ds) + Math.abs(dof) < 1e-9) break;
  }
  // Scores that point the wrong way say nothing: better unsure than turned around.
  return { slope: rounded(Math.max(0, slope / spread)), offset: rounded(offset) };
}

export const probability = ({ slope, offset }: Calibration, score: number): number =>
  1 / (1 + Math.exp(-(slope * score + offset)));

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;
