import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, streamSeed } from '../model/site-context.ts';

export interface UtilityUse {
  /** Drawn all the time, per hour. */
  readonly base: number;
  /** More at full activity, per hour. */
  readonly process: number;
  /** More for every degree above 18 Cel outdoors (cooling towers), per hour. */
  readonly perWarmDegree?: number;
  /** More for every degree below 15 Cel outdoors (heating), per hour. */
  readonly perColdDegree?: number;
}

function useSignal(site: SiteContext, name: string, use: UtilityUse, activity: Signal): Signal {
  const seed = streamSeed(site, name);
  return mapSignals(site, [activity, site.weather], ([a, outdoor], t) => {
    const warm = Math.max(0, outdoor - 18) * (use.perWarmDegree ?? 0);
    const cold = Math.max(0, 15 - outdoor) * (use.perColdDegree ?? 0);
    return (use.base + use.process * a + warm + cold) * (1 + 0.05 * smoothNoise(seed, t / 2_500_000));
  });
}

export function waterMeter(site: SiteContext, identity: AssetIdentity, use: UtilityUse, activity: Signal): AssetModel {
  const make = new PointMaker(site, identity);
  const flow = useSignal(site, identity.key, use, activity);
  return {
    key: make.key,
    kind: 'water-meter',
    displayName: identity.displayName,
    ratings: {},
    points: [
      make.counter('water-volume', flow, 500_000),
      make.gauge('water-flow', (t) => flow.at(t), { relative: 0.03 }),
    ],
  };
}

export function steamMeter(site: SiteContext, identity: AssetIdentity, use: UtilityUse, activity: Signal): AssetModel {
  const make = new PointMaker(site, identity);
  const flow = useSignal(site, identity.key, use, activity);
  return {
    key: make.key,
    kind: 'steam-meter',
    displayName: identity.displayName,
    ratings: {},
    points: [make.counter('steam-mass', flow, 60_000), make.gauge('steam-flow', (t) => flow.at(t), { relative: 0.02 })],
  };
}
