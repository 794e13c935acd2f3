import { useLanguage } from '../../app/i18n/use-language.ts';
import type { AlertText } from './types.ts';

/** What a module wrote for its readers, in the language of this one. */
export function useAlertText(): (text: AlertText) => string {
  const language = useLanguage();
  return (text) => (typeof text === 'string' ? text : text[language]);
}
