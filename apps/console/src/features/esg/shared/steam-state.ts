import type { SteamState } from '../types.ts';
import { cleanDecimal } from './decimal.ts';

/** In the order in which they are most often known. */
export const steamKeys = ['gaugeMPa', 'pressureMPa', 'temperatureCel', 'enthalpyKJPerKg', 'feedWaterKJPerKg'] as const;

/** As the server takes it: what was left empty is left out; nothing at all is no statement. */
export function steamStateOf(fields: SteamState | undefined): SteamState | undefined {
  const given = steamKeys.flatMap((key) => {
    const value = fields?.[key]?.trim();
    return value ? [[key, cleanDecimal(value) ?? value] as const] : [];
  });
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}
