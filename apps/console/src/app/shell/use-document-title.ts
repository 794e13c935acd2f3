import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { matchPath, useLocation } from 'react-router';
import { pages } from '../pages.ts';

export function useDocumentTitle(): void {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const page = pages.find(({ path }) => matchPath(path, pathname));
  useEffect(() => {
    document.title = page ? `${t(`pages.${page.id}.title`)} · Millwright` : 'Millwright';
  }, [page, t]);
}
