import { useTranslation } from 'react-i18next';

/** What people call a kind of source. */
export function useKindName(): (kind: string) => string {
  const { t, i18n } = useTranslation();
  return (kind) => (i18n.exists(`cloud.sourceKind.${kind}`) ? t(`cloud.sourceKind.${kind}`) : kind);
}
