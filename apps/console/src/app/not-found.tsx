import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '../components/empty-state.tsx';

/** As it was typed; a broken escape stays as it is. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

export function NotFound() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <EmptyState title={t('notFound.title')} text={t('notFound.text', { path: readable(pathname) })}>
      <Link to="/">{t('notFound.home')}</Link>
    </EmptyState>
  );
}
