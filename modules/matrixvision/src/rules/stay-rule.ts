import type { Anchor } from '../geometry/anchor.ts';
import type { Observation } from '../observation.ts';
import type { DrawnPoint } from './common-settings.ts';
import { findingOf } from './finding.ts';
import type { Counts, Doubt, Finding, Rule } from './rule.ts';
import { type Stay, ZoneStays } from './zone-stays.ts';

/** What a condition says of one thing at one moment: it holds, it does not, or nothing can be said (`unknown`). */
export type Verdict =
  | { readonly values?: Readonly<Record<string, number | string>>; readonly doubts?: readonly Doubt[] }
  | 'unknown'
  | undefined;

export interface StayRuleOptions<State> {
  readonly zone?: readonly DrawnPoint[] | undefined;
  readonly anchor: Anchor;
  /** Seconds for which the condition must hold. */
  readonly dwell: number;
  /** So long a thing may be outside or unseen and its stay goes on, in milliseconds. */
  readonly graceMs?: number;
  /** So long the condition may fail in between, in milliseconds: detectors and poses flicker. */
  readonly flickerMs?: number;
  /** Name of the figure that counts the events; left out, the rule has no figures. */
  readonly counted?: string;
  begin(): State;
  check(stay: Stay<unknown>, state: State, observation: Observation): Verdict;
}

interface Held<State> {
  readonly state: State;
  since: number | undefined;
  last: number;
  told: boolean;
}

/** A rule about things in a zone for which something holds for a while: one event for each time that it does. */
export class StayRule<State> implements Rule {
  readonly #options: StayRuleOptions<State>;
  readonly #stays: ZoneStays<Held<State>>;
  #events = 0;

  constructor(options: StayRuleOptions<State>) {
    this.#options = options;
    const { zone, anchor, graceMs = 2_000 } = options;
    const begin = () => ({ state: options.begin(), since: undefined, last: 0, told: false });
    this.#stays = new ZoneStays({ zone, anchor, graceMs, begin });
  }

  observe(observation: Observation): Finding[] {
    return this.#stays.observe(observation).flatMap((stay) => this.#look(stay, observation));
  }

  finish(): Finding[] {
    this.#stays.clear();
    return [];
  }

  counts(): Counts {
    return this.#options.counted ? { [this.#options.counted]: this.#events } : {};
  }

  countAnew(): void {
    this.#events = 0;
  }

  remembered(): number {
    return this.#stays.size;
  }

  #look(stay: Stay<Held<State>>, observation: Observation): Finding[] {
    const { dwell, flickerMs = 1_000, check } = this.#options;
    const { extra: held, object, position } = stay;
    const { time: at } = observation;
    const verdict = check(stay, held.state, observation);
    if (held.since !== undefined && at - held.last > flickerMs) Object.assign(held, { since: undefined, told: false });
    if (verdict === undefined || verdict === 'unknown') return [];
    held.since ??= at;
    held.last = at;
    if (held.told || at - held.since < dwell * 1000) return [];
    held.told = true;
    this.#events += 1;
    const { values, doubts } = verdict;
    return [
      findingOf({ at, since: held.since, object, position, ...(values && { values }), ...(doubts && { doubts }) }),
    ];
  }
}
