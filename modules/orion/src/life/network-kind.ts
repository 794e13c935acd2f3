import { lifeKind } from './life-kind.ts';

export const networkLife = lifeKind(
  'network',
  'Levels and slopes over windows into small networks trained by Adam (Kingma and Ba, 2015), cross-fitted over units.',
  ['network'],
);
