import { expect, it } from 'vitest';
import { fUpperTail } from './f-distribution.ts';
import { gaugeStudy, type Trial } from './gauge-study.ts';

/** AIAG, Measurement Systems Analysis, 4th ed. 2010, the study of chapter III: ten parts, three appraisers, three trials. */
const aiag: Record<string, number[][]> = {
  A: [
    [0.29, -0.56, 1.34, 0.47, -0.8, 0.02, 0.59, -0.31, 2.26, -1.36],
    [0.41, -0.68, 1.17, 0.5, -0.92, -0.11, 0.75, -0.2, 1.99, -1.25],
    [0.64, -0.58, 1.27, 0.64, -0.84, -0.21, 0.66, -0.17, 2.01, -1.31],
  ],
  B: [
    [0.08, -0.47, 1.19, 0.01, -0.56, -0.2, 0.47, -0.63, 1.8, -1.68],
    [0.25, -1.22, 0.94, 1.03, -1.2, 0.22, 0.55, 0.08, 2.12, -1.62],
    [0.07, -0.68, 1.34, 0.2, -1.28, 0.06, 0.83, -0.34, 2.19, -1.5],
  ],
  C: [
    [0.04, -1.38, 0.88, 0.14, -1.46, -0.29, 0.02, -0.46, 1.77, -1.49],
    [-0.11, -1.13, 1.09, 0.2, -1.07, -0.67, 0.01, -0.56, 1.45, -1.77],
    [-0.15, -0.96, 0.67, 0.11, -1.45, -0.49, 0.21, -0.49, 1.87, -2.16],
  ],
};
const trials: Trial[] = Object.entries(aiag).flatMap(([operator, rows]) =>
  rows.flatMap((row) => row.map((value, part) => ({ part: String(part + 1), operator, value }))),
);

it('agrees with the analysis of variance that AIAG prints', () => {
  const study = gaugeStudy(trials);
  const [part, operator, interaction, error] = study.anova;
  expect(part).toMatchObject({ degrees: 9, squares: expect.closeTo(88.3619, 3), f: expect.closeTo(492.291, 2) });
  expect(operator).toMatchObject({ degrees: 2, squares: expect.closeTo(3.1673, 3), f: expect.closeTo(79.406, 2) });
  expect(interaction).toMatchObject({ degrees: 18, squares: expect.closeTo(0.359, 3), f: expect.closeTo(0.4337, 3) });
  expect(interaction!.p).toBeCloseTo(0.974, 3);
  expect(error).toMatchObject({ degrees: 60, squares: expect.closeTo(2.7589, 3) });
  expect(study.interactionPooled).toBe(true);
  expect(study.repeatability.deviation).toBeCloseTo(0.199933, 5);
  expect(study.reproducibility.deviation).toBeCloseTo(0.226838, 5);
  expect(study.gaugeRR.deviation).toBeCloseTo(0.302373, 5);
  expect(study.partToPart.deviation).toBeCloseTo(1.042327, 5);
  expect(study.repeatability.studyPercent).toBeCloseTo(18.4, 1);
  expect(study.gaugeRR.studyPercent).toBeCloseTo(27.9, 1);
  expect(study.partToPart.studyPercent).toBeCloseTo(96.0, 1);
  expect(study).toMatchObject({ distinctCategories: 4, rating: 'marginal', parts: 10, operators: 3, trials: 3 });
  expect(gaugeStudy(trials, { tolerance: 8 }).gaugeRR.tolerancePercent).toBeCloseTo((100 * 6 * 0.302373) / 8, 3);
});

it('keeps an interaction that is there, and does with one operator', () => {
  const skewed = trials.map((one) => ({
    ...one,
    value: one.value + (one.operator === 'C' && one.part === '3' ? 2 : 0),
  }));
  const study = gaugeStudy(skewed);
  expect(study.interactionPooled).toBe(false);
  expect(study.interaction.variance).toBeGreaterThan(0.05);
  const alone = gaugeStudy(trials.filter(({ operator }) => operator === 'A'));
  expect(alone).toMatchObject({ operators: 1, reproducibility: { variance: 0 } });
  expect(alone.anova).toHaveLength(2);
});

it('refuses what is no crossed study', () => {
  expect(() => gaugeStudy([])).toThrow(expect.objectContaining({ code: 'MANUVISION_STUDY_TOO_SMALL' }));
  expect(() => gaugeStudy(trials.slice(0, 30))).not.toThrow();
  expect(() => gaugeStudy(trials.slice(0, 10))).toThrow(
    expect.objectContaining({ code: 'MANUVISION_STUDY_TOO_SMALL' }),
  );
  expect(() => gaugeStudy(trials.slice(1))).toThrow(expect.objectContaining({ code: 'MANUVISION_STUDY_UNBALANCED' }));
});

it('the F distribution has the values of its tables', () => {
  expect(fUpperTail(4.102821, 2, 10)).toBeCloseTo(0.05, 6);
  expect(fUpperTail(2.347878, 10, 20)).toBeCloseTo(0.05, 6);
  expect(fUpperTail(0, 3, 5)).toBe(1);
});
