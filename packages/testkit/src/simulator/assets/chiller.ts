import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext } from '../model/site-context.ts';

export interface ChillerRatings {
  readonly ratedCoolingKilowatt: number;
  /** Needed whatever the weather, when the lines run at full speed. */
  readonly processCoolingKilowatt: number;
}

/** Cooling follows the weather and the work; the warmer it is outside, the more electricity a kilowatt of cold takes. */
export function chiller(
  site: SiteContext,
  identity: AssetIdentity,
  ratings: ChillerRatings,
  activity: Signal,
): AssetModel {
  const make = new PointMaker(site, identity);
  const { ratedCoolingKilowatt, processCoolingKilowatt } = ratings;
  const cooling = mapSignals(site, [site.weather, activity], ([outdoor, a]) => {
    const rooms = Math.max(0, outdoor - 14) * 0.022 * ratedCoolingKilowatt * (0.35 + 0.65 * a);
    return Math.min(ratedCoolingKilowatt, 0.03 * ratedCoolingKilowatt + rooms + processCoolingKilowatt * a);
  });
  const power = mapSignals(site, [cooling, site.weather], ([c, outdoor]) => {
    const coefficientOfPerformance = 6.2 - 0.09 * Math.max(10, Math.min(38, outdoor));
    return 4 + c / coefficientOfPerformance;
  });
  const load = (t: number) => cooling.at(t) / ratedCoolingKilowatt;
  return {
    key: make.key,
    kind: 'chiller',
    displayName: identity.displayName,
    ratings: { ratedCoolingKilowatt },
    points: [
      make.gauge('active-power', (t) => power.at(t), { relative: 0.01 }),
      make.counter('active-energy', power, ratedCoolingKilowatt * 2500),
      make.gauge('cooling-power', (t) => cooling.at(t), { relative: 0.012 }),
      make.gauge('supply-temperature', (t) => 7 + 0.6 * load(t), { absolute: 0.1 }),
      make.gauge('return-temperature', (t) => 7.4 + 5.4 * load(t), { absolute: 0.12 }),
    ],
    power,
  };
}
