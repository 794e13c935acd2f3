import { z } from 'zod';
import { settingsOf } from '../../learners/settings-of.ts';
import { quantileSorted } from '../../numerics/quantile.ts';
import { eigenSymmetric } from '../../numerics/symmetric.ts';
import { Conditioned } from '../conditioned.ts';
import type { DetectorKind } from '../types.ts';
import { covarianceOf, formDetector, limitedForm, openForm } from './quadratic-form.ts';

const settingsSchema = z.strictObject({
  /** Share of the variance that the kept directions explain. */
  explained: z.number().min(0.1).max(0.999).default(0.9),
  /** Share of the rows learnt from that score at most 1. */
  limit: z.number().min(0.5).max(1).default(0.99),
});

/** PCA: Hotelling's T2 within the directions that normal running varies in, plus Q, the squared distance from them. */
export const principalComponents: DetectorKind = {
  name: 'pca',
  summary:
    'Principal components of normal running: T2 within them plus Q across them, each against its limit (Jackson and Mudholkar 1979; Yue and Qin 2001), blame by reconstruction (Alcala and Qin 2009)',
  settings: settingsSchema,
  usualThreshold: 2,
  async fit(data, settings, _seed, work) {
    work.signal.throwIfAborted();
    const { explained, limit } = settingsOf({ name: 'pca', settings: settingsSchema }, settings);
    const conditioned = Conditioned.learn(data, 'pca');
    const size = conditioned.used.length;
    const rows = conditioned.rows(data);
    const { values, vectors } = eigenSymmetric(covarianceOf(rows, size), size);
    const total = values.reduce((sum, value) => sum + Math.max(value, 0), 0);
    let kept = 0;
    for (let sum = 0; kept < size && sum < explained * total; kept++) sum += values[kept]!;
    const [inside, across] = [new Float64Array(size * size), new Float64Array(size * size)];
    for (let i = 0; i < size; i++) {
      across[i * size + i] = 1;
      for (let j = 0; j < size; j++)
        for (let k = 0; k < kept; k++) {
          const outer = vectors[k * size + i]! * vectors[k * size + j]!;
          inside[i * size + j]! += outer / Math.max(values[k]!, 1e-9);
          across[i * size + j]! -= outer;
        }
    }
    const share = (matrix: Float64Array) => {
      const squares = new Float64Array(data.rows);
      for (let row = 0; row < data.rows; row++)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++)
            squares[row]! += matrix[i * size + j]! * rows[row * size + i]! * rows[row * size + j]!;
      return quantileSorted(squares.sort(), limit);
    };
    const [insideLimit, acrossLimit] = [share(inside), share(across)];
    const matrix = inside.map(
      (value, at) => value / Math.max(insideLimit, 1e-9) + (acrossLimit > 1e-9 ? across[at]! / acrossLimit : 0),
    );
    return formDetector(limitedForm({ names: data.names, conditioned, matrix }, rows, limit));
  },
  open: openForm,
};
