import { useTranslation } from 'react-i18next';
import { loadServerTexts, namespace, useServerTexts } from './server-texts/server-texts.ts';
import { useLanguage } from './use-language.ts';

/**
 * The reader's word for a name that the server uses: a permission, a method, a setting, a member of a record. One
 * without a word there is given as `otherwise`, by default the name itself.
 */
export function useTerm(): (group: string, name: string, otherwise?: string) => string {
  const { t, i18n } = useTranslation();
  const ready = useServerTexts();
  const language = useLanguage();
  return (group, name, otherwise = name) => {
    if (!ready) void loadServerTexts(language);
    const key = `${namespace}:terms.${group}.${name.replaceAll('.', '-')}`;
    return i18n.exists(key) ? t(key) : otherwise;
  };
}
