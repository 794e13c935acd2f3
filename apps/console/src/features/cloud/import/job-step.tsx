import { useTranslation } from 'react-i18next';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { JobCard } from '../../jobs/job-card.tsx';
import { useJob } from '../../jobs/use-jobs.ts';
import type { ImportResult } from './import-result.ts';
import { ResultView } from './result-view.tsx';

/** The import while it runs, and what became of it. */
export function JobStep({ jobId }: { jobId: string }) {
  const { t } = useTranslation();
  const job = useJob(jobId);
  if (!job) return <Splash />;
  if (job.state === 'done') return <ResultView result={job.result as ImportResult} />;
  return (
    <Panel title={t('cloud.import.running')}>
      <JobCard job={job} />
    </Panel>
  );
}
