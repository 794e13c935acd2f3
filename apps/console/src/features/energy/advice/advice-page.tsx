import { Button, Input, InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import { PointSelect } from '../shared/point-select.tsx';
import styles from '../shared/shared.module.css';
import { isMeter } from '../shared/subject.ts';
import { choosePeriod, choosePreset, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { AdviceList } from './advice-list.tsx';
import { AdviceView } from './advice-view.tsx';
import { SettingsField } from './settings-field.tsx';
import { type AdviceRequest, useAdviceList, useCompute } from './use-advice.ts';

const kinds = [
  'base-load',
  'compressed-air',
  'load-shifting',
  'power-factor',
  'transformer-loading',
  'chiller-sequencing',
] as const;

/** What readings say could be saved, by money. */
export function AdvicePage() {
  const { t } = useTranslation();
  const points = useMeters();
  const choice = useChoice(points);
  const { period, preset, set } = choice;
  const list = useAdviceList();
  const compute = useCompute();
  const [price, setPrice] = useState<number | null>(null);
  const [factor, setFactor] = useState<number | null>(null);
  const [source, setSource] = useState('');
  const [settings, setSettings] = useState<Record<string, unknown> | null>({});
  const meters = points.filter(isMeter);
  const meter = meters.find(({ id }) => id === choice.get('meter'));
  const kind = kinds.find((one) => one === choice.get('kind')) ?? 'base-load';
  const near = points.filter(({ siteId }) => !meter || siteId === meter.siteId);
  const production = choice.get('production') ?? undefined;
  const cooling = choice.get('cooling') ?? undefined;
  const opened = list.data?.find(({ id }) => id === choice.get('advice'));
  const request: AdviceRequest | undefined =
    meter && settings
      ? {
          ...{ kind, pointId: meter.id, from: period.from, to: period.to, settings },
          ...(production && { productionPointId: production }),
          ...(cooling && kind === 'chiller-sequencing' && { coolingPointId: cooling }),
          ...(price !== null && { price }),
          ...(factor !== null && source.length >= 3 && { emission: { kgPerkWh: factor, source } }),
        }
      : undefined;
  if (points.length === 0)
    return (
      <>
        <PageHeader page="energy-advice" />
        <NoPlant loading={choice.loading} error={choice.error} />
      </>
    );
  return (
    <>
      <PageHeader page="energy-advice" />
      <div className={styles.controls}>
        <Select
          aria-label={t('energy.advice.kind')}
          value={kind}
          onChange={(next) => {
            setSettings({});
            set({ kind: next });
          }}
          options={kinds.map((value) => ({ value, label: t(`energy.advice.kinds.${value}`) }))}
          style={{ minWidth: 190 }}
          popupMatchSelectWidth={false}
        />
        <PointSelect
          label={t('energy.savings.meter')}
          points={meters}
          value={meter?.id}
          onChange={(id) => set({ meter: id, advice: undefined })}
        />
        <PointSelect
          label={t('energy.advice.production')}
          points={near.filter(({ quantity }) => quantity === 'production')}
          value={production}
          onChange={(id) => set({ production: id })}
        />
        {kind === 'chiller-sequencing' && (
          <PointSelect
            label={t('energy.advice.cooling')}
            points={near.filter(({ id }) => id !== meter?.id)}
            value={cooling}
            onChange={(id) => set({ cooling: id })}
          />
        )}
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
        <InputNumber
          aria-label={t('energy.advice.price')}
          placeholder={t('energy.advice.price')}
          min={0.0001}
          value={price}
          onChange={setPrice}
          style={{ width: 170 }}
        />
        <Space.Compact>
          <InputNumber
            aria-label={t('energy.advice.factor')}
            placeholder={t('energy.advice.factor')}
            min={0}
            max={3}
            value={factor}
            onChange={setFactor}
            style={{ width: 150 }}
          />
          <Input
            aria-label={t('energy.advice.factorSource')}
            placeholder={t('energy.advice.factorSource')}
            value={source}
            onChange={({ target }) => setSource(target.value)}
            style={{ width: 190 }}
          />
        </Space.Compact>
        <SettingsField key={kind} kind={kind} onChange={setSettings} />
        <Button
          type="primary"
          disabled={!request}
          loading={compute.isPending}
          onClick={() => request && compute.mutate(request, { onSuccess: ({ id }) => set({ advice: id }) })}
        >
          {t('energy.advice.compute')}
        </Button>
      </div>
      <div className={styles.stack}>
        {compute.error && <ErrorNotice error={compute.error} />}
        {opened && <AdviceView key={opened.id} advice={opened} onClose={() => set({ advice: undefined })} />}
        <AdviceList list={list.data} error={list.error} chosen={opened?.id} onOpen={({ id }) => set({ advice: id })} />
      </div>
    </>
  );
}
