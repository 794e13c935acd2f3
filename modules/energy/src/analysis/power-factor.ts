/**
 * Which reactive energy counts. `sum-of-magnitudes`: lagging plus leading, as China's power-factor rule of 1983 bills
 * users who can feed reactive energy back. `net`: lagging minus leading, the physical vector sum. `lagging`: lagging
 * alone, as where leading energy is not metered.
 */
export type ReactiveRule = 'sum-of-magnitudes' | 'net' | 'lagging';

export interface EnergyTriple {
  /** Active energy in kW.h, reactive energies in kvar.h, all of the same period; any common multiple will do. */
  readonly active: number;
  readonly lagging: number;
  readonly leading: number;
}

export interface PowerFactor {
  /** P / sqrt(P² + Q²) of the period's energies, 0 to 1; null without any energy. */
  readonly value: number | null;
  readonly active: number;
  readonly lagging: number;
  readonly leading: number;
  readonly rule: ReactiveRule;
}

/** Average power factor of a period from its energies (a mean of momentary power factors would weigh idle time as much as load). */
export function powerFactor(energies: EnergyTriple, rule: ReactiveRule = 'sum-of-magnitudes'): PowerFactor {
  const { active } = energies;
  const lagging = Math.abs(energies.lagging);
  const leading = Math.abs(energies.leading);
  const reactive = rule === 'net' ? lagging - leading : rule === 'lagging' ? lagging : lagging + leading;
  const apparent = Math.hypot(active, reactive);
  return { value: apparent === 0 ? null : Math.abs(active) / apparent, active, lagging, leading, rule };
}
