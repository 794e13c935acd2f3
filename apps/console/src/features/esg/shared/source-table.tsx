import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { shortId } from '../../../components/short-id.ts';
import type { LineSource } from '../types.ts';
import { groupDecimal } from './decimal.ts';
import styles from './source-table.module.css';

/** What an amount was added up from: meters with their readings and how much of the period they speak for, or statements. */
export function SourceTable({ sources, year }: { sources: readonly LineSource[]; year: string | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('esg.sources.from')}</th>
          <th scope="col" className={styles.number}>
            {t('esg.quantity')}
          </th>
          <th scope="col" className={styles.number}>
            {t('esg.sources.readings')}
          </th>
          <th scope="col" className={styles.number}>
            {t('esg.sources.coverage')}
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.kind === 'measurements' ? source.pointId : source.id}>
            <td>
              {source.kind === 'measurements' ? (
                <Link to={`/points?q=${encodeURIComponent(source.point)}`}>{source.point}</Link>
              ) : (
                <Link to={`/activity?q=${shortId(source.id)}${year ? `&year=${year}` : ''}`}>
                  {t('esg.sources.statement')}
                </Link>
              )}
            </td>
            <td className={styles.number}>
              {groupDecimal(source.quantity)} {unitName(source.unit)}
            </td>
            <td className={styles.number}>
              {source.kind === 'measurements' ? format.number(source.readings, 0) : '–'}
            </td>
            <td className={styles.number}>
              {source.kind === 'measurements' ? format.percent(source.coverage, 1) : '–'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
