import { kindTitles } from '@millwright/matrixvision';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../../app/i18n/use-language.ts';
import { wordsOf } from '../../../../components/fact-shape.ts';

/** Names of rules, their fields and choices in the reader's language; what has no words yet goes by its own, spelled out. */
export function useRuleWords() {
  const { t, i18n } = useTranslation();
  const language = useLanguage();
  const word = (key: string, otherwise: string): string => (i18n.exists(key) ? t(key) : otherwise);
  return {
    kind: (kind: string) => kindTitles[kind]?.[language] ?? wordsOf(kind),
    kindHint: (kind: string) => word(`video.ruleKindHint.${kind}`, ''),
    field: (name: string) => word(`video.ruleField.${name}.title`, wordsOf(name)),
    fieldHint: (name: string) => word(`video.ruleField.${name}.hint`, ''),
    choice: (name: string, value: string) =>
      word(`video.ruleChoice.${name}.${value}`, word(`video.ruleChoice.${value}`, wordsOf(value))),
    count: (name: string) => word(`video.ruleCount.${name}`, wordsOf(name)),
  };
}
