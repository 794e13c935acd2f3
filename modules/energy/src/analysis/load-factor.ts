import type { Consumption } from './consumption.ts';
import type { Peak } from './peak.ts';

/**
 * Mean demand over covered time divided by peak demand: 1 is a level load. Null without a positive peak. The peak
 * depends on the interval, so the load factor does too (higher for longer intervals).
 */
export function loadFactor(consumed: Consumption, highest: Peak | null): number | null {
  if (!highest || highest.value <= 0 || consumed.value === null) return null;
  return consumed.value / consumed.coveredHours / highest.value;
}
