import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** A component, period of use or line of a bill in the reader's language; what has no word goes by its own. */
export function useBillWord(): (kind: 'component' | 'use' | 'lineName', code: string) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (kind, code) => {
      const key = `energy.cost.${kind}s.${code}`;
      return i18n.exists(key) ? t(key) : code;
    },
    [t, i18n],
  );
}
