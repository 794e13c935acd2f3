import { smoothNoise } from '../model/noise.ts';
import { type AssetModel, PointMaker } from '../model/point-model.ts';
import type { Signal } from '../model/signal.ts';
import { type AssetIdentity, mapSignals, type SiteContext, streamSeed } from '../model/site-context.ts';

export interface CompressorSpec {
  readonly identity: AssetIdentity;
  readonly ratedPowerKilowatt: number;
  readonly ratedFlowCubicMetrePerHour: number;
}

export interface AirUse {
  /** What escapes all the time in a network nobody is ashamed of. */
  readonly everydayLeakCubicMetrePerHour: number;
  readonly users: readonly { readonly activity: Signal; readonly cubicMetrePerHour: number }[];
}

/** Compressors and meter of one air network: the first carries the base load, the next take what is left. */
export function compressedAir(
  site: SiteContext,
  use: AirUse,
  compressors: readonly CompressorSpec[],
  meter: AssetIdentity,
): { compressors: AssetModel[]; meter: AssetModel } {
  const leak = site.faults.leak(site.key);
  const demand = mapSignals(
    site,
    use.users.map((user) => user.activity),
    (activity, t) => {
      let sum = use.everydayLeakCubicMetrePerHour + leak(t);
      for (let i = 0; i < activity.length; i++) sum += activity[i] * use.users[i].cubicMetrePerHour;
      return sum;
    },
  );
  const capacity = compressors.reduce((sum, spec) => sum + spec.ratedFlowCubicMetrePerHour, 0);
  const delivered = mapSignals(site, [demand], ([d]) => Math.min(d, capacity));
  let before = 0;
  const models = compressors.map((spec) => {
    const model = compressor(site, spec, demand, delivered, before, capacity);
    before += spec.ratedFlowCubicMetrePerHour;
    return model;
  });
  return { compressors: models, meter: airMeter(site, meter, delivered) };
}

/** A load/unload screw compressor: unloaded it still draws 28 % of its rated power. */
function compressor(
  site: SiteContext,
  spec: CompressorSpec,
  demand: Signal,
  delivered: Signal,
  before: number,
  capacity: number,
): AssetModel {
  const { identity, ratedPowerKilowatt, ratedFlowCubicMetrePerHour } = spec;
  const make = new PointMaker(site, identity);
  const seed = streamSeed(site, identity.key);
  const load = mapSignals(site, [delivered], ([d]) =>
    Math.min(1, Math.max(0, (d - before) / ratedFlowCubicMetrePerHour)),
  );
  const running = mapSignals(site, [load], ([l]) => (l > 0 ? 1 : 0));
  const power = mapSignals(site, [load], ([l], t) =>
    l > 0 ? ratedPowerKilowatt * (0.28 + 0.72 * l) * (1 + 0.01 * smoothNoise(seed, t / 3_000_000)) : 0,
  );
  const wear = site.faults.bearingWear(make.key);
  return {
    key: make.key,
    kind: 'compressor',
    displayName: identity.displayName,
    ratings: { ratedPowerKilowatt, ratedFlowCubicMetrePerHour },
    points: [
      make.gauge('active-power', (t) => power.at(t), { relative: 0.01 }),
      make.counter('active-energy', power, ratedPowerKilowatt * 9000),
      make.gauge('pressure', (t) => 7.4 - 0.5 * Math.min(1.5, demand.at(t) / capacity), { absolute: 0.08 }),
      make.gauge('air-flow', (t) => load.at(t) * ratedFlowCubicMetrePerHour, { relative: 0.015 }),
      make.counter('running-hours', running, 9000),
      make.gauge('vibration', (t) => (running.at(t) ? 1.7 + 0.9 * load.at(t) : 0.12) + wear(t), {
        absolute: 0.03,
        relative: 0.05,
      }),
      make.gauge('bearing-temperature', (t) => 24 + 0.5 * site.weather.at(t) + 26 * load.at(t) + 4 * wear(t), {
        absolute: 0.4,
      }),
    ],
    power,
  };
}

function airMeter(site: SiteContext, identity: AssetIdentity, delivered: Signal): AssetModel {
  const make = new PointMaker(site, identity);
  return {
    key: make.key,
    kind: 'air-meter',
    displayName: identity.displayName,
    ratings: {},
    points: [
      make.counter('air-volume', delivered, 4_000_000),
      make.gauge('air-flow', (t) => delivered.at(t), { relative: 0.01 }),
    ],
  };
}
