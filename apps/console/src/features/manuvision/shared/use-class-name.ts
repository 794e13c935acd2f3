import { useTranslation } from 'react-i18next';

/** A class as the plant calls it; `defect` is the server's word for a defect that nobody gave a class. */
export function useClassName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (name === 'defect' ? t('parts.labels.defect') : name);
}
