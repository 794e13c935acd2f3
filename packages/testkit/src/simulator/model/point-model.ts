import { type Metric, type MetricKey, metrics } from './metrics.ts';
import { noiseSeed, smoothNoise, uniform } from './noise.ts';
import type { AssetKind, DisplayName, Protocol } from './plant-description.ts';
import type { Signal } from './signal.ts';
import { type AssetIdentity, type SiteContext, streamSeed } from './site-context.ts';

/** One point before it has an address: what it is, and what the process is at any moment. */
export interface PointModel {
  readonly key: string;
  readonly metricKey: MetricKey;
  readonly metric: Metric;
  readonly protocol: Protocol;
  /** Gauge: the momentary value. Counter: the register. Delta: the running total that amounts are cut from. */
  at(timeMs: number): number;
}

export interface AssetModel {
  /** `site/asset` */
  readonly key: string;
  readonly kind: AssetKind;
  readonly displayName: DisplayName;
  readonly ratings: Readonly<Record<string, number>>;
  readonly points: readonly PointModel[];
  /** Electricity drawn, kW; absent for what draws none. */
  readonly power?: Signal;
}

function rounded(value: number, factor: number): number {
  return Math.round(value * factor) / factor;
}

/** Makes the points of one asset. */
export class PointMaker {
  readonly key: string;
  readonly #site: SiteContext;
  readonly #protocol: Protocol;

  constructor(site: SiteContext, identity: AssetIdentity) {
    this.key = `${site.key}/${identity.key}`;
    this.#site = site;
    this.#protocol = identity.protocol;
  }

  /** A momentary value: `value` plus noise of some 20 seconds' length. Never below `lowest`. */
  gauge(
    metricKey: MetricKey,
    value: (timeMs: number) => number,
    noise: { relative?: number; absolute?: number; lowest?: number } = {},
  ): PointModel {
    const seed = noiseSeed(this.#site.seed, `${this.key}/${metricKey}`);
    const { relative = 0, absolute = 0, lowest = Number.NEGATIVE_INFINITY } = noise;
    const factor = 10 ** metrics[metricKey].decimals;
    const at =
      relative === 0 && absolute === 0
        ? (timeMs: number) => rounded(Math.max(lowest, value(timeMs)), factor)
        : (timeMs: number) => {
            const mean = value(timeMs);
            const noisy = mean + smoothNoise(seed, timeMs / 20_000) * (absolute + relative * Math.abs(mean));
            return rounded(Math.max(lowest, noisy), factor);
          };
    return this.#point(metricKey, at);
  }

  /** A register that shows the total of `rate` (per hour), cut off after its last digit. It does not start at 0, as registers do not. */
  counter(metricKey: MetricKey, rate: Signal, largestStart: number): PointModel {
    const factor = 10 ** metrics[metricKey].decimals;
    const start = Math.floor(uniform(streamSeed(this.#site, `${this.key}/${metricKey}/start`), 0) * largestStart);
    // A millionth of the last digit forgives the rounding of sums, which would hold 3.00 back as 2.99.
    return this.#point(metricKey, (timeMs) => Math.floor((start + rate.total(timeMs)) * factor + 1e-6) / factor);
  }

  /** Amounts per interval: whole units of the total of `rate` (per hour). */
  delta(metricKey: MetricKey, rate: Signal): PointModel {
    return this.#point(metricKey, (timeMs) => Math.floor(rate.total(timeMs) + 1e-6));
  }

  #point(metricKey: MetricKey, at: (timeMs: number) => number): PointModel {
    return { key: `${this.key}/${metricKey}`, metricKey, metric: metrics[metricKey], protocol: this.#protocol, at };
  }
}
