import { Button, Popconfirm, Progress, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { CompareChart } from './compare-chart.tsx';
import { TrialDrawer } from './trial-drawer.tsx';
import { TrialState } from './trial-state.tsx';
import { type Trial, useExperiment, useSteer, useTrials } from './use-experiments.ts';

const states = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;

export function ExperimentPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useSession();
  const { data: experiment, error, refetch } = useExperiment(id);
  const busy = experiment !== undefined && experiment.progress < 1;
  const trials = useTrials(id, busy);
  const steer = useSteer(id);
  const [state, setState] = useParameter('state');
  const [kind, setKind] = useParameter('kind');
  const [openId, setOpenId] = useParameter('trial');
  const [chosen, setChosen] = useParameter('figure');
  const all = trials.data ?? [];
  const figures = [...new Set(all.flatMap(({ metrics }) => Object.keys(metrics)))].sort();
  const figure = chosen ?? experiment?.objective?.metric ?? figures[0];
  const columns = useTrialColumns(figures);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const shown = trials.data?.filter((trial) => (!state || trial.state === state) && (!kind || trial.kind === kind));
  const open = all.find((trial) => trial.id === openId);
  const ended = (experiment?.counts.failed ?? 0) + (experiment?.counts.cancelled ?? 0);
  return (
    <>
      <PageHeader page="experiment" {...(experiment && { title: experiment.name })}>
        {busy && may('orion.experiment.write') && experiment.origin === 'search' && (
          <Popconfirm
            title={t('learning.cancelAsk')}
            okText={t('learning.cancel')}
            onConfirm={() => steer.mutate('cancel')}
          >
            <Button danger loading={steer.isPending}>
              {t('learning.cancel')}
            </Button>
          </Popconfirm>
        )}
        {!busy && ended > 0 && may('orion.experiment.write') && experiment?.origin === 'search' && (
          <Button loading={steer.isPending} onClick={() => steer.mutate('resume')}>
            {t('learning.resume', { n: ended })}
          </Button>
        )}
      </PageHeader>
      {busy && <Progress percent={Math.floor(experiment.progress * 100)} status="active" />}
      {figure !== undefined && figures.length > 0 && (
        <Panel
          title={t('learning.comparison')}
          extra={
            <Select
              aria-label={t('learning.figure')}
              value={figure}
              onChange={setChosen}
              options={figures.map((value) => ({ value, label: value }))}
              popupMatchSelectWidth={false}
            />
          }
        >
          <CompareChart trials={shown ?? []} figure={figure} />
        </Panel>
      )}
      <DataTable
        name={experiment?.name ?? 'trials'}
        rows={shown}
        columns={columns}
        rowKey={(trial) => trial.id}
        error={trials.error}
        onRetry={() => void trials.refetch()}
        onOpen={(trial) => setOpenId(trial.id)}
        filters={
          <>
            <FilterSelect
              label={t('learning.columns.state')}
              value={state}
              onChange={setState}
              options={states.map((value) => ({ value, label: t(`jobs.state.${value}`) }))}
            />
            <FilterSelect
              label={t('learning.columns.kind')}
              value={kind}
              onChange={setKind}
              options={[...new Set(all.map((trial) => trial.kind))]
                .filter(Boolean)
                .map((value) => ({ value, label: value }))}
            />
          </>
        }
        empty={<EmptyState title={t('learning.noTrials')} />}
      />
      {open && <TrialDrawer trial={open} onClose={() => setOpenId(undefined)} />}
    </>
  );
}

function useTrialColumns(figures: readonly string[]): Column<Trial>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    { key: 'number', title: '#', value: ({ number }) => number, align: 'right', searched: false },
    { key: 'name', title: t('learning.columns.trial'), value: ({ name }) => name },
    {
      key: 'state',
      title: t('learning.columns.state'),
      value: ({ state }) => t(`jobs.state.${state}`),
      render: ({ state, progress }) =>
        state === 'running' ? (
          <Progress size="small" percent={Math.floor(progress * 100)} />
        ) : (
          <TrialState state={state} />
        ),
    },
    {
      key: 'settings',
      title: t('learning.settings'),
      value: ({ params }) =>
        Object.entries(params)
          .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(', '),
    },
    ...figures.map(
      (figure): Column<Trial> => ({
        ...{ key: `figure-${figure}`, title: figure, align: 'right', searched: false },
        value: ({ metrics }) => metrics[figure] ?? null,
        render: ({ metrics }) => (metrics[figure] === undefined ? '–' : format.number(metrics[figure])),
      }),
    ),
    {
      ...{ key: 'seconds', title: t('learning.columns.seconds'), align: 'right', searched: false },
      value: ({ seconds }) => seconds,
      render: ({ seconds }) => (seconds === null ? '–' : format.number(seconds)),
    },
  ];
}
