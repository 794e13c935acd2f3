import { ExperimentOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { JobCard } from '../../jobs/job-card.tsx';
import { isActive } from '../../jobs/job-list.ts';
import { useJob } from '../../jobs/use-jobs.ts';
import { useEstimate, useRefreshInspections, useTrain } from '../shared/use-inspections.ts';
import type { Inspection } from '../types.ts';
import styles from './guide.module.css';
import { judgesBySettings } from './inspection-kinds.ts';

interface TrainingJobProps {
  readonly inspection: Inspection;
  /** Settings wait to be saved. */
  readonly isUnsaved?: boolean;
}

/** A training that runs, with progress and cancel, and the way to begin one. */
export function TrainingJob({ inspection, isUnsaved = false }: TrainingJobProps) {
  const { t } = useTranslation();
  const format = useFormat();
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
  const mayTrain = may('manuvision.inspection.write') && !isRunning;
  const estimate = useEstimate(inspection, mayTrain);
  const isFirst = inspection.newestVersion === 0;
  const label = judgesBySettings(inspection.kind)
    ? isFirst
      ? ('parts.told.make' as const)
      : ('parts.told.makeAgain' as const)
    : isFirst
      ? ('parts.train' as const)
      : ('parts.trainAgain' as const);
  return (
    <div className={styles.job}>
      {job && state !== 'done' && <JobCard job={job} />}
      {mayTrain && (
        <p className="soft" role="status">
          {isUnsaved
            ? t('parts.settings.saveFirst')
            : estimate.data
              ? t('parts.estimate.told', {
                  time: format.number(Math.max(estimate.data.seconds, 1), 0),
                  memory: format.number(estimate.data.megabytes, 0),
                })
              : t(estimate.error ? 'parts.estimate.none' : 'parts.estimate.asked')}
        </p>
      )}
      {mayTrain && (
        <Button
          type={isFirst ? 'primary' : 'default'}
          icon={<ExperimentOutlined />}
          disabled={isUnsaved}
          loading={train.isPending}
          onClick={() => train.mutate(inspection.id, { onSuccess: setJobId })}
        >
          {t(label)}
        </Button>
      )}
    </div>
  );
}
