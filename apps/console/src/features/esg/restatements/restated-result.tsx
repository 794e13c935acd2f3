import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { FactorUseView } from '../shared/factor-use.tsx';
import type { Restatement } from '../types.ts';
import styles from './restatements.module.css';
import { TotalsTable } from './totals-table.tsx';

/** Old, new, difference and why; of a table, each of its years. */
export function RestatedResult({ restatement }: { restatement: Restatement }) {
  const { t } = useTranslation();
  return (
    <section className={styles.result} aria-live="polite">
      <p>
        <strong>{t('esg.reason')}</strong>: {restatement.why}
      </p>
      {restatement.figures.map(({ label, restatement: figure }) => (
        <section key={label} className={styles.result} style={{ marginTop: 0 }}>
          {label !== 'total' && <h3>{label}</h3>}
          {figure.familyChanged && <Alert type="warning" showIcon title={t('esg.restate.familyChanged')} />}
          <TotalsTable totals={figure.totals} original={restatement.original} evidence={restatement.id} />
          <div className={styles.versus}>
            <div>
              <h3>{t('esg.restate.factorsOld')}</h3>
              {figure.factorOld.map((factor) => (
                <FactorUseView key={`${factor.id}@${factor.version}`} factor={factor} />
              ))}
            </div>
            <div>
              <h3>{t('esg.restate.factorsNew')}</h3>
              {figure.factorNew.map((factor) => (
                <FactorUseView key={`${factor.id}@${factor.version}`} factor={factor} />
              ))}
            </div>
          </div>
        </section>
      ))}
    </section>
  );
}
