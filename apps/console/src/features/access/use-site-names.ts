import { useTranslation } from 'react-i18next';
import { useSites } from '../cloud/use-plant.ts';

/** The sites of an account in words; null means all. */
export function useSiteNames(): (siteIds: readonly string[] | null) => string {
  const { t } = useTranslation();
  const sites = useSites();
  return (siteIds) =>
    siteIds === null
      ? t('shell.allSites')
      : siteIds.map((id) => sites.find((site) => site.id === id)?.name ?? id).join(', ') || t('access.noSites');
}
