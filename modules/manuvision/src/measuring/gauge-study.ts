import { manuvisionMeasuringErrors } from './errors.ts';
import { fUpperTail } from './f-distribution.ts';

/** One measurement of a study. */
export interface Trial {
  readonly part: string;
  readonly operator: string;
  readonly value: number;
}

export interface GaugeStudyOptions {
  /** Upper less lower limit, in the unit of the values. */
  readonly tolerance?: number;
  /** Probability above which the interaction of parts and operators is taken for repeatability. */
  readonly poolAbove?: number;
}

/** A part of the variation. */
export interface Variation {
  readonly variance: number;
  /** Standard deviation. */
  readonly deviation: number;
  /** Of the total variance. */
  readonly contributionPercent: number;
  /** Of the total standard deviation. */
  readonly studyPercent: number;
  /** Six standard deviations, of the tolerance. */
  readonly tolerancePercent: number | null;
}

export interface AnovaRow {
  readonly source: 'part' | 'operator' | 'interaction' | 'repeatability';
  readonly degrees: number;
  readonly squares: number;
  readonly mean: number;
  readonly f: number | null;
  /** Probability of such an F, or a larger one, by chance. */
  readonly p: number | null;
}

export interface GaugeStudy {
  readonly parts: number;
  readonly operators: number;
  readonly trials: number;
  /** With the interaction; the components below are without it where it was pooled. */
  readonly anova: readonly AnovaRow[];
  readonly interactionPooled: boolean;
  readonly repeatability: Variation;
  /** Of operators and interaction. */
  readonly reproducibility: Variation;
  readonly operator: Variation;
  readonly interaction: Variation;
  readonly gaugeRR: Variation;
  readonly partToPart: Variation;
  readonly total: Variation;
  readonly distinctCategories: number;
  /** By AIAG's rule of thumb on the share of the tolerance, or of the study where none is given: below 10 %, to 30 %, above. */
  readonly rating: 'acceptable' | 'marginal' | 'unacceptable';
}

/**
 * Gauge repeatability and reproducibility by analysis of variance: AIAG, Measurement Systems Analysis, 4th ed. 2010, chapter
 * III. Parts and operators are random effects, crossed, each pair measured equally often, at least twice; the interaction is
 * pooled with the repeatability where its probability is above 0.25. Negative components are set to 0. With one operator there
 * is no reproducibility, and parts are compared with the repeatability alone.
 *
 * Throws MANUVISION_STUDY_UNBALANCED, MANUVISION_STUDY_TOO_SMALL.
 */
export function gaugeStudy(
  trials: readonly Trial[],
  { tolerance, poolAbove = 0.25 }: GaugeStudyOptions = {},
): GaugeStudy {
  const { parts, operators, cells: measured, repeats: r } = studyCells(trials);
  const cells = measured.map((row) => row.map((cell) => cell.map(({ value }) => value)));
  const [p, o] = [parts.length, operators.length];
  const grand = mean(trials.map(({ value }) => value));
  const partMeans = cells.map((row) => mean(row.flat()));
  const operatorMeans = operators.map((_, by) => mean(cells.flatMap((row) => row[by]!)));
  const partSquares = o * r * squares(partMeans, grand);
  const operatorSquares = p * r * squares(operatorMeans, grand);
  let [interactionSquares, errorSquares] = [0, 0];
  for (const [at, row] of cells.entries())
    for (const [by, cell] of row.entries()) {
      const here = mean(cell);
      interactionSquares += r * (here - partMeans[at]! - operatorMeans[by]! + grand) ** 2;
      errorSquares += squares(cell, here);
    }
  const degrees = { part: p - 1, operator: o - 1, interaction: (p - 1) * (o - 1), repeatability: p * o * (r - 1) };
  const ofError = errorSquares / degrees.repeatability;
  const ofInteraction = o > 1 ? interactionSquares / degrees.interaction : 0;
  const crossed = o > 1;
  // Parts and operators are compared with the interaction, which is in both of them.
  const against = crossed
    ? { mean: ofInteraction, degrees: degrees.interaction }
    : { mean: ofError, degrees: degrees.repeatability };
  const row = (source: AnovaRow['source'], ss: number, by?: { mean: number; degrees: number }): AnovaRow => {
    const own = degrees[source];
    const f = by && own > 0 ? ss / own / by.mean : null;
    const p = f === null || Number.isNaN(f) ? null : fUpperTail(f, own, by!.degrees);
    return {
      source,
      degrees: own,
      squares: ss,
      mean: own > 0 ? ss / own : 0,
      f: f !== null && Number.isFinite(f) ? f : null,
      p,
    };
  };
  const interaction = row('interaction', interactionSquares, { mean: ofError, degrees: degrees.repeatability });
  const anova = [
    row('part', partSquares, against),
    ...(crossed ? [row('operator', operatorSquares, against), interaction] : []),
    row('repeatability', errorSquares),
  ];
  const pooled = crossed && (interaction.p ?? 1) > poolAbove;
  const noise = pooled ? (errorSquares + interactionSquares) / (degrees.repeatability + degrees.interaction) : ofError;
  const base = pooled || !crossed ? noise : ofInteraction;
  const variances = {
    repeatability: noise,
    interaction: pooled || !crossed ? 0 : Math.max((ofInteraction - noise) / r, 0),
    operator: crossed ? Math.max((operatorSquares / degrees.operator - base) / (p * r), 0) : 0,
    part: Math.max((partSquares / degrees.part - base) / (o * r), 0),
  };
  const reproducibility = variances.operator + variances.interaction;
  const gauge = variances.repeatability + reproducibility;
  const total = gauge + variances.part;
  const variation = (variance: number): Variation => ({
    ...{ variance, deviation: Math.sqrt(variance) },
    contributionPercent: total > 0 ? (100 * variance) / total : 0,
    studyPercent: total > 0 ? 100 * Math.sqrt(variance / total) : 0,
    tolerancePercent: tolerance ? (100 * 6 * Math.sqrt(variance)) / tolerance : null,
  });
  const gaugeRR = variation(gauge);
  const judged = gaugeRR.tolerancePercent ?? gaugeRR.studyPercent;
  return {
    ...{ parts: p, operators: o, trials: r, anova, interactionPooled: pooled, gaugeRR },
    ...{ repeatability: variation(noise), reproducibility: variation(reproducibility) },
    ...{ operator: variation(variances.operator), interaction: variation(variances.interaction) },
    ...{ partToPart: variation(variances.part), total: variation(total) },
    // AIAG: 1.41 times part variation over gauge variation, cut to a whole number, at least 1; without any gauge variation, no limit is known.
    distinctCategories: gauge > 0 ? Math.max(Math.floor(Math.SQRT2 * Math.sqrt(variances.part / gauge)), 1) : 999,
    rating: judged < 10 ? 'acceptable' : judged <= 30 ? 'marginal' : 'unacceptable',
  };
}

/**
 * What was measured, by part and operator. Throws MANUVISION_STUDY_UNBALANCED, MANUVISION_STUDY_TOO_SMALL for what is no crossed
 * study, which may be asked before anything is measured.
 */
export function studyCells<T extends Pick<Trial, 'part' | 'operator'>>(trials: readonly T[]) {
  const parts = [...new Set(trials.map(({ part }) => part))];
  const operators = [...new Set(trials.map(({ operator }) => operator))];
  const cells = parts.map((part) =>
    operators.map((operator) => trials.filter((one) => one.part === part && one.operator === operator)),
  );
  const repeats = cells[0]?.[0]?.length ?? 0;
  if (parts.length < 2 || repeats < 2)
    throw manuvisionMeasuringErrors.MANUVISION_STUDY_TOO_SMALL({ parts: parts.length, trials: repeats });
  for (const [at, row] of cells.entries())
    for (const [by, cell] of row.entries())
      if (cell.length !== repeats)
        throw manuvisionMeasuringErrors.MANUVISION_STUDY_UNBALANCED({
          ...{ part: parts[at]!, operator: operators[by]!, count: cell.length, wanted: repeats },
        });
  return { parts, operators, cells, repeats };
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
const squares = (values: readonly number[], around: number): number =>
  values.reduce((sum, one) => sum + (one - around) ** 2, 0);
