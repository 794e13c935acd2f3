import { useTranslation } from 'react-i18next';
import type { Job } from '../../api/types.ts';
import { useActorName } from '../../app/i18n/use-actor-name.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import type { Column } from '../../components/data-table/column.ts';
import { EvidenceLink } from '../../components/evidence/evidence-link.tsx';
import { CancelJob } from './cancel-job.tsx';
import { evidenceOf } from './job-list.ts';
import { JobProgress } from './job-progress.tsx';
import { JobState } from './job-state.tsx';
import { useJobName } from './use-job-name.ts';

export function useJobColumns(): Column<Job>[] {
  const { t } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const name = useJobName();
  return [
    { key: 'type', title: t('jobs.columns.type'), value: (job) => name(job.type) },
    { key: 'subject', title: t('jobs.columns.subject'), value: (job) => job.subject },
    {
      key: 'state',
      title: t('jobs.columns.state'),
      value: (job) => t(`jobs.state.${job.state}`),
      render: (job) => <JobState state={job.state} />,
    },
    {
      key: 'progress',
      title: t('jobs.columns.progress'),
      value: (job) => job.progress,
      searched: false,
      render: (job) => <JobProgress job={job} />,
      width: 220,
    },
    { key: 'who', title: t('jobs.columns.who'), value: (job) => actorName(job.actor) },
    {
      key: 'when',
      title: t('jobs.columns.when'),
      value: (job) => job.createdAt,
      searched: false,
      render: (job) => format.dateTime(job.createdAt),
    },
    {
      key: 'evidence',
      title: t('jobs.columns.evidence'),
      value: (job) => evidenceOf(job.result),
      render: (job) => {
        const evidence = evidenceOf(job.result);
        return evidence ? <EvidenceLink id={evidence} /> : '–';
      },
    },
    { key: 'cancel', title: '', value: () => null, render: (job) => <CancelJob job={job} /> },
  ];
}
