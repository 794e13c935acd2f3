import { Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unitName } from '../../../app/i18n/format.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { usePoints } from '../../cloud/use-cloud.ts';
import { useSites } from '../../cloud/use-plant.ts';
import { useWord } from '../../cloud/use-word.ts';
import { groupDecimal } from '../shared/decimal.ts';
import styles from './activity.module.css';
import { type MeterRow, meterRows } from './meter-rows.ts';
import { SteamMeterForm } from './steam-meter-form.tsx';
import { useSteamMeters } from './use-steam-meters.ts';
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
  const { may } = useSession();
  const steamMeters = useSteamMeters();
  const [stating, setStating] = useState<MeterRow>();
  const rows = useMemo(
    () =>
      points.data &&
      meterRows(points.data, new Map(sites.map((site) => [site.id, site.name])), inventory, steamMeters.data),
    [points.data, sites, inventory, steamMeters.data],
  );
  const steamColumn: Column<MeterRow> = {
    key: 'steam',
    title: t('esg.steam.title'),
    value: ({ steam }) => steam?.enthalpy.steam,
    render: (row) =>
      row.isSteamByMass && (
        <span className={styles.steam}>
          {row.steam ? (
            <span title={t('esg.steam.less', { enthalpy: row.steam.enthalpy.feedWater })}>
              {row.steam.enthalpy.steam} kJ/kg
            </span>
          ) : (
            <StateMark tone="bad">{t('esg.steam.notStated')}</StateMark>
          )}
          {may('esg.activity.write') && (
            <Button size="small" onClick={() => setStating(row)}>
              {t('esg.steam.state')}
            </Button>
          )}
        </span>
      ),
    searched: false,
  };
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
    ...(rows?.some(({ isSteamByMass }) => isSteamByMass) ? [steamColumn] : []),
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
      {stating && <SteamMeterForm meter={stating} onClose={() => setStating(undefined)} />}
    </>
  );
}
