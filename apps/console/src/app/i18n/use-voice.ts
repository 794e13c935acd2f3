import { useTranslation } from 'react-i18next';
import type { Voice } from './said.ts';
import { useFormat } from './use-format.ts';

export function useVoice(): Voice {
  const { t, i18n } = useTranslation();
  return { t, exists: (key) => i18n.exists(key), format: useFormat() };
}
