import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import {
  type AssetIdentity,
  mapSignals,
  type SiteContext,
  slotSignal,
  streamSeed,
  sumSignal,
} from '../model/site-context.ts';

export interface TransformerRatings {
  readonly ratedPowerKilovoltampere: number;
  /** Between two phases, where the meter sits. */
  readonly ratedVoltageVolt: number;
  readonly noLoadLossKilowatt: number;
  /** At rated power. */
  readonly loadLossKilowatt: number;
  /** Lights, offices, sockets: what has no meter of its own. */
  readonly unmeteredKilowatt: number;
  /** Reactive power of the consumers per kW they draw. */
  readonly reactivePerActive: number;
  /** Fixed capacitor bank; at low load it is more than the consumers need, and the site turns leading. */
  readonly capacitorKilovar: number;
}

export interface Transformer extends AssetModel {
  /** What flows through the supply meter, kW: sub-meters + losses + unmetered. */
  readonly power: Signal;
  readonly submetered: Signal;
  readonly losses: Signal;
  readonly unmetered: Signal;
  /** Keys of the assets it feeds. */
  readonly feeds: readonly string[];
}

export function transformer(
  site: SiteContext,
  identity: AssetIdentity,
  ratings: TransformerRatings,
  fed: readonly (AssetModel & { power?: Signal })[],
): Transformer {
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, identity.key);
  const consumers = fed.filter((asset) => asset.power !== undefined);
  const submetered = sumSignal(
    site,
    consumers.map((asset) => asset.power!),
  );
  const unmetered = slotSignal(site, (s, index, calendar) => {
    const dark = calendar.hour[s] < 7 || calendar.hour[s] >= 18 ? 0.25 : 0;
    const people = 0.55 * Math.min(1, calendar.staffed[s]);
    return ratings.unmeteredKilowatt * (0.2 + dark + people) * (1 + 0.08 * smoothNoise(seed, index / 6));
  });
  const reactive = mapSignals(
    site,
    [submetered, unmetered],
    ([sub, rest], t) =>
      (sub + 0.3 * rest) * ratings.reactivePerActive * (1 + 0.03 * smoothNoise(seed ^ 1, t / 3_000_000)) -
      ratings.capacitorKilovar,
  );
  const losses = mapSignals(site, [submetered, unmetered, reactive], ([sub, rest, q]) => {
    const loading = Math.hypot(sub + rest, q) / ratings.ratedPowerKilovoltampere;
    return ratings.noLoadLossKilowatt + ratings.loadLossKilowatt * loading * loading;
  });
  const power = sumSignal(site, [submetered, unmetered, losses]);
  const points = meterPoints(site, make, ratings, power, reactive);
  const { ratedPowerKilovoltampere, ratedVoltageVolt } = ratings;
  return {
    key: make.key,
    kind: 'transformer',
    displayName: identity.displayName,
    ratings: { ratedPowerKilovoltampere, ratedVoltageVolt },
    points,
    power,
    submetered,
    losses,
    unmetered,
    feeds: consumers.map((asset) => asset.key),
  };
}

function meterPoints(
  site: SiteContext,
  make: PointMaker,
  ratings: TransformerRatings,
  power: Signal,
  reactive: Signal,
) {
  const lagging = mapSignals(site, [reactive], ([q]) => Math.max(0, q));
  const leading = mapSignals(site, [reactive], ([q]) => Math.max(0, -q));
  const phaseVoltage = ratings.ratedVoltageVolt / Math.sqrt(3);
  const imbalance = site.faults.phaseImbalance(make.key);
  const current = (t: number, share: number, fault: number) =>
    ((Math.hypot(power.at(t), reactive.at(t)) * 1000) / (3 * phaseVoltage)) * share * (1 + fault * imbalance(t));
  const voltage = (t: number, share: number) =>
    phaseVoltage * share * (1.02 - (0.025 * power.at(t)) / ratings.ratedPowerKilovoltampere);
  const { ratedPowerKilovoltampere: rated } = ratings;
  return [
    make.counter('active-energy', power, rated * 3000),
    make.gauge('active-power', (t) => power.at(t), { relative: 0.008 }),
    make.counter('reactive-energy-lagging', lagging, rated * 800),
    make.counter('reactive-energy-leading', leading, rated * 50),
    make.gauge('reactive-power', (t) => reactive.at(t), { relative: 0.01 }),
    make.gauge('power-factor', (t) => Math.min(0.999, power.at(t) / Math.hypot(power.at(t), reactive.at(t))), {
      absolute: 0.001,
    }),
    make.gauge('current-l1', (t) => current(t, 1.008, 1), { relative: 0.008 }),
    make.gauge('current-l2', (t) => current(t, 0.995, -0.5), { relative: 0.008 }),
    make.gauge('current-l3', (t) => current(t, 0.997, -0.5), { relative: 0.008 }),
    make.gauge('voltage-l1', (t) => voltage(t, 1), { relative: 0.003 }),
    make.gauge('voltage-l2', (t) => voltage(t, 0.999), { relative: 0.003 }),
    make.gauge('voltage-l3', (t) => voltage(t, 1.001), { relative: 0.003 }),
    make.gauge('oil-temperature', (t) => site.weather.at(t) + 18 + (30 * power.at(t)) / rated, { absolute: 0.3 }),
  ];
}
