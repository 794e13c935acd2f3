import { linearKind } from '../linear/linear-kind.ts';

const strengths = [0.001, 0.03, 0.3];

export const ridge = linearKind({
  name: 'ridge',
  summary:
    'All steps directly from the last values relieved of their mean, by ridge regression in closed form (Toner and Darlow 2024: what linear forecasters amount to).',
  level: 'mean',
  prior: 'plain',
  strengths,
});

export const nlinear = linearKind({
  name: 'nlinear',
  summary: 'As ridge, relieved of the last value instead of the mean (NLinear of Zeng et al. 2023, in closed form).',
  level: 'last',
  prior: 'plain',
  strengths,
});

export const dlinear = linearKind({
  name: 'dlinear',
  summary:
    'One linear layer on the moving average of the last values and one on the rest (DLinear of Zeng et al. 2023, in closed form, with a ridge on both).',
  level: 'none',
  prior: 'decomposition',
  strengths,
});

export const seasonalRidge = linearKind({
  name: 'seasonal-ridge',
  summary:
    'As nlinear, each step looking only at the same phase of seasons before, the last season and the seasons’ means (what SparseTSF of Lin et al. 2024 sees), in closed form with a ridge that grows with age.',
  level: 'last',
  prior: 'seasonal',
  strengths: [0.03, 0.1, 0.3],
});
