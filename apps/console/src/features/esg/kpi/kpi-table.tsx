import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import type { KpiTable } from '../types.ts';
import styles from './kpi.module.css';
import { KpiChange } from './kpi-change.tsx';
import { type KpiRow, kpiRows } from './kpi-rows.ts';

const groups = ['ghg', 'energy', 'water'] as const;

/** A year beside the year before, as the report prints it; every figure opens its evidence. */
export function KpiTableView({ id, table }: { id: string; table: KpiTable }) {
  const { t } = useTranslation();
  const { reportingYear, previousYear } = table;
  const rows = kpiRows(table);
  const cell = (value: string | undefined) =>
    value === undefined ? <span className="faint">–</span> : <EvidenceLink id={id}>{value}</EvidenceLink>;
  const line = (row: KpiRow) => (
    <tr key={row.key} data-level={row.level}>
      <th scope="row">{t(`esg.kpi.row.${row.key}`)}</th>
      <td className={styles.unit}>{row.unit}</td>
      <td className={styles.number}>{cell(row.current)}</td>
      {previousYear && <td className={styles.number}>{cell(row.previous)}</td>}
      {previousYear && (
        <td className={styles.number}>
          <KpiChange change={row.change} />
        </td>
      )}
    </tr>
  );
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={t('esg.kpi.tableLabel', { year: reportingYear })}>
        <thead>
          <tr>
            <th scope="col">{t('esg.kpi.indicator')}</th>
            <th scope="col">{t('esg.unit')}</th>
            <th scope="col" className={styles.number}>
              {reportingYear}
            </th>
            {previousYear && (
              <th scope="col" className={styles.number}>
                {previousYear}
              </th>
            )}
            {previousYear && (
              <th scope="col" className={styles.number}>
                {t('esg.kpi.change')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => {
            const own = rows.filter((row) => row.group === group);
            return own.length === 0 ? null : (
              <Fragment key={group}>
                <tr className={styles.group}>
                  <th colSpan={previousYear ? 5 : 3} scope="colgroup">
                    {t(`esg.kpi.group.${group}`)}
                  </th>
                </tr>
                {own.map(line)}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
