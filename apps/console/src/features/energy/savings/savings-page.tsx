import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import { PointSelect, PointsSelect } from '../shared/point-select.tsx';
import styles from '../shared/shared.module.css';
import { isMeter } from '../shared/subject.ts';
import { choosePeriod, choosePreset, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { BaselineView } from './baseline-view.tsx';
import { MeasureForm } from './measure-form.tsx';
import { MeasureList } from './measure-list.tsx';
import { MeasureView } from './measure-view.tsx';
import { type BaselineRequest, useBaseline, useMeasures } from './use-savings.ts';

const methods = ['auto', 'daily', 'billing', 'hourly', 'towt', 'change-point'] as const;

/** From a meter to its baseline, and from measures to what they saved. */
export function SavingsPage() {
  const { t } = useTranslation();
  const points = useMeters();
  const choice = useChoice(points);
  const { period, preset, set } = choice;
  const [adding, setAdding] = useState(false);
  const measures = useMeasures();
  const learn = useBaseline();
  const meters = points.filter(isMeter);
  const meter = meters.find(({ id }) => id === choice.get('meter'));
  const near = points.filter(({ siteId }) => !meter || siteId === meter.siteId);
  const drivers = choice.get('drivers')?.split(',').filter(Boolean) ?? [];
  const temperature = choice.get('temperature') ?? undefined;
  const method = methods.find((one) => one === choice.get('method')) ?? 'auto';
  const opened = measures.data?.find(({ id }) => id === choice.get('measure'));
  const request: BaselineRequest | undefined = meter && {
    ...{ pointId: meter.id, driverPointIds: drivers, method, from: period.from, to: period.to },
    ...(temperature && { temperaturePointId: temperature }),
  };
  if (points.length === 0)
    return (
      <>
        <PageHeader page="energy-savings" />
        <NoPlant loading={choice.loading} error={choice.error} />
      </>
    );
  return (
    <>
      <PageHeader page="energy-savings" />
      <div className={styles.controls}>
        <PointSelect
          label={t('energy.savings.meter')}
          points={meters}
          value={meter?.id}
          onChange={(id) => set({ meter: id, measure: undefined })}
        />
        <PointSelect
          label={t('energy.savings.temperature')}
          points={near.filter(({ quantity }) => quantity === 'temperature')}
          value={temperature}
          onChange={(id) => set({ temperature: id })}
        />
        <PointsSelect
          label={t('energy.savings.drivers')}
          points={near.filter(({ id, quantity }) => id !== meter?.id && quantity !== 'temperature')}
          value={drivers}
          onChange={(ids) => set({ drivers: ids.join(',') || undefined })}
        />
        <Select
          aria-label={t('energy.savings.method')}
          value={method}
          onChange={(next) => set({ method: next })}
          options={methods.map((value) => ({ value, label: t(`energy.savings.methods.${value}`) }))}
          style={{ minWidth: 150 }}
          popupMatchSelectWidth={false}
        />
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
        <Button
          type="primary"
          disabled={!request}
          loading={learn.isPending}
          onClick={() => request && learn.mutate(request)}
        >
          {t('energy.savings.learn')}
        </Button>
        <Button disabled={!request} onClick={() => setAdding(true)}>
          {t('energy.savings.addMeasure')}
        </Button>
      </div>
      <div className={styles.stack}>
        {learn.error && <ErrorNotice error={learn.error} />}
        {learn.data && <BaselineView baseline={learn.data} />}
        {opened && <MeasureView key={opened.id} measure={opened} onClose={() => set({ measure: undefined })} />}
        <MeasureList
          measures={measures.data}
          error={measures.error}
          onOpen={({ id }) => set({ measure: id })}
          chosen={opened?.id}
        />
      </div>
      {adding && request && (
        <MeasureForm request={request} onClose={() => setAdding(false)} onAdded={(id) => set({ measure: id })} />
      )}
    </>
  );
}
