import { problemsOf } from '@millwright/kernel';
import { ruleKinds, rulesFileSchema } from '@millwright/matrixvision';
import type { RuleSet } from '../../types.ts';
import type { Calibration } from '../ground/ground-points.ts';

/** A rule while it is edited: it may be wrong for a moment. */
export interface DraftRule {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** A rules file while it is edited. */
export interface Draft {
  readonly version: 1;
  readonly calibration?: Calibration;
  readonly rules: readonly DraftRule[];
}

export const draftOf = ({ rules }: RuleSet): Draft => rules as Draft;

export interface RuleProblem {
  /** Of the rule; undefined where the whole file is meant. */
  readonly index: number | undefined;
  readonly field: string;
  readonly note: ReturnType<typeof problemsOf>[number];
}

/** What the server would refuse, known before it is asked. */
export function draftProblems(draft: Draft): RuleProblem[] {
  const { error } = rulesFileSchema.safeParse(draft);
  return (error ? problemsOf(error) : []).map((note) => {
    const [, index, field = ''] = /^rules\.(\d+)(?:\.([^.]+))?/.exec(note.path) ?? [];
    return { index: index === undefined ? undefined : Number(index), field, note };
  });
}

/** Whether two say the same; what is left out stands for its default, and the server writes defaults out. */
export function isSameDraft(a: Draft, b: Draft): boolean {
  const full = (draft: Draft) => JSON.stringify(rulesFileSchema.safeParse(draft).data ?? draft);
  return full(a) === full(b);
}

/** An id that no rule has: `gate`, `gate-2`, … */
export function freeId(wanted: string, rules: readonly DraftRule[]): string {
  const taken = new Set(rules.map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}

/** A new rule of a kind, as its own example shows it: valid at once, and drawn over by whoever adds it. */
export function newRule(kind: string, rules: readonly DraftRule[]): DraftRule {
  const example = ruleKinds.find((each) => each.kind === kind)?.example as DraftRule | undefined;
  return { ...example, kind, id: freeId(kind, rules) };
}

/** Sets the calibration of the picture, or leaves it out again. */
export function withCalibration({ calibration: _, ...draft }: Draft, calibration: Calibration | undefined): Draft {
  return calibration ? { ...draft, calibration } : draft;
}

export const withRule = (draft: Draft, index: number, rule: DraftRule): Draft => ({
  ...draft,
  rules: draft.rules.with(index, rule),
});

/** Sets a field of a rule, or leaves it out again. */
export function withField(draft: Draft, index: number, field: string, value: unknown): Draft {
  const { [field]: _, ...rest } = draft.rules[index]!;
  const rule = value === undefined || value === '' ? rest : { ...draft.rules[index]!, [field]: value };
  return withRule(draft, index, rule as DraftRule);
}
