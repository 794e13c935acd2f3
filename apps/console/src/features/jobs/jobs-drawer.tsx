import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { JobCard } from './job-card.tsx';
import { isActive } from './job-list.ts';
import { useJobs } from './use-jobs.ts';

const mostEnded = 8;

/** What runs now and what ended last, from any page. */
export function JobsDrawer({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const jobs = useJobs().data ?? [];
  const ended = jobs.filter((job) => !isActive(job)).slice(0, mostEnded);
  const shown = [...jobs.filter(isActive), ...ended];
  return (
    <Drawer
      open
      size={420}
      title={t('jobs.drawer')}
      onClose={onClose}
      extra={
        <Link to="/jobs" onClick={onClose}>
          {t('jobs.all')}
        </Link>
      }
    >
      {shown.length === 0 && <EmptyState title={t('jobs.empty')} text={t('jobs.emptyNext')} />}
      {shown.map((job) => (
        <JobCard key={job.id} job={job} />
      ))}
    </Drawer>
  );
}
