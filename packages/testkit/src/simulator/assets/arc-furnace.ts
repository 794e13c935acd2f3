import { smoothNoise, uniform } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, slotSignal, streamSeed } from '../model/site-context.ts';

export interface ArcFurnaceRatings {
  readonly ratedPowerKilowatt: number;
  readonly tonnesPerHeat: number;
}

/** Part of the rated power in the four quarters of a heat: bore in, melt, refine, tap and charge. */
const heat = [0.85, 1, 0.72, 0.06] as const;

/** An electric arc furnace that taps one heat an hour; holidays and bad luck cost heats. */
export function arcFurnace(
  site: SiteContext,
  identity: AssetIdentity,
  ratings: ArcFurnaceRatings,
): AssetModel & { power: Signal; activity: Signal } {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, identity.key);
  const { ratedPowerKilowatt, tonnesPerHeat } = ratings;
  const isMelting = slotSignal(site, (s, index, calendar) =>
    uniform(seed, index >> 2) < 0.93 * calendar.staffed[s] ? 1 : 0,
  );
  const power = slotSignal(site, (s, index, _calendar, _time, day) => {
    const melting = isMelting.day(day)[s] === 1 ? heat[index & 3] : 0;
    return ratedPowerKilowatt * (0.015 + 0.94 * melting * (1 + 0.04 * smoothNoise(seed ^ 1, index / 2)));
  });
  const output = slotSignal(site, (s, index, _calendar, _time, day) =>
    isMelting.day(day)[s] === 1 && (index & 3) === 3
      ? tonnesPerHeat * 4 * (1 + 0.03 * smoothNoise(seed ^ 2, index / 4))
      : 0,
  );
  const temperature = slotSignal(site, (s, index, _calendar, _time, day) =>
    isMelting.day(day)[s] === 1 ? [1180, 1480, 1620, 1590][index & 3] : 950,
  );
  const activity = mapSignals(site, [isMelting], ([m]) => 0.25 + 0.75 * m);
  return {
    key: make.key,
    kind: 'arc-furnace',
    displayName: identity.displayName,
    ratings: { ratedPowerKilowatt, tonnesPerHeat },
    points: [
      make.gauge('active-power', (t) => power.at(t), { relative: 0.04 }),
      make.counter('active-energy', power, ratedPowerKilowatt * 4000),
      make.gauge('temperature', (t) => temperature.at(t), { absolute: 6 }),
      make.counter('product-mass', output, 400_000),
    ],
    power,
    activity,
  };
}
