import type { FactorFamily } from '../types.ts';

/** Which of the two sides that never meet in one calculation a family is on; fuels, heat and suppliers stand with both. */
export type FamilySide = 'scheme' | 'statistics' | 'neutral';

const sides: Record<FactorFamily, FamilySide> = {
  'trading-scheme': 'scheme',
  'statistical-average': 'statistics',
  'residual-mix': 'statistics',
  'fossil-generation-average': 'statistics',
  'operating-margin': 'neutral',
  'supplier-specific': 'neutral',
  'fuel-default': 'neutral',
  'heat-default': 'neutral',
};

export const families = Object.keys(sides) as FactorFamily[];
export const sideOf = (family: FactorFamily): FamilySide => sides[family];

/** `tCO2/MWh` */
export const factorUnit = ({
  unit,
  gasBasis,
}: {
  readonly unit: { readonly numerator: string; readonly denominator: string };
  readonly gasBasis: string;
}): string => `${unit.numerator}${gasBasis}/${unit.denominator}`;
