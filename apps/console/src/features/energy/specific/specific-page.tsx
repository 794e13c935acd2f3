import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useTree } from '../../cloud/use-plant.ts';
import { CarrierSelect } from '../shared/carrier-select.tsx';
import { readCarrier } from '../shared/carriers.ts';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import styles from '../shared/shared.module.css';
import { SubjectSelect } from '../shared/subject-select.tsx';
import { choosePeriod, choosePreset, chooseSubject, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { productionPoints } from './production-points.ts';
import { SpecificView } from './specific-view.tsx';
import { type Step, steps } from './use-specific.ts';

export function SpecificPage() {
  const { t } = useTranslation();
  const points = useMeters();
  const nodes = useTree().data ?? [];
  const choice = useChoice(points);
  const { place, period, preset, set } = choice;
  const carrier = readCarrier(choice.get('carrier')) ?? 'electricity';
  const by: Step = steps.find((step) => step === choice.get('by')) ?? 'day';
  const makers = place ? productionPoints(points, nodes, place.id) : [];
  const maker = makers.find(({ id }) => id === choice.get('production')) ?? makers[0];
  return (
    <>
      <PageHeader page="energy-specific" />
      <div className={styles.controls}>
        <SubjectSelect subject={place} onChange={(next) => set({ ...chooseSubject(next), production: undefined })} />
        <CarrierSelect carrier={carrier} onChange={(next) => set({ carrier: next })} />
        {maker && (
          <Select
            aria-label={t('energy.specific.production')}
            value={maker.id}
            onChange={(id) => set({ production: id })}
            options={makers.map(({ id, name }) => ({ value: id, label: name }))}
            style={{ minWidth: 200 }}
            popupMatchSelectWidth={false}
          />
        )}
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
          options={steps.map((value) => ({ value, label: t(`energy.steps.${value}`) }))}
        />
      </div>
      {place && maker ? (
        <SpecificView
          key={`${place.id} ${maker.id} ${period.from} ${period.to} ${carrier} ${by}`}
          question={{ nodeId: place.id, period, carrier, by, production: maker.id }}
        />
      ) : place && points.length > 0 ? (
        <EmptyState title={t('energy.specific.empty')} text={t('energy.specific.emptyNext')} />
      ) : (
        <NoPlant loading={choice.loading || place !== undefined} error={choice.error} />
      )}
    </>
  );
}
