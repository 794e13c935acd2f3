import { useRuleWords } from '../camera/rules/use-rule-words.ts';

interface NamedRule {
  readonly ruleId: string;
  /** The id again where nobody gave a name. */
  readonly ruleName: string;
  readonly kind: string;
}

/** What a rule is called: as somebody named it, else by its kind in the reader's language. */
export function useRuleName(): (rule: NamedRule) => string {
  const words = useRuleWords();
  return ({ ruleId, ruleName, kind }) => {
    if (ruleName !== ruleId) return ruleName;
    return ruleId === kind ? words.kind(kind) : `${words.kind(kind)} (${ruleId})`;
  };
}
