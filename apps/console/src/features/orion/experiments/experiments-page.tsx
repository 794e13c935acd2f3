import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { type Experiment, useExperiments } from './use-experiments.ts';

export function ExperimentsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { data, error, refetch } = useExperiments();
  const columns: Column<Experiment>[] = [
    { key: 'name', title: t('learning.columns.name'), value: ({ name }) => name },
    {
      key: 'family',
      title: t('learning.columns.family'),
      value: ({ family }) => t(`learning.family.${family ?? 'client'}`),
    },
    {
      key: 'progress',
      title: t('learning.columns.progress'),
      value: ({ progress }) => progress,
      searched: false,
      width: 220,
      render: ({ progress, counts }) => (
        <Progress
          size="small"
          percent={Math.floor(progress * 100)}
          status={counts.failed > 0 ? 'exception' : progress < 1 ? 'active' : 'success'}
        />
      ),
    },
    {
      key: 'trials',
      title: t('learning.columns.trials'),
      align: 'right',
      searched: false,
      value: ({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0),
    },
    {
      key: 'best',
      title: t('learning.columns.best'),
      value: ({ best, objective }) =>
        best && objective ? `${objective.metric} ${format.number(best.value)} · ${best.name}` : null,
    },
    { key: 'by', title: t('learning.columns.by'), value: ({ by }) => by },
    {
      key: 'at',
      title: t('learning.columns.at'),
      value: ({ createdAt }) => createdAt,
      searched: false,
      render: ({ createdAt }) => format.dateTime(createdAt),
    },
  ];
  return (
    <>
      <PageHeader page="experiments" />
      <DataTable
        name="experiments"
        rows={data}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => void navigate(`/learning/experiments/${id}`)}
        empty={<EmptyState title={t('learning.empty')} text={t('learning.emptyNext')} />}
      />
    </>
  );
}
