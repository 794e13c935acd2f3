import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import { useModelHealth } from '../use-orion.ts';

/** Bounds of the population stability index that are in use: below 0.1 nothing changed, above 0.25 much did. */
const toneOf = (psi: number): Tone => (psi < 0.1 ? 'good' : psi < 0.25 ? 'warn' : 'bad');

/** Whether the live version still fits what it watches: drift of inputs and scores, quality, promise, age. */
export function ModelHealth({ id, enabled }: { id: string; enabled: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error } = useModelHealth(id, enabled);
  if (!enabled) return null;
  if (error) return <ErrorNotice error={error} />;
  const psi = (value: number | null) =>
    value === null ? '–' : <StateMark tone={toneOf(value)}>{format.number(value, 2)}</StateMark>;
  return (
    <Panel title={t('health.fit.title')} flush>
      <Table
        size="small"
        rowKey="pointId"
        loading={!data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={data?.inputs ?? []}
        columns={[
          { title: t('health.fit.input'), render: (_, { name }) => <span data-raw>{name}</span> },
          { title: 'PSI', render: (_, one) => psi(one.psi) },
          { title: 'KS', render: (_, { distance }) => format.number(distance, 2) },
          { title: t('health.fit.missing'), render: (_, { missing }) => format.percent(missing, 0) },
          { title: t('health.fit.bad'), render: (_, { bad }) => format.percent(bad, 0) },
          { title: t('health.fit.outside'), render: (_, { outside }) => format.percent(outside, 0) },
          { title: t('health.fit.stuck'), render: (_, { stuckHours }) => format.number(stuckHours, 3) },
        ]}
        footer={() =>
          data && (
            <span>
              {t('health.fit.scores')} {psi(data.scorePsi)} ·{' '}
              {t(data.calibration.kept ? 'health.fit.kept' : 'health.fit.broken')} ·{' '}
              {t('health.fit.age', { n: format.number(data.trainedDays, 3) })}
            </span>
          )
        }
      />
    </Panel>
  );
}
