import { useRuleSet } from '../camera/rules/use-rule-set.ts';
import { useRuleName } from './use-rule-name.ts';

/** What a line of a camera is called by the rules in force; one that is in them no more, by its id. */
export function useLineName(cameraId: string): (ruleId: string) => string {
  const rules = useRuleSet(cameraId).data?.rules.rules ?? [];
  const nameOf = useRuleName();
  return (ruleId) => {
    const ruleName = rules.find(({ id }) => id === ruleId)?.name ?? ruleId;
    return nameOf({ ruleId, ruleName, kind: 'line-crossing' });
  };
}
