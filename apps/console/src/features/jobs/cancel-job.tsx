import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types.ts';
import { useSession } from '../../app/session.tsx';
import { isActive } from './job-list.ts';
import { useCancelJob } from './use-jobs.ts';

export function CancelJob({ job }: { job: Job }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const cancel = useCancelJob();
  if (!isActive(job) || !may('jobs.job.cancel')) return null;
  return (
    <Popconfirm title={t('jobs.cancelAsk')} onConfirm={() => cancel.mutate(job.id)} okText={t('jobs.cancel')}>
      <Button size="small" danger loading={cancel.isPending} onClick={(event) => event.stopPropagation()}>
        {t('jobs.cancel')}
      </Button>
    </Popconfirm>
  );
}
