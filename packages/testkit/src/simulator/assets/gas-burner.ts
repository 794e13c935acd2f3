import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, streamSeed } from '../model/site-context.ts';

export interface GasFurnaceRatings {
  readonly ratedGasCubicMetrePerHour: number;
  readonly fanPowerKilowatt: number;
  readonly setTemperatureCelsius: number;
}

/** A reheating furnace: holds its temperature through the night on a third of its gas. */
export function gasFurnace(
  site: SiteContext,
  identity: AssetIdentity,
  ratings: GasFurnaceRatings,
  activity: Signal,
): AssetModel {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, identity.key);
  const gas = mapSignals(
    site,
    [activity],
    ([a], t) => ratings.ratedGasCubicMetrePerHour * (0.3 + 0.65 * a) * (1 + 0.02 * smoothNoise(seed, t / 4_000_000)),
  );
  const power = mapSignals(site, [activity], ([a]) => ratings.fanPowerKilowatt * (0.45 + 0.5 * a));
  return {
    key: make.key,
    kind: 'gas-furnace',
    displayName: identity.displayName,
    ratings: { ...ratings },
    points: [
      make.counter('gas-volume', gas, 9_000_000),
      make.gauge('gas-flow', (t) => gas.at(t), { relative: 0.015 }),
      make.gauge('temperature', (t) => ratings.setTemperatureCelsius - 25 * (1 - activity.at(t)), { absolute: 3 }),
      make.gauge('active-power', (t) => power.at(t), { relative: 0.01 }),
      make.counter('active-energy', power, ratings.fanPowerKilowatt * 9000),
    ],
    power,
  };
}

/** A heating boiler: gas by heating degrees below 15 Cel outdoors, and a little for hot water. */
export function boiler(
  site: SiteContext,
  identity: AssetIdentity,
  ratings: { readonly ratedGasCubicMetrePerHour: number },
  activity: Signal,
): AssetModel {
  const make = new PointMaker(site, identity);
  const gas = mapSignals(site, [site.weather, activity], ([outdoor, a]) => {
    const heating = Math.max(0, 15 - outdoor) / 30;
    return ratings.ratedGasCubicMetrePerHour * Math.min(1, 0.02 + heating * (0.6 + 0.4 * a) + 0.03 * a);
  });
  const load = (t: number) => gas.at(t) / ratings.ratedGasCubicMetrePerHour;
  return {
    key: make.key,
    kind: 'boiler',
    displayName: identity.displayName,
    ratings: { ...ratings },
    points: [
      make.counter('gas-volume', gas, 1_500_000),
      make.gauge('gas-flow', (t) => gas.at(t), { relative: 0.015 }),
      make.gauge('supply-temperature', (t) => 42 + 34 * load(t), { absolute: 0.5 }),
    ],
  };
}
