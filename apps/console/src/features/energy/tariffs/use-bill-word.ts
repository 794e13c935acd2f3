import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A component or period of use in the reader's language; what has no word goes by its own. */
export function useBillWord(): (kind: 'component' | 'use', code: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (kind, code) => {
      const key = `energy.cost.${kind}s.${code}`;
      return i18n.exists(key) ? t(key) : code;
    },
    [t, i18n],
  );
}
