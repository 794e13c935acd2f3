import type { Note } from '@millwright/kernel';
import type { FactorUse } from '../factors/factor.ts';

/** One multiplication of the calculation, written so that a reader can do it again by hand. */
export interface EmissionResultLine {
  /** Id of the activity line. */
  line: string;
  site?: string;
  scope: 1 | 2;
  method: 'direct' | 'location' | 'market';
  gas: 'CO2' | 'CO2e' | 'CH4' | 'N2O';
  /**
   * - `calculated`: activity times factor
   * - `certificate`: covered by a contractual instrument with evidence
   * - `unsupported`: claimed as covered, but without acceptable evidence; calculated as if it were not
   * - `incomplete`: not turned into emissions, as something is not known; `reasons` says what
   */
  status: 'calculated' | 'certificate' | 'unsupported' | 'incomplete';
  activity: { quantity: string; unit: string };
  /** Absent where a certificate states the emission. */
  factor?: FactorUse;
  certificate?: {
    id: string;
    registry: string;
    vintage: number;
    region: string;
    evidence?: { reference?: string; sha256?: string };
  };
  /** `932.08 MWh × 0.5703 tCO2/MWh` */
  formula: string;
  /** Exact, never rounded. Absent where the line is incomplete. */
  tCO2e?: string;
  reasons?: Note[];
}

/** A note about one line. */
export interface EmissionWarning extends Note {
  readonly line: string;
}

export interface EmissionTotals {
  scope1: string;
  scope2Location: string;
  scope2Market: string;
  /** Scope 1 and location-based Scope 2. */
  total: string;
  /** Scope 1 and market-based Scope 2. */
  totalMarket: string;
}

export interface EnergyTotals {
  /** Fuels burnt on site. */
  directMWh: string;
  /** Electricity, heat and steam bought. */
  indirectMWh: string;
  totalMWh: string;
}

/** Plain data, the same for the same input and library; every number is exact decimal text. */
export interface EmissionResult {
  method: 'ghg-protocol-scope-1-and-2';
  warmingPotentials: 'AR5' | 'AR6';
  lines: EmissionResultLine[];
  totals: EmissionTotals;
  energy: EnergyTotals;
  /** Totals in t CO2e at two decimals, for reading only. */
  printed: EmissionTotals;
  factors: FactorUse[];
  certificatesUsed: string[];
  /** Electricity claimed as renewable that no acceptable evidence supports. */
  unsupportedMWh: string;
  /** Totals that lack what incomplete lines would add. */
  incomplete: (keyof EmissionTotals)[];
  warnings: EmissionWarning[];
}
