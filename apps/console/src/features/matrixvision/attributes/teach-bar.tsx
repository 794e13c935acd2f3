import { ExperimentOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { JobCard } from '../../jobs/job-card.tsx';
import { isActive } from '../../jobs/job-list.ts';
import { useJob } from '../../jobs/use-jobs.ts';
import type { Attribute, Example } from '../types.ts';
import styles from './attributes.module.css';
import { useRefreshAttribute, useTeach } from './use-attributes.ts';

/** From so many of each side on the figure can be relied on; more than `enough` seldom help. */
const few = 10;
const enough = 30;
/** So many of each side it takes at the very least. */
const least = 2;

interface TeachBarProps {
  readonly attribute: Attribute;
  readonly examples: readonly Example[];
  onTaught(): void;
}

/** How many examples there are of each side, and the teaching while it runs. */
export function TeachBar({ attribute, examples, onTaught }: TeachBarProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [jobId, setJobId] = useParameter('job');
  const job = useJob(jobId);
  const teach = useTeach(attribute.id);
  const refresh = useRefreshAttribute();
  const present = examples.filter((example) => example.present).length;
  const absent = examples.length - present;
  const state = job?.state;
  const finished = useRef(onTaught);
  finished.current = () => {
    void refresh();
    onTaught();
  };
  useEffect(() => {
    if (state === 'done') finished.current();
  }, [state]);
  const isRunning = job !== undefined && isActive(job);
  return (
    <Panel>
      <div className={styles.teachBar}>
        <Count title={t('video.attributes.present')} count={present} />
        <Count title={t('video.attributes.absent')} count={absent} />
        {may('matrixvision.attribute.write') && (
          <Button
            type="primary"
            icon={<ExperimentOutlined />}
            disabled={present < least || absent < least || isRunning}
            loading={teach.isPending}
            onClick={() => teach.mutate(undefined, { onSuccess: (started) => setJobId(started.jobId) })}
          >
            {t(attribute.newestVersion === 0 ? 'video.attributes.teach' : 'video.attributes.teachAgain')}
          </Button>
        )}
      </div>
      <p className={styles.teachHint}>
        {present < least || absent < least
          ? t('video.attributes.needBoth', { n: least })
          : present < few || absent < few
            ? t('video.attributes.needMore', { few, enough })
            : t('video.attributes.needNone')}
      </p>
      {job && state !== 'done' && <JobCard job={job} />}
    </Panel>
  );
}

function Count({ title, count }: { title: string; count: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.count}>
      <span>
        <b>{title}</b> {t('video.attributes.countOf', { n: count, few, enough })}
      </span>
      <Progress
        percent={Math.min(100, (count / enough) * 100)}
        success={{ percent: Math.min(count, few) * (100 / enough) }}
        showInfo={false}
        size="small"
        aria-label={title}
      />
    </div>
  );
}
