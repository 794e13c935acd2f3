import type { State } from '../learners/learner.ts';
import { type AlarmEvent, AlarmEvents, type AlarmRule, type AlarmStep } from './alarm-events.ts';
import type { Detector, Scorer } from './types.ts';

export interface WatchSettings {
  readonly rule: AlarmRule;
  /** Readings of one step of so many milliseconds make one row. */
  readonly stepMs: number;
  /** A sensor's last value holds for so long; then it is not known. */
  readonly holdMs: number;
}

/** A row that was scored, once a later reading showed that it was whole. */
export interface WatchedRow extends AlarmStep {
  /** Milliseconds since 1970 of the row's last reading. */
  readonly time: number;
  readonly score: number;
  /** Each sensor's share; read before the next reading is pushed. */
  readonly blame: Float64Array;
}

/**
 * Watches one asset as readings of its points come in, one by one and in any order of sensors: they are joined to rows, scored, and
 * the scores joined to alarms. Readings older than the row that stands are counted and left out, as a clock set back gives them.
 */
export class Watch {
  readonly sensors: readonly string[];
  readonly #settings: WatchSettings;
  readonly #scorer: Scorer;
  readonly #events: AlarmEvents;
  readonly #values: Float64Array;
  readonly #times: Float64Array;
  readonly #blame: Float64Array;
  #row = Number.NEGATIVE_INFINITY;
  #time = 0;
  #late = 0;

  constructor(detector: Detector, settings: WatchSettings, state?: State) {
    this.sensors = detector.sensors;
    this.#settings = settings;
    this.#scorer = detector.start(state?.scorer as State | undefined);
    this.#events = new AlarmEvents(settings.rule, detector.sensors.length, state?.events as State | undefined);
    this.#values = new Float64Array(detector.sensors.length).fill(Number.NaN);
    this.#times = new Float64Array(detector.sensors.length);
    this.#blame = new Float64Array(detector.sensors.length);
    if (!state) return;
    this.#values.set(state.values as Float64Array);
    this.#times.set(state.times as Float64Array);
    [this.#row, this.#time, this.#late] = [state.row as number, state.time as number, state.late as number];
  }

  /** @param sensor place among `sensors`. Gives the row before, where this reading is the first of a new one. */
  push(sensor: number, time: number, value: number): WatchedRow | undefined {
    const row = Math.floor(time / this.#settings.stepMs);
    if (row < this.#row) {
      this.#late++;
      return undefined;
    }
    const whole = row > this.#row && this.#row !== Number.NEGATIVE_INFINITY ? this.#score() : undefined;
    this.#row = row;
    this.#time = Math.max(this.#time, time);
    this.#values[sensor] = value;
    this.#times[sensor] = time;
    return whole;
  }

  /** Readings that came too late to be scored. */
  get late(): number {
    return this.#late;
  }

  /** The alarm that stands. */
  current(): AlarmEvent | undefined {
    return this.#events.current();
  }

  state(): State {
    return {
      ...{ scorer: this.#scorer.state(), events: this.#events.state(), values: this.#values.slice() },
      ...{ times: this.#times.slice(), row: this.#row, time: this.#time, late: this.#late },
    };
  }

  #score(): WatchedRow {
    for (let sensor = 0; sensor < this.#values.length; sensor++)
      if (this.#time - this.#times[sensor]! > this.#settings.holdMs) this.#values[sensor] = Number.NaN;
    const score = this.#scorer.push(this.#time, this.#values, this.#blame);
    return { time: this.#time, score, blame: this.#blame, ...this.#events.push(this.#time, score, this.#blame) };
  }
}
