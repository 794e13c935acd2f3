import { useTranslation } from 'react-i18next';

/** The name of a kind of job in the reader's language; an unknown kind goes by its own. */
export function useJobName(): (type: string) => string {
  const { t, i18n } = useTranslation();
  return (type) => {
    const key = `jobs.type.${type.replaceAll('.', '-')}`;
    return i18n.exists(key) ? t(key) : type;
  };
}
