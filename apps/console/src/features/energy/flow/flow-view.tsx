import '../../../components/chart/sankey.ts';
import { Spin } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { MeteringErrors } from '../consumption/metering-errors.tsx';
import { useRecordConsumption } from '../consumption/use-consumption.ts';
import { AmountText } from '../shared/amount-text.tsx';
import { NoReadings } from '../shared/no-readings.tsx';
import type { Period } from '../shared/period.ts';
import { Proof } from '../shared/proof.tsx';
import styles from '../shared/shared.module.css';
import { useMeters } from '../shared/use-meters.ts';
import type { Carrier } from '../types.ts';
import { flowHeight, flowOption } from './flow-option.ts';
import { useFlow } from './use-flow.ts';

interface FlowViewProps {
  readonly nodeId: string;
  readonly period: Period;
  readonly carrier: Carrier;
}

/** From the supply to every use that is metered, and to what no meter sees. */
export function FlowView({ nodeId, period, carrier }: FlowViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const points = useMeters();
  const { data, error, refetch } = useFlow(nodeId, period, carrier);
  const record = useRecordConsumption(nodeId, period, carrier);
  const option = useMemo(
    () => data && flowOption(data, palette, format, t('energy.flow.unmetered')),
    [data, palette, format, t],
  );
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || !option)
    return (
      <div className={styles.waiting}>
        <Spin />
      </div>
    );
  if (data.supply === 0)
    return (
      <NoReadings
        points={points.filter((point) => point.carrier === carrier && point.siteId === data.site.id)}
        zone={data.site.timezone}
      />
    );
  const shown = (value: number) => {
    const amount = <AmountText value={value} unit={data.unit} digits={0} />;
    return record.data ? <EvidenceLink id={record.data}>{amount}</EvidenceLink> : amount;
  };
  const beyond = data.errors.filter(({ withinTolerance }) => !withinTolerance).length;
  return (
    <div className={styles.stack}>
      <FigureStrip
        figures={[
          { key: 'supply', label: t('energy.flow.supply'), value: shown(data.supply) },
          { key: 'metered', label: t('energy.flow.metered'), value: shown(data.supply - data.unmetered) },
          {
            key: 'unmetered',
            label: t('energy.flow.unmetered'),
            value: shown(data.unmetered),
            note: format.percent(data.unmetered / data.supply),
          },
          {
            key: 'errors',
            label: t('energy.flow.errors'),
            value: format.number(data.errors.length, 0),
            note: t('energy.flow.errorsNote', { n: beyond }),
            tone: beyond > 0 ? 'bad' : 'good',
          },
        ]}
      />
      <Proof recording={record} hint={t('energy.consumption.recordHint')} />
      <MeteringErrors errors={data.errors} unit={data.unit} />
      <Panel title={t('energy.flow.title')}>
        <Chart option={option} height={flowHeight(data)} label={t('energy.flow.title')} />
        {data.unknown.length > 0 && (
          <p className={styles.hint}>{t('energy.flow.unknown', { n: data.unknown.length })}</p>
        )}
      </Panel>
    </div>
  );
}
