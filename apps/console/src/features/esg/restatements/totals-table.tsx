import { useTranslation } from 'react-i18next';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { printDecimal } from '../shared/decimal.ts';
import type { RestatedTotals } from '../types.ts';
import styles from './restatements.module.css';

interface TotalsTableProps {
  readonly totals: RestatedTotals;
  /** Evidence of the old figure and of the new one. */
  readonly original: string;
  readonly evidence: string;
}

const keys = ['scope1', 'scope2Location', 'scope2Market', 'total', 'totalMarket'] as const;

/** Old and new of each total, in t CO2e. */
export function TotalsTable({ totals, original, evidence }: TotalsTableProps) {
  const { t } = useTranslation();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">t CO₂e</th>
          <th scope="col" className={styles.number}>
            {t('esg.restate.old')}
          </th>
          <th scope="col" className={styles.number}>
            {t('esg.restate.new')}
          </th>
          <th scope="col" className={styles.number}>
            {t('esg.restate.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key}>
            <th scope="row">{t(`esg.total.${key}`)}</th>
            <td className={styles.number}>
              <EvidenceLink id={original}>{printDecimal(totals[key].old, 2)}</EvidenceLink>
            </td>
            <td className={styles.number}>
              <EvidenceLink id={evidence}>{printDecimal(totals[key].new, 2)}</EvidenceLink>
            </td>
            <td className={styles.number}>
              {printDecimal(totals[key].difference, 2)}
              {totals[key].percent && <span className="faint"> ({totals[key].percent})</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
