import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../../components/fact-shape.ts';

/** A setting's name in the reader's language; one without words goes by its own, spelled out. */
export function useSettingName(): (name: string) => string {
  const { t, i18n } = useTranslation();
  return (name) => (i18n.exists(`cloud.setting.${name}`) ? t(`cloud.setting.${name}`) : wordsOf(name));
}
