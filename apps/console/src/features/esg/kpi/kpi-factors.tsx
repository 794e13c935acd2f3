import { useTranslation } from 'react-i18next';
import { FactorUseView } from '../shared/factor-use.tsx';
import type { KpiTable } from '../types.ts';
import styles from './kpi.module.css';

/** Which factors each year was calculated with. */
export function KpiFactors({ table }: { table: KpiTable }) {
  const { t } = useTranslation();
  const years = [table.reportingYear, ...(table.previousYear ? [table.previousYear] : [])];
  return (
    <div className={styles.factors}>
      {years.map((year) => (
        <section key={year}>
          <h3>{t('esg.kpi.factorsOf', { year })}</h3>
          {table.factors[year]?.map((factor) => (
            <FactorUseView key={`${factor.id}@${factor.version}`} factor={factor} />
          ))}
        </section>
      ))}
    </div>
  );
}
