import type { Observation } from '../observation.ts';
import type { CommonSettings } from './common-settings.ts';
import { groundMap, homographyOf } from './ground-map.ts';
import { kindOf } from './registry.ts';
import type { Counts, Rule, RuleEvent, RuleFinding, Scene } from './rule.ts';
import { groundPairs, type RulesFile } from './rules-file.ts';
import { createSchedule } from './schedule.ts';

/** The rules of one camera at work. The same for live pictures, for files and for stored tracks. */
export interface RuleEngine {
  /** Events in the order of the rules file, and crossings that are counted without one. */
  observe(observation: Observation): RuleEvent[];
  /** The stream ended: decides what is still open. */
  finish(): RuleEvent[];
  /** Figures by rule, of those rules that count. */
  counts(): Readonly<Record<string, Counts>>;
  /** Figures begin anew from here on; what is known of who is where stays. */
  countAnew(): void;
  remembered(): number;
  /**
   * The rules that come after these. Those that stay as they are (all but their name) go on with what they know: their
   * counts, who stands where and since when. The others begin anew. This engine is not to be used any more.
   */
  followedBy(next: RulesFile): RuleEngine;
}

export const createRules = (file: RulesFile): RuleEngine => startRules(file, new Map());

function startRules({ rules, calibration }: RulesFile, known: ReadonlyMap<string, RunningRule>): RuleEngine {
  const solved = calibration && homographyOf(groundPairs(calibration));
  const scene: Scene = solved ? { ground: groundMap(solved.homography, solved.sign) } : {};
  const contentOf = ({ name: _, ...settings }: CommonSettings) => JSON.stringify([calibration ?? null, settings]);
  const byContent = new Map(
    rules
      .filter(({ enabled }) => enabled)
      .map((settings) => {
        const content = contentOf(settings);
        return [content, known.get(content) ?? new RunningRule(settings, scene)] as const;
      }),
  );
  const running = [...byContent.values()];
  return {
    followedBy: (next) => startRules(next, byContent),
    observe: (observation) => running.flatMap((rule) => rule.observe(observation)),
    finish: () => running.flatMap((rule) => rule.finish()),
    counts: () => Object.fromEntries(running.flatMap((rule) => rule.counts())),
    countAnew: () => {
      for (const rule of running) rule.countAnew();
    },
    remembered: () => running.reduce((sum, rule) => sum + rule.remembered(), 0),
  };
}

/** After so long without an observation nobody knows what happened meanwhile, and every rule begins anew. */
const blindMs = 30_000;

/** What all kinds have in common: schedule, classes, least score and cooldown. */
class RunningRule {
  readonly #settings: CommonSettings;
  readonly #rule: Rule;
  readonly #isInForce: (time: number) => boolean;
  readonly #classes: ReadonlySet<string> | undefined;
  readonly #watchesCamera: boolean;
  readonly #isOfAbsence: boolean;
  #wasInForce = false;
  #last = Number.NaN;
  #quietUntil = Number.NEGATIVE_INFINITY;
  #suppressed = 0;

  constructor(settings: CommonSettings, scene: Scene) {
    this.#settings = settings;
    const kind = kindOf(settings.kind)!;
    this.#rule = kind.start(settings, scene);
    this.#watchesCamera = kind.ofCamera ?? false;
    this.#isOfAbsence = kind.ofAbsence ?? false;
    this.#isInForce = settings.schedule ? createSchedule(settings.schedule) : () => true;
    const labels = kind.labels?.(settings) ?? settings.classes;
    this.#classes = labels && new Set(labels);
  }

  observe(observation: Observation): RuleEvent[] {
    const { time } = observation;
    if (this.#isBlind(observation)) return [];
    if (!this.#isInForce(time)) {
      const events = this.#wasInForce ? this.#events(this.#rule.finish()) : [];
      this.#wasInForce = false;
      return events;
    }
    // Nobody knows how long the clock that was set back had been wrong.
    if (time < this.#last) this.#quietUntil = Number.NEGATIVE_INFINITY;
    const before = this.#wasInForce && time - this.#last > blindMs ? this.#events(this.#rule.finish()) : [];
    this.#wasInForce = true;
    this.#last = time;
    const { minimumScore } = this.#settings;
    const passes = (label: string, score: number) =>
      score >= minimumScore && (!this.#classes || this.#classes.has(label));
    const objects = observation.objects.filter(({ label, score }) => passes(label, score));
    return [...before, ...this.#events(this.#rule.observe({ ...observation, objects }))];
  }

  /** Who sees nothing knows nothing of things, and who sees badly does not know what is absent: only of the camera something can be said. */
  #isBlind({ health = 'good' }: Observation): boolean {
    if (this.#watchesCamera || health === 'good') return false;
    return health === 'no-signal' || this.#isOfAbsence;
  }

  finish(): RuleEvent[] {
    return this.#wasInForce ? this.#events(this.#rule.finish()) : [];
  }

  counts(): [rule: string, counts: Counts][] {
    const counts = this.#rule.counts?.();
    return counts ? [[this.#settings.id, counts]] : [];
  }

  countAnew(): void {
    this.#rule.countAnew?.();
  }

  remembered(): number {
    return this.#rule.remembered();
  }

  #events(findings: readonly RuleFinding[]): RuleEvent[] {
    const { id, kind, severity, cooldown } = this.#settings;
    return findings.flatMap(({ countedOnly, ...finding }): RuleEvent[] => {
      const told = { rule: id, kind, severity, confirmed: finding.doubts.length === 0, suppressed: 0, ...finding };
      if (countedOnly) return [{ ...told, keptBack: 'direction' }];
      if (finding.at < this.#quietUntil) {
        this.#suppressed += 1;
        return finding.crossing ? [{ ...told, keptBack: 'cooldown' }] : [];
      }
      if (cooldown > 0) this.#quietUntil = finding.at + cooldown * 1000;
      const suppressed = this.#suppressed;
      this.#suppressed = 0;
      return [{ ...told, suppressed }];
    });
  }
}
