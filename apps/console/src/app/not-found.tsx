import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '../components/empty-state.tsx';

export function NotFound() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <EmptyState title={t('notFound.title')} text={t('notFound.text', { path: pathname })}>
      <Link to="/">{t('notFound.home')}</Link>
    </EmptyState>
  );
}
