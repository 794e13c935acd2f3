import { smoothNoise, uniform } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, slotSignal, streamSeed } from '../model/site-context.ts';

export interface MachineLineRatings {
  readonly ratedPowerKilowatt: number;
  readonly standbyPowerKilowatt: number;
  /** Parts, or tonnes, at full speed. */
  readonly outputPerHour: number;
  readonly output: 'product-count' | 'product-mass';
  /** Part of the output that is scrapped; 0 leaves the scrap point out. */
  readonly scrapShare: number;
}

export interface MachineLine extends AssetModel {
  /** 0 to 1: how fast the line runs. */
  readonly activity: Signal;
  readonly power: Signal;
}

/** A production line: runs in its shifts, slows with the order book, stops now and then. */
export function machineLine(site: SiteContext, identity: AssetIdentity, ratings: MachineLineRatings): MachineLine {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, `${identity.key}/activity`);
  const activity = slotSignal(site, (s, index, calendar) => {
    const staffed = calendar.staffed[s];
    if (staffed === 0) return 0;
    // One hour in 25 has a stop that takes most of it.
    const stop = uniform(seed, index >> 2) < 0.04 ? 0.2 + 0.3 * uniform(seed ^ 3, index) : 1;
    const orders = 0.88 + 0.1 * smoothNoise(seed ^ 1, index / 672);
    return staffed * stop * (orders + 0.02 * smoothNoise(seed ^ 2, index / 3));
  });
  const power = slotSignal(site, (s, index, calendar, _time, day) => {
    const standby = calendar.staffed[s] > 0 ? ratings.standbyPowerKilowatt : ratings.standbyPowerKilowatt * 0.35;
    const load = (ratings.ratedPowerKilowatt - ratings.standbyPowerKilowatt) * activity.day(day)[s];
    return standby + load * (1 + 0.03 * smoothNoise(seed ^ 4, index / 5));
  });
  const output = mapSignals(site, [activity], ([a]) => a * ratings.outputPerHour);
  const scrapRate = mapSignals(
    site,
    [output],
    ([o], t) => o * ratings.scrapShare * (1 + 0.6 * smoothNoise(seed ^ 5, t / 40_000_000)),
  );
  const points = [
    make.gauge('active-power', (t) => power.at(t), { relative: 0.012 }),
    make.counter('active-energy', power, ratings.ratedPowerKilowatt * 9000),
    make.counter(ratings.output, output, ratings.outputPerHour * 4000),
    make.gauge('state', (t) => {
      const a = activity.at(t);
      if (a > 0.5) return 2;
      return a > 0 ? 1 : 0;
    }),
  ];
  if (ratings.scrapShare > 0) points.push(make.delta('scrap', scrapRate));
  const { ratedPowerKilowatt, standbyPowerKilowatt, outputPerHour } = ratings;
  return {
    key: make.key,
    kind: 'machine-line',
    displayName: identity.displayName,
    ratings: { ratedPowerKilowatt, standbyPowerKilowatt, outputPerHour },
    points,
    power,
    activity,
  };
}
