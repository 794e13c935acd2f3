import { kindOf } from './registry.ts';
import type { RulesFile } from './rules-file.ts';

/** A rule that nothing was found by because nothing could be. */
export interface UnjudgedRule {
  readonly rule: string;
  /** `attribute`: its equipment was not given; `labels`: the network knows none of its classes. */
  readonly missing: 'attribute' | 'labels';
  /** What it names. */
  readonly names: readonly string[];
}

/** A nought of such a rule would be read as a figure. */
export function unjudgedRules(
  { rules }: RulesFile,
  labels: readonly string[],
  attributes: readonly { readonly name: string }[],
): UnjudgedRule[] {
  return rules
    .filter(({ enabled }) => enabled)
    .flatMap((settings): UnjudgedRule[] => {
      const { id: rule, kind } = settings;
      const classes = kindOf(kind)?.labels?.(settings) ?? settings.classes;
      if (classes && !classes.some((label) => labels.includes(label)))
        return [{ rule, missing: 'labels', names: [...classes] }];
      const { attribute } = settings as { attribute?: string };
      if (kind !== 'equipment-missing' || attributes.some(({ name }) => name === attribute)) return [];
      return [{ rule, missing: 'attribute', names: [attribute!] }];
    });
}
