import { useTranslation } from 'react-i18next';
import { useTerm } from '../../app/i18n/use-term.ts';
import { Facts } from '../fact-list.tsx';
import styles from './evidence.module.css';
import type { Finding } from './finding.ts';
import { useMethods } from './use-evidence.ts';

export function MethodView({ method, parameters }: Pick<Finding, 'method' | 'parameters'>) {
  const { t } = useTranslation();
  const term = useTerm();
  const methods = useMethods().data;
  const known = methods?.find(({ id, version }) => id === method.id && version === method.version);
  return (
    <>
      <p className={styles.methodName}>
        <code>{method.id}</code>
        <span className={styles.version}>{t('evidence.version', { version: method.version })}</span>
      </p>
      <p className="soft">
        {known ? term('method', known.id, known.description) : methods && t('evidence.methodUnknown')}
      </p>
      <h4>{t('evidence.parameters')}</h4>
      <Facts value={parameters} />
    </>
  );
}
