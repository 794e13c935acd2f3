import type { ActivityYear } from '../kpi/activity-file.ts';

/** Factors that take the place of others in a calculation that is done again: by id, or by `id@version`. */
export type FactorReplacement = Readonly<Record<string, string>>;

export const replaced = (replace: FactorReplacement, id: string): string => replace[id] ?? id;

/** The same year with other factors; what named none keeps naming none, but for fuels, whose default is known. */
export function replaceInYear(year: ActivityYear, replace: FactorReplacement): ActivityYear {
  const other = <T extends { factor?: string; residualFactor?: string }>(entry: T): T => ({
    ...entry,
    ...(entry.factor !== undefined && { factor: replaced(replace, entry.factor) }),
    ...(entry.residualFactor !== undefined && { residualFactor: replaced(replace, entry.residualFactor) }),
  });
  return {
    ...other(year),
    ...(year.electricity && { electricity: year.electricity.map(other) }),
    ...(year.heat && { heat: year.heat.map(other) }),
    ...(year.fuels && {
      fuels: year.fuels.map((entry) => {
        const own = `ipcc-2006-${entry.fuel}`;
        const factor = entry.factor ?? (replace[own] === undefined ? undefined : own);
        return {
          ...entry,
          ...(factor !== undefined && { factor: replaced(replace, factor) }),
          ...(entry.otherGases && { otherGases: entry.otherGases.map((id) => replaced(replace, id)) }),
        };
      }),
    }),
  };
}
