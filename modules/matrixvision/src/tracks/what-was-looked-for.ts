import type { Observation } from '../observation.ts';
import type { CommonSettings } from '../rules/common-settings.ts';
import type { RulesFile } from '../rules/rules-file.ts';

type RegionKind = NonNullable<Observation['regions']>[number]['kind'];

/** What is looked for by the same means. */
const regionsOf: Readonly<Record<string, readonly RegionKind[]>> = {
  'object-left': ['left', 'taken'],
  'object-taken': ['left', 'taken'],
  'smoke-like': ['smoke-like', 'flame-like'],
  'flame-like': ['smoke-like', 'flame-like'],
};

/**
 * Tells whether tracks can say anything of a rule. Some rules ask for what is looked for only where a rule asks: of tracks
 * from before, such a rule finds nothing, which is no nought.
 */
export class WhatWasLookedFor {
  #hasHealth = false;
  #hasPeople = false;
  readonly #regions = new Set<RegionKind>();
  readonly #attributes = new Set<string>();

  /** @param rules those that were in force while the tracks were made */
  constructor({ rules }: RulesFile) {
    for (const { kind, enabled } of rules)
      if (enabled) for (const region of regionsOf[kind] ?? []) this.#regions.add(region);
  }

  observe({ health, regions, objects }: Observation): void {
    this.#hasHealth ||= health !== undefined;
    for (const { kind } of regions ?? []) this.#regions.add(kind);
    for (const { label, attributes } of objects) {
      this.#hasPeople ||= label === 'person';
      for (const name of Object.keys(attributes ?? {})) this.#attributes.add(name);
    }
  }

  /** Whether something was looked for by which this rule could have found something. */
  covers(settings: CommonSettings): boolean {
    const { kind } = settings;
    if (kind === 'camera-tampering') return this.#hasHealth;
    if (kind === 'equipment-missing')
      return !this.#hasPeople || this.#attributes.has((settings as { attribute?: string }).attribute!);
    const regions = regionsOf[kind];
    return !regions || regions.some((region) => this.#regions.has(region));
  }
}
