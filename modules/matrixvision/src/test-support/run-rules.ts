import type { Observation } from '../observation.ts';
import { createRules } from '../rules/engine.ts';
import { parseRules } from '../rules/rules-file.ts';

/** Runs one rule over observations to their end. */
export function runRule(rule: object, observations: readonly Observation[], more: object = {}) {
  const engine = createRules(parseRules({ version: 1, ...more, rules: [{ id: 'rule', ...rule }] }));
  const events = observations.flatMap((observation) => engine.observe(observation));
  events.push(...engine.finish());
  return { events, counts: engine.counts().rule ?? {}, remembered: engine.remembered() };
}
