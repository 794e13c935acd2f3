import { PageHeader } from '../../../components/page-header.tsx';
import { CarrierSelect } from '../shared/carrier-select.tsx';
import { readCarrier } from '../shared/carriers.ts';
import { NoPlant } from '../shared/no-plant.tsx';
import { PeriodPicker } from '../shared/period-picker.tsx';
import styles from '../shared/shared.module.css';
import { SubjectSelect } from '../shared/subject-select.tsx';
import { choosePeriod, choosePreset, chooseSubject, useChoice } from '../shared/use-choice.ts';
import { useMeters } from '../shared/use-meters.ts';
import { FlowView } from './flow-view.tsx';

export function FlowPage() {
  const choice = useChoice(useMeters());
  const { place, period, preset, set } = choice;
  const carrier = readCarrier(choice.get('carrier')) ?? 'electricity';
  return (
    <>
      <PageHeader page="energy-flow" />
      <div className={styles.controls}>
        <SubjectSelect subject={place} onChange={(next) => set(chooseSubject(next))} />
        <CarrierSelect carrier={carrier} onChange={(next) => set({ carrier: next })} />
        <PeriodPicker
          period={period}
          preset={preset}
          onPeriod={(next) => set(choosePeriod(next))}
          onPreset={(next) => set(choosePreset(next))}
        />
      </div>
      {place ? (
        <FlowView
          key={`${place.id} ${period.from} ${period.to} ${carrier}`}
          nodeId={place.id}
          period={period}
          carrier={carrier}
        />
      ) : (
        <NoPlant loading={choice.loading} error={choice.error} />
      )}
    </>
  );
}
