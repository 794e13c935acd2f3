import type { PointFacts } from '@millwright/energy';
import type { Note } from '@millwright/kernel';
import type { Fuel } from '../factors/factor.ts';
import type { GridFamily } from '../factors/grid-factor.ts';
import type { SteamState } from '../steam/steam-state.ts';

/** What a main meter's amounts count as. */
export type MeteredKind =
  | { readonly kind: 'electricity' | 'water' }
  | { readonly kind: 'heat'; readonly medium: 'heat' | 'steam' | 'hot-water' | 'cooling' }
  | { readonly kind: 'fuel'; readonly fuel: Fuel };

/** One main meter, as it was described when the figure was made: a later change of the point does not change the figure. */
export interface MeterPlan {
  readonly pointId: string;
  readonly point: string;
  readonly siteId: string;
  readonly site: string;
  readonly counts: MeteredKind;
  readonly facts: PointFacts;
  /** Unit of the amount. */
  readonly unit: string;
  readonly timezone: string;
  /** What steam it was, for a meter of its mass. */
  readonly steam?: SteamState;
  /** Instants of the period at the site, ISO 8601; the end is cut to the hour that had passed. */
  readonly from: string;
  readonly to: string;
}

export interface PlannedSite {
  readonly id: string;
  readonly name: string;
  /** As the plant tree has it; it decides the factors of what the site buys. */
  readonly region?: string;
}

/** A site's floor area where none was entered: what the plant tree said. */
export interface FloorAreaPlan {
  readonly site: string;
  readonly quantity: string;
}

/**
 * What a figure of a period is made of, chosen once and kept with its parameters: running it again reads the same meters,
 * statements and certificates, whatever was added since.
 */
export interface ActivityPlan {
  /** First and last day, YYYY-MM-DD, on the clock of each site. */
  readonly from: string;
  readonly to: string;
  /** `2023`, or the two days. */
  readonly label: string;
  /** Year whose factors are taken. */
  readonly year: number;
  readonly sites: readonly PlannedSite[];
  readonly meters: readonly MeterPlan[];
  /** Ids of statements. */
  readonly entries: readonly string[];
  /** Ids of certificates, in the order in which they are used. */
  readonly certificates: readonly string[];
  readonly floorAreas: readonly FloorAreaPlan[];
  /** Electricity factors for what names none of its own. */
  readonly factor?: string;
  readonly residualFactor?: string;
  /** Family of the electricity factors where none is named and the country has both. */
  readonly family?: GridFamily;
  /** What was left out, and why. */
  readonly notes: readonly Note[];
}
