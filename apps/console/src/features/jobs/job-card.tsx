import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types.ts';
import { useActorName } from '../../app/i18n/use-actor-name.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../components/evidence/evidence-link.tsx';
import { CancelJob } from './cancel-job.tsx';
import styles from './job-card.module.css';
import { evidenceOf } from './job-list.ts';
import { JobProgress } from './job-progress.tsx';
import { JobState } from './job-state.tsx';
import { useJobError } from './use-job-error.ts';
import { useJobName } from './use-job-name.ts';

export function JobCard({ job }: { job: Job }) {
  const { t } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const name = useJobName();
  const errorText = useJobError();
  const evidence = evidenceOf(job.result);
  return (
    <article className={styles.card}>
      <header>
        <strong>{name(job.type)}</strong>
        <JobState state={job.state} />
      </header>
      <p className="soft wrap">{job.subject}</p>
      <JobProgress job={job} />
      {job.error && <p className={styles.error}>{errorText(job.error)}</p>}
      <footer>
        <span className="faint">
          {t('jobs.byAt', { who: actorName(job.actor), when: format.dateTime(job.createdAt) })}
        </span>
        {evidence && <EvidenceLink id={evidence} />}
        <CancelJob job={job} />
      </footer>
    </article>
  );
}
