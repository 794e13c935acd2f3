import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { groupDecimal } from '../shared/decimal.ts';
import type { EmissionResult } from '../types.ts';
import styles from './emissions.module.css';

/** Renewable electricity that was claimed and that nothing supports: said openly, and calculated like the rest. */
export function UnsupportedNotice({ result }: { result: EmissionResult }) {
  const { t } = useTranslation();
  if (Number(result.unsupportedMWh) === 0) return null;
  return (
    <Alert
      className={styles.alert}
      type="warning"
      showIcon
      title={t('esg.emissions.unsupported', { n: groupDecimal(result.unsupportedMWh) })}
      description={t('esg.emissions.unsupportedNext')}
      action={<Link to="/certificates">{t('pages.certificates.title')}</Link>}
    />
  );
}
