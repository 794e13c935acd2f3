import { useTranslation } from 'react-i18next';
import { sideOf } from '../shared/families.ts';
import type { Factor } from '../types.ts';
import styles from './factors.module.css';

/** The two families side by side and why they never meet: who chooses a factor has to see it before. */
export function FamiliesNotice({ factors }: { factors: readonly Factor[] }) {
  const { t } = useTranslation();
  const count = (side: 'scheme' | 'statistics') => factors.filter(({ family }) => sideOf(family) === side).length;
  return (
    <section className={styles.families} aria-label={t('esg.families.title')}>
      <div className={styles.side} data-side="scheme">
        <h2>{t('esg.families.scheme', { n: count('scheme') })}</h2>
        <p>{t('esg.families.schemeText')}</p>
      </div>
      <div className={styles.never} aria-hidden="true">
        ≠
      </div>
      <div className={styles.side} data-side="statistics">
        <h2>{t('esg.families.statistics', { n: count('statistics') })}</h2>
        <p>{t('esg.families.statisticsText')}</p>
      </div>
      <p className={styles.rule}>{t('esg.families.rule')}</p>
    </section>
  );
}
