import { SyncOutlined } from '@ant-design/icons';
import { Badge, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActiveJobs } from '../../features/jobs/use-jobs.ts';

const JobsDrawer = lazy(async () => ({ default: (await import('../../features/jobs/jobs-drawer.tsx')).JobsDrawer }));

/** How much long work is under way; opens it. */
export function JobsIndicator() {
  const { t } = useTranslation();
  const active = useActiveJobs();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Badge count={active.length} size="small" offset={[-6, 6]} color="var(--ember)">
        <Button
          type="text"
          icon={<SyncOutlined spin={active.length > 0} />}
          onClick={() => setOpen(true)}
          aria-label={t('jobs.indicator', { n: active.length })}
          title={t('jobs.indicator', { n: active.length })}
        />
      </Badge>
      {open && (
        <Suspense>
          <JobsDrawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
