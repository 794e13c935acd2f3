import type { Certificate } from '../types.ts';

export type Support = 'withdrawn' | 'noDocument' | 'vintage' | 'supported';

/**
 * Whether a certificate can carry a market-based claim by what the registry says of it: with its document, and of the
 * year of the consumption. The grid region is checked when a figure is calculated.
 */
export function supportOf({ statement, withdrawn }: Pick<Certificate, 'statement' | 'withdrawn'>): Support {
  if (withdrawn) return 'withdrawn';
  if (!statement.document) return 'noDocument';
  return statement.vintage === statement.year ? 'supported' : 'vintage';
}
