import { Segmented, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useWord } from '../../cloud/use-word.ts';
import { readCarrier } from '../shared/carriers.ts';
import { NoReadings } from '../shared/no-readings.tsx';
import type { Period } from '../shared/period.ts';
import { Proof } from '../shared/proof.tsx';
import styles from '../shared/shared.module.css';
import { useChoice } from '../shared/use-choice.ts';
import { CarrierFigures } from './carrier-figures.tsx';
import { MeteringErrors } from './metering-errors.tsx';
import { PartTable } from './part-table.tsx';
import { StackPanel } from './stack-panel.tsx';
import { type Step, useConsumption, useRecordConsumption } from './use-consumption.ts';

interface ConsumptionViewProps {
  readonly nodeId: string;
  readonly period: Period;
  readonly by: Step;
}

/** What a part of the plant used of every carrier, where it went and what no meter saw. */
export function ConsumptionView({ nodeId, period, by }: ConsumptionViewProps) {
  const { t } = useTranslation();
  const word = useWord();
  const { get, set } = useChoice();
  const { data, error, refetch } = useConsumption(nodeId, period, by);
  const record = useRecordConsumption(nodeId, period);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <div className={styles.waiting}>
        <Spin description={t('energy.consumption.working')} />
      </div>
    );
  const known = data.carriers.filter(({ total }) => total !== null);
  if (data.carriers.length === 0)
    return <EmptyState title={t('energy.consumption.empty')} text={t('energy.consumption.emptyNext')} />;
  if (known.length === 0)
    return (
      <NoReadings
        points={data.carriers.flatMap(({ nodes }) => nodes.flatMap(({ meterIds }) => meterIds.map((id) => ({ id }))))}
        zone={data.site.timezone}
      />
    );
  const asked = readCarrier(get('carrier'));
  const chosen = data.carriers.find(({ carrier }) => carrier === asked) ?? known[0]!;
  return (
    <div className={styles.stack}>
      <CarrierFigures carriers={data.carriers} evidence={record.data} />
      <Proof recording={record} hint={t('energy.consumption.recordHint')} />
      {data.carriers.length > 1 && (
        <div>
          <Segmented
            aria-label={t('energy.choice.carrier')}
            value={chosen.carrier}
            onChange={(carrier) => set({ carrier })}
            options={data.carriers.map(({ carrier }) => ({ value: carrier, label: word('carrier', carrier) }))}
          />
        </div>
      )}
      <StackPanel nodeId={nodeId} consumption={chosen} period={period} by={by} />
      <MeteringErrors errors={chosen.errors} unit={chosen.unit} />
      <PartTable consumption={chosen} />
    </div>
  );
}
