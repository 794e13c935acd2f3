import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useTree } from '../../cloud/use-plant.ts';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import styles from '../shared/shared.module.css';
import { choosePeriod, choosePreset, chooseSubject, useChoice } from '../shared/use-choice.ts';
import { BillView } from './bill-view.tsx';
import { TariffTable } from './tariff-table.tsx';
import { useAssignments, useTariffs } from './use-tariffs.ts';

export function CostPage() {
  const { t } = useTranslation();
  const choice = useChoice();
  const { place, period, preset, set } = choice;
  const nodes = useTree().data ?? [];
  const tariffs = useTariffs();
  const assignments = useAssignments();
  const siteId = nodes.find(({ id }) => id === place?.id)?.siteId;
  const asked = choice.get('tariff') ?? undefined;
  const assigned = assignments.data?.some(({ site }) => site.id === siteId) ?? false;
  return (
    <>
      <PageHeader page="energy-cost" />
      <div className={styles.controls}>
        <Select
          aria-label={t('shell.site')}
          value={siteId}
          onChange={(id: string) => set(chooseSubject({ kind: 'node', id }))}
          options={nodes.filter(({ kind }) => kind === 'site').map(({ id, name }) => ({ value: id, label: name }))}
          style={{ minWidth: 200 }}
        />
        <Select
          aria-label={t('energy.cost.tariff')}
          value={asked ?? ''}
          onChange={(value: string) => set({ tariff: value || undefined })}
          options={[
            { value: '', label: t('energy.cost.assigned') },
            ...(tariffs.data ?? []).map(({ id, version, name }) => ({ value: `${id}@${version}`, label: name })),
          ]}
          style={{ minWidth: 200, maxWidth: 320 }}
          popupMatchSelectWidth={false}
        />
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
      </div>
      <div className={styles.stack}>
        {!siteId ? (
          <NoPlant loading={choice.loading} error={choice.error} />
        ) : asked || assigned ? (
          <BillView
            key={`${siteId} ${period.from} ${period.to} ${asked ?? ''}`}
            siteId={siteId}
            period={period}
            tariff={asked}
          />
        ) : (
          <EmptyState title={t('energy.cost.empty')} text={t('energy.cost.emptyNext')} />
        )}
        <TariffTable siteId={siteId} />
      </div>
    </>
  );
}
