import { assetsOf, describePlant } from './describe-plant.ts';
import { simulatorErrors } from './errors.ts';
import { affectedPoints, checkFault, indexPlant } from './fault-targets.ts';
import { createInstrument, type Instrument } from './instrument.ts';
import type { Fault } from './model/faults.ts';
import type { PlantDescription, PointDescription } from './model/plant-description.ts';
import { dayMs } from './model/time-grid.ts';
import { hamburg } from './sites/hamburg.ts';
import { qingdao } from './sites/qingdao.ts';
import type { SiteModel } from './sites/site-model.ts';
import { suzhou } from './sites/suzhou.ts';

export interface PlantOptions {
  /** A whole number; the same seed gives the same plant on any machine. Default 1. */
  readonly seed?: number;
  readonly faults?: readonly Fault[];
  /** When the registers began to count, cut to a UTC day; milliseconds since 1970. Default 2024-01-01. */
  readonly commissionedAt?: number;
}

/** `at` is what the instrument's clock says, milliseconds since 1970. */
export interface Reading {
  readonly at: number;
  readonly value: number;
}

export interface History {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Energy through one transformer in a period, kWh. supply = sum of submeters + losses + unmetered. */
export interface EnergyBalance {
  readonly supply: number;
  /** By key of the asset. */
  readonly submeters: Readonly<Record<string, number>>;
  readonly losses: number;
  readonly unmetered: number;
}

export interface Plant {
  readonly seed: number;
  readonly commissionedAt: number;
  readonly faults: readonly Fault[];
  readonly description: PlantDescription;
  readonly points: readonly PointDescription[];
  /** Throws SIMULATOR_POINT_UNKNOWN. */
  point(key: string): PointDescription;
  /** What the instrument shows at a moment, faults included; a delta covers its own interval. */
  value(key: string, timeMs: number): number;
  /** The same without any fault. */
  trueValue(key: string, timeMs: number): number;
  /** What leaves the instrument at a moment: nothing in a gap, and with the time of its own clock. */
  reading(key: string, timeMs: number): Reading | undefined;
  /** Readings taken at from, from + step, ... before `to`, as they leave the instrument; a delta covers the step. */
  history(key: string, from: number, to: number, stepMs: number): History;
  /** What really flowed through a transformer (key of the asset), unrounded. */
  balance(transformerKey: string, from: number, to: number): EnergyBalance;
  affectedPoints(fault: Fault): string[];
}

const defaultCommissionedAt = Date.UTC(2024, 0, 1);

export function createPlant(options: PlantOptions = {}): Plant {
  const { seed = 1, faults = [] } = options;
  const firstDay = Math.floor((options.commissionedAt ?? defaultCommissionedAt) / dayMs);
  const settings = { seed, firstDay, faults };
  const sites = [qingdao(settings), suzhou(settings), hamburg(settings)];
  const description = describePlant(sites);
  const index = indexPlant(description);
  for (const fault of faults) checkFault(fault, index);
  return new SimulatedPlant(seed, firstDay * dayMs, faults, description, sites);
}

class SimulatedPlant implements Plant {
  readonly seed: number;
  readonly commissionedAt: number;
  readonly faults: readonly Fault[];
  readonly description: PlantDescription;
  readonly points: readonly PointDescription[];
  readonly #sites: readonly SiteModel[];
  readonly #index: ReturnType<typeof indexPlant>;
  readonly #instruments = new Map<string, Instrument>();
  #unfaulted: Plant | undefined;

  constructor(
    seed: number,
    commissionedAt: number,
    faults: readonly Fault[],
    description: PlantDescription,
    sites: readonly SiteModel[],
  ) {
    this.seed = seed;
    this.commissionedAt = commissionedAt;
    this.faults = faults;
    this.description = description;
    this.#sites = sites;
    this.#index = indexPlant(description);
    this.points = [...this.#index.points.values()];
    for (const { asset } of sites.flatMap(assetsOf)) {
      for (const point of asset.points) {
        const own = faults.filter((fault) => fault.point === point.key || fault.asset === asset.key);
        this.#instruments.set(point.key, createInstrument(point, own));
      }
    }
  }

  point(key: string): PointDescription {
    const point = this.#index.points.get(key);
    if (!point) throw simulatorErrors.SIMULATOR_POINT_UNKNOWN({ key });
    return point;
  }

  value(key: string, timeMs: number): number {
    this.#checkTime(timeMs);
    return this.#instrument(key).value(timeMs);
  }

  trueValue(key: string, timeMs: number): number {
    if (this.faults.length === 0) return this.value(key, timeMs);
    this.#unfaulted ??= createPlant({ seed: this.seed, commissionedAt: this.commissionedAt });
    return this.#unfaulted.value(key, timeMs);
  }

  reading(key: string, timeMs: number): Reading | undefined {
    this.#checkTime(timeMs);
    const instrument = this.#instrument(key);
    if (!instrument.sends(timeMs)) return undefined;
    return { at: instrument.stamp(timeMs), value: instrument.value(timeMs) };
  }

  history(key: string, from: number, to: number, stepMs: number): History {
    this.#checkTime(from);
    const instrument = this.#instrument(key);
    const count = Math.max(0, Math.ceil((to - from) / stepMs));
    const times = new Float64Array(count);
    const values = new Float64Array(count);
    let length = 0;
    for (let i = 0; i < count; i++) {
      const time = from + i * stepMs;
      if (!instrument.sends(time)) continue;
      times[length] = instrument.stamp(time);
      values[length] = instrument.value(time, stepMs);
      length += 1;
    }
    return length === count ? { times, values } : { times: times.slice(0, length), values: values.slice(0, length) };
  }

  balance(transformerKey: string, from: number, to: number): EnergyBalance {
    this.#checkTime(from);
    const site = this.#sites.find((each) => each.transformers.some(({ key }) => key === transformerKey));
    const transformer = site?.transformers.find(({ key }) => key === transformerKey);
    if (!site || !transformer) throw simulatorErrors.SIMULATOR_ASSET_UNKNOWN({ key: transformerKey });
    const energy = (signal: { total(timeMs: number): number }) => signal.total(to) - signal.total(from);
    const submeters: Record<string, number> = {};
    for (const { asset } of assetsOf(site)) {
      if (asset.power && transformer.feeds.includes(asset.key)) submeters[asset.key] = energy(asset.power);
    }
    return {
      supply: energy(transformer.power),
      submeters,
      losses: energy(transformer.losses),
      unmetered: energy(transformer.unmetered),
    };
  }

  affectedPoints(fault: Fault): string[] {
    return affectedPoints(fault, this.#index);
  }

  #instrument(key: string): Instrument {
    const instrument = this.#instruments.get(key);
    if (!instrument) throw simulatorErrors.SIMULATOR_POINT_UNKNOWN({ key });
    return instrument;
  }

  #checkTime(timeMs: number): void {
    if (timeMs >= this.commissionedAt) return;
    throw simulatorErrors.SIMULATOR_TIME_TOO_EARLY({
      time: new Date(timeMs).toISOString(),
      commissionedAt: new Date(this.commissionedAt).toISOString(),
    });
  }
}
