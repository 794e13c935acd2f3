import type { InventoryRequest } from '../types.ts';

export interface CalculateFields {
  readonly period: 'year' | 'days';
  readonly year: number;
  /** First and last day, YYYY-MM-DD. */
  readonly days?: readonly [string, string];
  readonly sites?: readonly string[];
  readonly source: NonNullable<InventoryRequest['source']>;
  readonly factor?: string;
  readonly residualFactor?: string;
  readonly family?: InventoryRequest['family'];
}

/** What the form says, as the server takes it. */
export function calculateRequest(fields: CalculateFields): InventoryRequest {
  const { period, year, days, sites = [], source, factor, residualFactor, family } = fields;
  return {
    ...(period === 'year' ? { year } : { from: days?.[0], to: days?.[1] }),
    ...(sites.length > 0 && { sites: [...sites] }),
    source,
    ...(factor && { factor }),
    ...(residualFactor && { residualFactor }),
    ...(family && { family }),
  };
}
