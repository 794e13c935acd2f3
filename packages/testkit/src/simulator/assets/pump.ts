import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, streamSeed } from '../model/site-context.ts';

export interface PumpRatings {
  readonly ratedPowerKilowatt: number;
  readonly ratedFlowCubicMetrePerHour: number;
}

/** A pump with a variable-speed drive; the flow follows the work, never below 40 %, the power its third power. */
export function pump(site: SiteContext, identity: AssetIdentity, ratings: PumpRatings, activity: Signal): AssetModel {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, identity.key);
  const { ratedPowerKilowatt, ratedFlowCubicMetrePerHour } = ratings;
  const speed = mapSignals(site, [activity], ([a], t) => 0.4 + 0.55 * a + 0.02 * smoothNoise(seed, t / 5_000_000));
  const power = mapSignals(site, [speed], ([n]) => ratedPowerKilowatt * (0.06 + 0.94 * n ** 3));
  const running = mapSignals(site, [speed], () => 1);
  const wear = site.faults.bearingWear(make.key);
  return {
    key: make.key,
    kind: 'pump',
    displayName: identity.displayName,
    ratings: { ratedPowerKilowatt, ratedFlowCubicMetrePerHour },
    points: [
      make.gauge('active-power', (t) => power.at(t), { relative: 0.01 }),
      make.counter('active-energy', power, ratedPowerKilowatt * 9000),
      make.gauge('water-flow', (t) => speed.at(t) * ratedFlowCubicMetrePerHour, { relative: 0.012 }),
      make.gauge('vibration', (t) => 0.9 + 0.7 * speed.at(t) + wear(t), { absolute: 0.02, relative: 0.05 }),
      make.gauge('bearing-temperature', (t) => 20 + 0.6 * site.weather.at(t) + 22 * speed.at(t) + 4 * wear(t), {
        absolute: 0.4,
      }),
      make.counter('running-hours', running, 20_000),
    ],
    power,
  };
}
