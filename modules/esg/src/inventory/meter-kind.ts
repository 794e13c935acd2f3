import type { Point } from '@millwright/cloud/server';
import { type Fuel, fuels } from '../factors/factor.ts';
import type { MeteredKind } from './plan.ts';

const heatMedia = ['heat', 'steam', 'hot-water', 'cooling'] as const;

/** What an amount of this carrier counts as; undefined for what is made inside the plant, such as compressed air. */
export function meteredKind(carrier: string | null): MeteredKind | undefined {
  if (carrier === 'electricity' || carrier === 'water') return { kind: carrier };
  const medium = heatMedia.find((name) => name === carrier);
  if (medium) return { kind: 'heat', medium };
  const fuel = fuels.find((name) => name === carrier);
  return fuel && { kind: 'fuel', fuel };
}

/** `electricity`, `steam`, `natural-gas`: statements and meters of the same thing at the same place exclude each other. */
export function kindKey(counts: { kind: string; fuel?: Fuel; medium?: string }): string {
  return counts.fuel ?? (counts.kind === 'heat' ? (counts.medium ?? 'heat') : counts.kind);
}

const amounts: Readonly<Record<MeteredKind['kind'], readonly string[]>> = {
  electricity: ['energy'],
  heat: ['energy', 'mass'],
  water: ['volume', 'mass'],
  fuel: ['volume', 'mass', 'energy'],
};
const massUnits = ['t', 'kg'];

/** Unit that the amount of a meter is taken in; undefined where the meter counts something else (reactive energy, tonnes of hot water). */
export function amountUnit(counts: MeteredKind, { quantity, unit, kind }: Point): string | undefined {
  const isPower = quantity === 'power' && kind === 'gauge' && ['electricity', 'heat'].includes(counts.kind);
  if (isPower || quantity === 'energy') return counts.kind === 'water' ? undefined : 'kW.h';
  if (quantity !== null && !amounts[counts.kind].includes(quantity)) return undefined;
  if (kind === 'gauge') return undefined;
  if (/(W\.h|Wh|J)$/.test(unit)) return counts.kind === 'water' ? undefined : 'kW.h';
  if (counts.kind === 'electricity') return undefined;
  if (counts.kind === 'heat') return counts.medium === 'steam' && massUnits.includes(unit) ? 't' : undefined;
  return massUnits.includes(unit) ? 't' : 'm3';
}
