import type { State } from '../learners/learner.ts';

/** When an alarm begins and ends. */
export interface AlarmRule {
  /** A score from here on raises an alarm. */
  readonly threshold: number;
  /** It ends when scores stay below this; at most the threshold, so that a score at the limit is one alarm and not many. */
  readonly release: number;
  /** For how long they must stay below, in milliseconds; alarms with less between them are one. */
  readonly mergeMs: number;
}

export interface AlarmEvent {
  /** Milliseconds since 1970 of the first and last score that belong to it. */
  readonly from: number;
  readonly to: number;
  /** Its highest score, and when that was. */
  readonly peak: number;
  readonly peakAt: number;
  /** Each sensor's share of all that the scores of the event were made of, in the order of the sensors. */
  readonly blame: readonly number[];
}

/** What a score did: nothing, it began an alarm, or it showed that one is over. */
export interface AlarmStep {
  readonly began?: AlarmEvent;
  readonly ended?: AlarmEvent;
}

const nothing: AlarmStep = {};

/** Joins scores to alarms, one score after another, in bounded memory. */
export class AlarmEvents {
  readonly rule: AlarmRule;
  readonly #weights: Float64Array;
  #open = false;
  #from = 0;
  #to = 0;
  #peak = 0;
  #peakAt = 0;

  constructor(rule: AlarmRule, sensors: number, state?: State) {
    this.rule = rule;
    this.#weights = new Float64Array(sensors);
    if (!state) return;
    this.#weights.set(state.weights as Float64Array);
    this.#open = state.open as boolean;
    [this.#from, this.#to, this.#peak, this.#peakAt] = state.event as unknown as [number, number, number, number];
  }

  push(time: number, score: number, blame: Float64Array): AlarmStep {
    let ended: AlarmEvent | undefined;
    if (this.#open && score < this.rule.release && time - this.#to > this.rule.mergeMs) ended = this.end();
    if (!this.#open && score < this.rule.threshold) return ended ? { ended } : nothing;
    if (this.#open && score < this.rule.release) return nothing;
    const begins = !this.#open;
    if (begins) {
      this.#open = true;
      this.#from = time;
      this.#peak = Number.NEGATIVE_INFINITY;
      this.#weights.fill(0);
    }
    this.#to = time;
    if (score > this.#peak) [this.#peak, this.#peakAt] = [score, time];
    for (let sensor = 0; sensor < this.#weights.length; sensor++) this.#weights[sensor]! += blame[sensor]! * score;
    if (!begins) return nothing;
    return ended ? { began: this.current()!, ended } : { began: this.current()! };
  }

  /** The alarm that stands. */
  current(): AlarmEvent | undefined {
    if (!this.#open) return undefined;
    let sum = 0;
    for (const weight of this.#weights) sum += weight;
    return {
      ...{ from: this.#from, to: this.#to, peak: this.#peak, peakAt: this.#peakAt },
      blame: Array.from(this.#weights, (weight) => (sum > 0 ? weight / sum : 0)),
    };
  }

  /** Ends the alarm that stands, where readings end. */
  end(): AlarmEvent | undefined {
    const event = this.current();
    this.#open = false;
    return event;
  }

  state(): State {
    const event = [this.#from, this.#to, this.#peak, this.#peakAt];
    return { open: this.#open, event, weights: this.#weights.slice() };
  }
}

/** The alarms of scores that follow each other. */
export function alarmEvents(
  rule: AlarmRule,
  time: Float64Array,
  scores: Float64Array,
  blame: Float64Array,
): AlarmEvent[] {
  const width = scores.length === 0 ? 0 : blame.length / scores.length;
  const events = new AlarmEvents(rule, width);
  const found: AlarmEvent[] = [];
  for (let row = 0; row < scores.length; row++) {
    const { ended } = events.push(time[row]!, scores[row]!, blame.subarray(row * width, (row + 1) * width));
    if (ended) found.push(ended);
  }
  const last = events.end();
  return last ? [...found, last] : found;
}
