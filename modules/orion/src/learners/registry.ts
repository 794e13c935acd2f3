import { detectorKinds } from '../anomalies/registry.ts';
import { orionErrors } from '../errors.ts';

import type { ForecastKind } from '../forecasting/types.ts';

import type { HealthKind } from '../life/health/health-model.ts';

import type { LifeKind } from '../life/types.ts';
import type { TableKind } from '../tables/types.ts';

type Loaders<Kind> = Readonly<Record<string, () => Promise<Kind>>>;

/**
 * Every kind of learner by family and name, loaded when it is asked for. A new kind is one line here; `conformance.test.ts` holds it to
 * what all kinds keep.
 */
export const families = {
  forecasting: {
    'seasonal-naive': async () => (await import('../forecasting/kinds/yardsticks.ts')).seasonalNaive,
    naive: async () => (await import('../forecasting/kinds/yardsticks.ts')).naive,
    drift: async () => (await import('../forecasting/kinds/yardsticks.ts')).drift,
    ets: async () => (await import('../forecasting/kinds/ets.ts')).ets,
    mstl: async () => (await import('../forecasting/kinds/mstl.ts')).mstl,
    prophet: async () => (await import('../forecasting/kinds/prophet.ts')).prophet,
    ridge: async () => (await import('../forecasting/kinds/linear.ts')).ridge,
    nlinear: async () => (await import('../forecasting/kinds/linear.ts')).nlinear,
    dlinear: async () => (await import('../forecasting/kinds/linear.ts')).dlinear,
    'seasonal-ridge': async () => (await import('../forecasting/kinds/linear.ts')).seasonalRidge,
    'gradient-boosting': async () => (await import('../forecasting/trees/boosted-lags-kind.ts')).boostedLags,
  } satisfies Loaders<ForecastKind>,
  anomalies: detectorKinds,
  tables: {
    // One a line, so that two people can add theirs; yardsticks first.
    constant: async () => (await import('../tables/constant-kind.ts')).constantKind,
    ridge: async () => (await import('../tables/linear/ridge-kind.ts')).ridgeKind,
    logistic: async () => (await import('../tables/linear/logistic-kind.ts')).logisticKind,
    'gradient-boosting': async () => (await import('../tables/trees/boosting-kind.ts')).boostingKind,
    'random-forest': async () => (await import('../tables/trees/forest-kind.ts')).forestKind,
  } satisfies Loaders<TableKind>,
  life: {
    network: async () => (await import('../life/network-kind.ts')).networkLife,
  } satisfies Loaders<LifeKind>,
  health: {
    conditions: async () => (await import('../life/health/health-model.ts')).healthKind,
  } satisfies Loaders<HealthKind>,
} as const;

export type Family = keyof typeof families;
type KindOf<F extends Family> = (typeof families)[F] extends Loaders<infer Kind> ? Kind : never;

export const learnerNames = (family: Family): readonly string[] => Object.keys(families[family]);

/** Throws ORION_LEARNER_UNKNOWN. */
export async function learnerKind<F extends Family>(family: F, name: string): Promise<KindOf<F>> {
  const loaders: Readonly<Record<string, () => Promise<unknown>>> = families[family];
  const load = Object.hasOwn(loaders, name) ? loaders[name] : undefined;
  if (!load) throw orionErrors.ORION_LEARNER_UNKNOWN({ name, known: learnerNames(family) });
  return (await load()) as KindOf<F>;
}
