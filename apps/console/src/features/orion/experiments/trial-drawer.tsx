import { Button, Drawer, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { Chart } from '../../../components/chart/chart.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Facts } from '../../../components/fact-list.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import styles from '../drawer.module.css';
import { TrialState } from './trial-state.tsx';
import { type Trial, useCurve, useRegister } from './use-experiments.ts';

/** One trial: its figures, how they came fold by fold, and the way into the registry. */
export function TrialDrawer({ trial, onClose }: { trial: Trial; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const navigate = useNavigate();
  const curve = useCurve(trial.id, trial.state === 'running').data ?? [];
  const register = useRegister();
  const [name, setName] = useState('');
  const keys = [...new Set(curve.map(({ key }) => key))];
  const enter = () =>
    register.mutate(
      { trialId: trial.id, name: name.trim() },
      { onSuccess: ({ modelId }) => void navigate(`/learning/models/${modelId}`) },
    );
  return (
    <Drawer
      open
      size={520}
      className={styles.sections}
      title={trial.name}
      onClose={onClose}
      extra={<TrialState state={trial.state} />}
    >
      {trial.error && <p className="wrap">{trial.error.message}</p>}
      <Facts value={{ ...trial.metrics }} />
      {keys.length > 0 && (
        <Chart
          height={200}
          label={t('learning.curve')}
          option={{
            grid: { left: 56, right: 16, top: 36, bottom: 28 },
            legend: { top: 4, data: keys },
            tooltip: { trigger: 'axis', valueFormatter: (value) => format.number(Number(value)) },
            xAxis: { type: 'value', minInterval: 1, min: 1, name: t('learning.fold'), nameLocation: 'middle' },
            yAxis: { type: 'value', scale: true },
            series: keys.map((key) => ({
              type: 'line' as const,
              name: key,
              data: curve.filter((point) => point.key === key).map(({ step, value }) => [step, value]),
            })),
          }}
        />
      )}
      <h3>{t('learning.settings')}</h3>
      <Facts value={trial.params} />
      <h3>{t('learning.record')}</h3>
      <Facts
        value={{
          ...{ seed: trial.seed, attempts: trial.attempts, worker: trial.worker, codeVersion: trial.codeVersion },
          seconds: trial.seconds,
        }}
      />
      {trial.artefact && <HashText hash={trial.artefact} />} {trial.findingId && <EvidenceLink id={trial.findingId} />}
      {trial.state === 'done' && trial.artefact && may('cloud.model.write') && (
        <>
          <h3>{t('learning.register')}</h3>
          <Space.Compact block>
            <Input
              aria-label={t('learning.modelName')}
              placeholder={t('learning.modelName')}
              value={name}
              onChange={(event) => setName(event.target.value)}
              onPressEnter={() => name.trim() !== '' && enter()}
            />
            <Button type="primary" disabled={name.trim() === ''} loading={register.isPending} onClick={enter}>
              {t('learning.enter')}
            </Button>
          </Space.Compact>
        </>
      )}
    </Drawer>
  );
}
