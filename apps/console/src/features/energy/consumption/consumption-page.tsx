import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { NoPlant } from '../shared/no-plant.tsx';
import { daysOf } from '../shared/period.ts';
import { PeriodPicker } from '../shared/period-picker.tsx';
import styles from '../shared/shared.module.css';
import { SubjectSelect } from '../shared/subject-select.tsx';
import { choosePeriod, choosePreset, chooseSubject, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { ConsumptionView } from './consumption-view.tsx';
import type { Step } from './use-consumption.ts';

/** Longer periods are drawn by month unless someone says otherwise. */
const longDays = 62;

export function ConsumptionPage() {
  const { t } = useTranslation();
  const choice = useChoice(useMeters());
  const { place, period, preset, set } = choice;
  const asked = choice.get('by');
  const by: Step = asked === 'day' || asked === 'month' ? asked : daysOf(period) > longDays ? 'month' : 'day';
  return (
    <>
      <PageHeader page="energy-consumption" />
      <div className={styles.controls}>
        <SubjectSelect subject={place} onChange={(next) => set(chooseSubject(next))} />
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
        <Segmented<Step>
          aria-label={t('energy.consumption.by')}
          value={by}
          onChange={(value) => set({ by: value })}
          options={[
            { value: 'day', label: t('energy.steps.day') },
            { value: 'month', label: t('energy.steps.month') },
          ]}
        />
      </div>
      {place ? (
        <ConsumptionView key={`${place.id} ${period.from} ${period.to}`} nodeId={place.id} period={period} by={by} />
      ) : (
        <NoPlant loading={choice.loading} error={choice.error} />
      )}
    </>
  );
}
