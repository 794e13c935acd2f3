import { z } from 'zod';
import { settingsOf } from '../../learners/settings-of.ts';
import { Conditioned } from '../conditioned.ts';
import type { DetectorKind } from '../types.ts';
import { covarianceOf, formDetector, inverse, limitedForm, openForm } from './quadratic-form.ts';

const settingsSchema = z.strictObject({
  /** How far the covariance is drawn to the identity; null: as Ledoit and Wolf estimate it. */
  shrinkage: z.number().min(0).max(1).nullable().default(null),
  /** Share of the rows learnt from that score at most 1. */
  limit: z.number().min(0.5).max(1).default(0.99),
});

export const mahalanobis: DetectorKind = {
  name: 'mahalanobis',
  summary:
    'Mahalanobis distance from normal running with a covariance shrunk to the identity (Ledoit and Wolf 2004), blame by reconstruction',
  settings: settingsSchema,
  usualThreshold: 2,
  async fit(data, settings, _seed, work) {
    work.signal.throwIfAborted();
    const { shrinkage, limit } = settingsOf({ name: 'mahalanobis', settings: settingsSchema }, settings);
    const conditioned = Conditioned.learn(data, 'mahalanobis');
    const size = conditioned.used.length;
    const rows = conditioned.rows(data);
    const covariance = covarianceOf(rows, size);
    const share = Math.max(shrinkage ?? ledoitWolf(rows, covariance, size), 1e-6);
    let mean = 0;
    for (let i = 0; i < size; i++) mean += covariance[i * size + i]! / size;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        covariance[i * size + j] =
          (1 - share) * covariance[i * size + j]! + (i === j ? share * Math.max(mean, 1e-9) : 0);
    const matrix = inverse(covariance, size);
    return formDetector(limitedForm({ names: data.names, conditioned, matrix }, rows, limit));
  },
  open: openForm,
};

/** The shrinkage with the least expected squared error (Ledoit and Wolf 2004, lemma 3.2 to 3.5). */
function ledoitWolf(rows: Float64Array, covariance: Float64Array, size: number): number {
  const count = rows.length / size;
  let mean = 0;
  for (let i = 0; i < size; i++) mean += covariance[i * size + i]! / size;
  let [distance, error] = [0, 0];
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) distance += (covariance[i * size + j]! - (i === j ? mean : 0)) ** 2;
  for (let at = 0; at < rows.length; at += size)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) error += (rows[at + i]! * rows[at + j]! - covariance[i * size + j]!) ** 2;
  error /= count * count;
  return distance > 0 ? Math.min(error / distance, 1) : 1;
}
