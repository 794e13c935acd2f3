import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import styles from './shared.module.css';

/** Nothing to report on yet: says where readings come from. */
export function NoPlant({ loading, error }: { loading: boolean; error: unknown }) {
  const { t } = useTranslation();
  if (error) return <ErrorNotice error={error} />;
  if (loading)
    return (
      <div className={styles.waiting}>
        <Spin />
      </div>
    );
  return (
    <EmptyState title={t('energy.noPlant.title')} text={t('energy.noPlant.text')}>
      <Link to="/import">
        <Button type="primary">{t('energy.noPlant.import')}</Button>
      </Link>
    </EmptyState>
  );
}
