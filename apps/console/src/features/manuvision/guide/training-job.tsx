import { ExperimentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { JobCard } from '../../jobs/job-card.tsx';
import { isActive } from '../../jobs/job-list.ts';
import { useJob } from '../../jobs/use-jobs.ts';
import { useRefreshInspections, useTrain } from '../shared/use-inspections.ts';
import type { Inspection } from '../types.ts';
import styles from './guide.module.css';

/** A training that runs, with progress and cancel, and the way to begin one. */
export function TrainingJob({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [jobId, setJobId] = useParameter('job');
  const job = useJob(jobId);
  const train = useTrain();
  const refresh = useRefreshInspections();
  const latest = useRef(refresh);
  latest.current = refresh;
  const state = job?.state;
  useEffect(() => {
    if (state === 'done') void latest.current();
  }, [state]);
  const isRunning = job !== undefined && isActive(job);
  return (
    <div className={styles.job}>
      {job && state !== 'done' && <JobCard job={job} />}
      {may('manuvision.inspection.write') && !isRunning && (
        <Button
          type={inspection.newestVersion === 0 ? 'primary' : 'default'}
          icon={<ExperimentOutlined />}
          loading={train.isPending}
          onClick={() => train.mutate(inspection.id, { onSuccess: setJobId })}
        >
          {t(inspection.newestVersion === 0 ? 'parts.train' : 'parts.trainAgain')}
        </Button>
      )}
    </div>
  );
}
