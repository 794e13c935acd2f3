import { useTranslation } from 'react-i18next';

/** A carrier or quantity in the reader's language; one the console has no word for goes by its own. */
export function useWord(): (kind: 'carrier' | 'quantity', code: string | null | undefined) => string {
  const { t, i18n } = useTranslation();
  return (kind, code) => {
    if (!code) return '';
    const key = `cloud.${kind}.${code}`;
    return i18n.exists(key) ? t(key) : code;
  };
}
