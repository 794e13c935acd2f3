import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { CarrierSelect } from '../shared/carrier-select.tsx';
import { readCarrier } from '../shared/carriers.ts';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import styles from '../shared/shared.module.css';
import { SubjectSelect } from '../shared/subject-select.tsx';
import { choosePeriod, choosePreset, chooseSubject, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { ReportView } from './report-view.tsx';
import { type Interval, intervals } from './use-report.ts';

const readInterval = (text: string | null): Interval | undefined => intervals.find((interval) => interval === text);

export function ReportPage() {
  const { t } = useTranslation();
  const points = useMeters();
  const choice = useChoice(points);
  const { subject, period, preset, set } = choice;
  const interval = readInterval(choice.get('interval'));
  const carrier = readCarrier(choice.get('carrier'));
  return (
    <>
      <PageHeader page="energy-report" />
      <div className={styles.controls}>
        <SubjectSelect subject={subject} points={points} onChange={(next) => set(chooseSubject(next))} />
        {subject?.kind === 'node' && (
          <CarrierSelect carrier={carrier ?? 'electricity'} onChange={(next) => set({ carrier: next })} />
        )}
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
        <Segmented<Interval | 'own'>
          aria-label={t('energy.choice.interval')}
          value={interval ?? 'own'}
          onChange={(value) => set({ interval: value === 'own' ? undefined : value })}
          options={[
            { value: 'own' as const, label: t('energy.intervals.own') },
            ...intervals.map((value) => ({ value, label: t(`energy.intervals.${value}`) })),
          ]}
        />
      </div>
      {subject ? (
        <ReportView
          key={`${subject.kind}:${subject.id} ${period.from} ${period.to} ${interval ?? ''} ${carrier ?? ''}`}
          question={{ subject, period, interval, carrier }}
        />
      ) : (
        <NoPlant loading={choice.loading} error={choice.error} />
      )}
    </>
  );
}
