import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useReason } from '../../app/i18n/use-note.ts';
import { timeLeft } from './job-list.ts';
import styles from './job-progress.module.css';

const status = {
  queued: 'normal',
  running: 'active',
  done: 'success',
  failed: 'exception',
  cancelled: 'normal',
} as const;

export function JobProgress({ job }: { job: Job }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useReason();
  const left = timeLeft(job, Date.now());
  return (
    <div className={styles.progress}>
      <Progress percent={Math.floor(job.progress * 100)} status={status[job.state]} size="small" />
      <span className={styles.line}>
        {why(job.message, job.note)}
        {left !== undefined && ` · ${t('jobs.left', { time: format.duration(left) })}`}
      </span>
    </div>
  );
}
