import { Button, Input, Modal, Popconfirm, Progress, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useNote } from '../../app/i18n/use-note.ts';
import { useSession } from '../../app/session.tsx';
import { StateMark, type Tone } from '../../components/state-mark.tsx';
import styles from './edge.module.css';
import type { Box, Rollout } from './types.ts';
import { useRolloutStep, useRollouts, useStartRollout } from './use-edge.ts';

const tones: Record<Rollout['state'], Tone> = {
  ...{ running: 'busy', paused: 'warn', done: 'good', failed: 'bad', 'rolled-back': 'idle' },
};
/** How the boxes are shared out: rising shares of them, or some by name and then the rest. */
const shares: Readonly<Record<string, readonly number[]>> = { tenth: [10, 50, 100], half: [50, 100], all: [100] };
const soaks = [60, 300, 1800, 7200, 86_400];

/** What is being brought to boxes in stages, and was. */
export function Rollouts({ boxes }: { boxes: readonly Box[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const note = useNote();
  const { may } = useSession();
  const { data } = useRollouts();
  const step = useRolloutStep();
  const [starting, setStarting] = useState(false);
  const held = boxes.filter((box) => box.held);
  const isManager = may('cloud.edge.manage');
  if (!data?.length && held.length === 0) return null;
  const through = ({ boxes }: Rollout) =>
    boxes.filter(({ state }) => state !== 'waiting' && state !== 'sent').length / boxes.length;
  return (
    <section className={styles.rollouts}>
      <div className={styles.actions}>
        <h2>{t('edge.rollouts')}</h2>
        {isManager && held.length > 0 && (
          <Button onClick={() => setStarting(true)}>{t('edge.rollOut', { n: held.length })}</Button>
        )}
      </div>
      <Table<Rollout>
        size="small"
        rowKey="id"
        dataSource={data}
        pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small' }}
        locale={{ emptyText: t('edge.noRollouts') }}
        expandable={{
          expandedRowRender: ({ boxes }) => (
            <ul className={styles.steps}>
              {boxes.map(({ boxId, name, stage, state, reason }) => (
                <li key={boxId}>
                  {t('edge.step', { stage, name, state: t(`edge.boxStates.${state}`) })}
                  {reason && ` ${note(reason)}`}
                </li>
              ))}
            </ul>
          ),
        }}
        columns={[
          { title: t('edge.name'), dataIndex: 'name' },
          { title: t('edge.at'), render: (_, { at }) => format.dateTime(at) },
          {
            title: t('edge.stateTitle'),
            render: (_, { state }) => <StateMark tone={tones[state]}>{t(`edge.rolloutStates.${state}`)}</StateMark>,
          },
          { title: t('edge.stage'), render: (_, { stage, stages }) => `${stage} / ${stages}` },
          {
            title: t('edge.progress'),
            width: 140,
            render: (_, rollout) => (
              <Progress size="small" percent={Math.round(through(rollout) * 100)} aria-label={t('edge.progress')} />
            ),
          },
          {
            title: t('edge.reason'),
            render: (_, { reason }) => reason && <span className="wrap">{note(reason)}</span>,
          },
          {
            title: '',
            render: (_, { id, state }) =>
              isManager &&
              !['failed', 'rolled-back'].includes(state) && (
                <div className={styles.actions}>
                  {state !== 'done' && (
                    <Button
                      size="small"
                      onClick={() => step.mutate({ id, step: state === 'paused' ? 'resume' : 'pause' })}
                    >
                      {t(state === 'paused' ? 'edge.resume' : 'edge.pause')}
                    </Button>
                  )}
                  <Popconfirm title={t('edge.takeBackAsk')} onConfirm={() => step.mutate({ id, step: 'rollback' })}>
                    <Button size="small" danger>
                      {t('edge.takeBack')}
                    </Button>
                  </Popconfirm>
                </div>
              ),
          },
        ]}
      />
      {starting && <StartDialog boxes={held} onClose={() => setStarting(false)} />}
    </section>
  );
}

function StartDialog({ boxes, onClose }: { boxes: readonly Box[]; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const start = useStartRollout();
  const [name, setName] = useState('');
  const [how, setHow] = useState('tenth');
  const [first, setFirst] = useState<string[]>([]);
  const [soakSeconds, setSoak] = useState(300);
  const ids = boxes.map(({ id }) => id);
  const rest = ids.filter((id) => !first.includes(id));
  const stages =
    how === 'named'
      ? { stages: [first, rest].filter((stage) => stage.length > 0) }
      : { boxIds: ids, percent: [...shares[how]!] };
  return (
    <Modal
      open
      title={t('edge.rollOut', { n: boxes.length })}
      okButtonProps={{ disabled: name.trim() === '' || (how === 'named' && first.length === 0) }}
      confirmLoading={start.isPending}
      onCancel={onClose}
      onOk={() => start.mutate({ name: name.trim(), ...stages, settings: { soakSeconds } }, { onSuccess: onClose })}
    >
      <p>{t('edge.rollOutText')}</p>
      <Input
        value={name}
        maxLength={100}
        placeholder={t('edge.rollOutName')}
        aria-label={t('edge.rollOutName')}
        onChange={(event) => setName(event.target.value)}
      />
      <div className={styles.choices}>
        <label htmlFor="rollout-how">{t('edge.first')}</label>
        <Select
          id="rollout-how"
          value={how}
          onChange={setHow}
          options={['tenth', 'half', 'named', 'all'].map((value) => ({ value, label: t(`edge.firstOf.${value}`) }))}
        />
        {how === 'named' && (
          <Select
            mode="multiple"
            aria-label={t('edge.firstOf.named')}
            value={first}
            onChange={setFirst}
            options={boxes.map((box) => ({ value: box.id, label: box.name }))}
          />
        )}
        <label htmlFor="rollout-soak">{t('edge.soak')}</label>
        <Select
          id="rollout-soak"
          value={soakSeconds}
          onChange={setSoak}
          options={soaks.map((value) => ({ value, label: format.duration(value * 1000) }))}
        />
      </div>
    </Modal>
  );
}
