import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import type { JobState as State } from '../../api/types.ts';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/fact-list.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useParameter } from '../../components/use-parameter.ts';
import { JobCard } from './job-card.tsx';
import { useJobColumns } from './use-job-columns.tsx';
import { useJobs } from './use-jobs.ts';

const states: readonly State[] = ['queued', 'running', 'done', 'failed', 'cancelled'];

export function JobsPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useJobs();
  const [state, setState] = useParameter('state');
  const [openId, setOpenId] = useParameter('job');
  const columns = useJobColumns();
  const open = data?.find(({ id }) => id === openId);
  return (
    <>
      <PageHeader page="jobs" />
      <DataTable
        name="jobs"
        rows={data?.filter((job) => !state || job.state === state)}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => setOpenId(id)}
        filters={
          <FilterSelect
            label={t('jobs.columns.state')}
            value={state}
            onChange={setState}
            options={states.map((value) => ({ value, label: t(`jobs.state.${value}`) }))}
          />
        }
        empty={<EmptyState title={t('jobs.empty')} text={t('jobs.emptyNext')} />}
      />
      <Drawer open={open !== undefined} size={480} title={t('jobs.one')} onClose={() => setOpenId(undefined)}>
        {open && <JobCard job={open} />}
        {open?.result ? <Facts value={open.result} /> : null}
      </Drawer>
    </>
  );
}
