import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { usePoints } from '../../cloud/use-cloud.ts';
import { useSites } from '../../cloud/use-plant.ts';
import { useWord } from '../../cloud/use-word.ts';
import { groupDecimal } from '../shared/decimal.ts';
import styles from './activity.module.css';
import { type MeterRow, meterRows } from './meter-rows.ts';
import { useYearInventory } from './use-year-inventory.ts';

/** Amounts that nobody has to enter, because main meters count them: which meters, and what they counted. */
export function MetersUsed({ year, yearSelect }: { year: number; yearSelect: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const word = useWord();
  const { siteId } = useSite();
  const sites = useSites();
  const points = usePoints({ siteId: siteId ?? undefined });
  const { id, inventory } = useYearInventory(year);
  const rows = useMemo(
    () => points.data && meterRows(points.data, new Map(sites.map((site) => [site.id, site.name])), inventory),
    [points.data, sites, inventory],
  );
  const columns: Column<MeterRow>[] = [
    { key: 'site', title: t('esg.site'), value: ({ site }) => site },
    {
      key: 'point',
      title: t('esg.meters.point'),
      value: ({ point }) => point,
      render: ({ point }) => <Link to={`/points?q=${encodeURIComponent(point)}`}>{point}</Link>,
    },
    {
      key: 'carrier',
      title: t('esg.meters.carrier'),
      value: ({ carrier }) => (carrier ? word('carrier', carrier) : ''),
    },
    {
      key: 'counted',
      title: t('esg.meters.counted', { year }),
      value: ({ counted }) => counted && Number(counted.quantity),
      render: ({ counted }) =>
        counted && id ? (
          <EvidenceLink id={id}>
            {groupDecimal(counted.quantity)} {unitName(counted.unit)}
          </EvidenceLink>
        ) : (
          <span className="faint">{t('esg.meters.notCounted')}</span>
        ),
      align: 'right',
      searched: false,
    },
    {
      key: 'readings',
      title: t('esg.sources.readings'),
      value: ({ counted }) => counted?.readings,
      render: ({ counted }) => (counted ? format.number(counted.readings, 0) : '–'),
      align: 'right',
      searched: false,
    },
    {
      key: 'coverage',
      title: t('esg.sources.coverage'),
      value: ({ counted }) => counted?.coverage,
      render: ({ counted }) => (counted ? format.percent(counted.coverage, 1) : '–'),
      align: 'right',
      searched: false,
    },
  ];
  return (
    <>
      <p className={styles.hint}>
        {t(id ? 'esg.meters.hint' : 'esg.meters.hintNone', { year })}{' '}
        <Link to="/emissions">{t('pages.emissions.title')}</Link>
      </p>
      <DataTable<MeterRow>
        name={`main-meters-${year}`}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        error={points.error}
        onRetry={() => void points.refetch()}
        filters={yearSelect}
        empty={
          <EmptyState title={t('esg.meters.empty')} text={t('esg.meters.emptyNext')}>
            <Link to="/points">{t('pages.points.title')}</Link>
          </EmptyState>
        }
      />
    </>
  );
}
