import type { Observation } from '../observation.ts';
import { createRules, type RuleEngine } from '../rules/engine.ts';
import { kindOf } from '../rules/registry.ts';
import type { Counts, RuleEvent } from '../rules/rule.ts';
import type { RulesFile } from '../rules/rules-file.ts';
import { WhatWasLookedFor } from './what-was-looked-for.ts';

export interface Replayed {
  /** With crossings that are counted without an event. */
  readonly events: readonly RuleEvent[];
  /** Figures by rule, of those rules that count. */
  readonly counts: Readonly<Record<string, Counts>>;
}

/** What rules say of stored tracks: the code that runs live, so the same tracks give the same events. */
export function replay(observations: Iterable<Observation>, rules: RulesFile): Replayed {
  const engine = createRules(rules);
  const events: RuleEvent[] = [];
  for (const observation of observations) events.push(...engine.observe(observation));
  events.push(...engine.finish());
  return { events, counts: engine.counts() };
}

/** Figures of one rule. */
export interface RuleFigures {
  readonly counts: Counts;
  readonly events: number;
  readonly unconfirmed: number;
  /** Nothing was looked for at the time by which this rule could have found something: the noughts are none. */
  readonly unjudged?: true;
}

export interface RecountedRule {
  readonly rule: string;
  readonly kind: string;
  /** Null where the rule is not in the file, or off. */
  readonly old: RuleFigures | null;
  readonly new: RuleFigures | null;
}

export interface Recounted {
  readonly rules: readonly RecountedRule[];
  /** Of the new rules, with crossings that are counted without an event. */
  readonly events: readonly RuleEvent[];
}

/** A stretch of time, milliseconds since 1970; `to` is left out. */
export interface RecountSpan {
  readonly from: number;
  readonly to: number;
}

interface Side {
  readonly file: RulesFile;
  readonly engine: RuleEngine;
  readonly events: RuleEvent[];
  /** As they were at the end of the stretch. */
  counts?: Replayed['counts'];
}

/** Old and new rules on the same tracks, side by side: what a line that was moved would have counted. */
export class Recount {
  readonly #sides: readonly Side[];
  readonly #span: RecountSpan;
  readonly #looked: WhatWasLookedFor;
  #hasBegun = false;

  /** @param span what is counted; who is where is followed from before it on, and what is open at its end is decided after it */
  constructor(
    old: RulesFile | undefined,
    now: RulesFile,
    span: RecountSpan = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY },
  ) {
    const files: RulesFile[] = [old ?? { version: 1, rules: [] }, now];
    this.#sides = files.map((file) => ({ file, engine: createRules(file), events: [] }));
    this.#span = span;
    this.#looked = new WhatWasLookedFor(files[0]!);
  }

  observe(observation: Observation): void {
    const { from, to } = this.#span;
    const { time } = observation;
    const begins = !this.#hasBegun && time >= from;
    this.#hasBegun ||= begins;
    this.#looked.observe(observation);
    for (const side of this.#sides) {
      if (begins) side.engine.countAnew();
      if (time >= to) side.counts ??= side.engine.counts();
      side.events.push(...side.engine.observe(observation).filter(({ at }) => at >= from && at < to));
    }
  }

  finish(): Recounted {
    const { from, to } = this.#span;
    for (const { engine, events } of this.#sides)
      events.push(...engine.finish().filter(({ at }) => at >= from && at < to));
    const [old, now] = this.#sides.map((side) => figuresOf(side, this.#looked));
    const kinds = new Map(this.#sides.flatMap(({ file }) => file.rules.map(({ id, kind }) => [id, kind] as const)));
    return {
      rules: [...kinds].map(([rule, kind]) => ({
        ...{ rule, kind },
        old: old!.get(rule) ?? null,
        new: now!.get(rule) ?? null,
      })),
      events: this.#sides[1]!.events,
    };
  }
}

export function recount(
  observations: Iterable<Observation>,
  old: RulesFile | undefined,
  now: RulesFile,
  span?: RecountSpan,
): Recounted {
  const both = new Recount(old, now, span);
  for (const observation of observations) both.observe(observation);
  return both.finish();
}

function figuresOf(
  { file, engine, events, counts = engine.counts() }: Side,
  looked: WhatWasLookedFor,
): Map<string, RuleFigures> {
  return new Map(
    file.rules
      .filter(({ enabled }) => enabled)
      .map((settings) => {
        const { id, kind } = settings;
        const own = events.filter(({ rule }) => rule === id);
        const told = own.filter(({ keptBack }) => keptBack === undefined);
        return [
          id,
          {
            counts: kindOf(kind)?.countsOf?.(own) ?? counts[id] ?? {},
            events: told.length,
            unconfirmed: told.filter(({ confirmed }) => !confirmed).length,
            ...(!looked.covers(settings) && { unjudged: true as const }),
          },
        ];
      }),
  );
}
