import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import { JobCard } from '../../jobs/job-card.tsx';
import { isActive } from '../../jobs/job-list.ts';
import { useJob } from '../../jobs/use-jobs.ts';
import { useDatasets } from '../shared/use-datasets.ts';
import type { Inspection } from '../types.ts';
import styles from './study.module.css';
import { StudyView } from './study-view.tsx';
import { useBeginStudy, useRefreshStudies, useStudies } from './use-studies.ts';

interface StudyPanelProps {
  readonly inspection: Inspection;
  /** Settings wait to be saved. */
  readonly isUnsaved: boolean;
}

/** How far repeated measurements of a measuring inspection differ (gauge R&R), made on pictures and kept with evidence. */
export function StudyPanel({ inspection, isUnsaved }: StudyPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const zone = useSiteZone(inspection.siteId);
  const studies = useStudies(inspection.id);
  const [chosen, choose] = useState<string>();
  if (studies.error) return <ErrorNotice error={studies.error} onRetry={() => void studies.refetch()} />;
  if (!studies.data) return null;
  const study = studies.data.find(({ findingId }) => findingId === chosen) ?? studies.data[0];
  return (
    <Panel
      title={t('parts.study.title')}
      extra={
        study && (
          <Select
            aria-label={t('parts.study.which')}
            size="small"
            value={study.findingId}
            onChange={choose}
            popupMatchSelectWidth={false}
            options={studies.data.map(({ findingId, at, dataset, pictures }) => ({
              value: findingId,
              label: t('parts.study.what', {
                ...{ at: format.minute(at, zone), dataset: dataset.name, n: format.number(pictures, 0) },
              }),
            }))}
          />
        )
      }
    >
      <p className={styles.hint}>{t('parts.study.hint')}</p>
      {may('manuvision.inspection.write') && (
        <StudyForm inspection={inspection} isUnsaved={isUnsaved} onDone={() => choose(undefined)} />
      )}
      {study ? <StudyView study={study} name={inspection.name} /> : <p className="soft">{t('parts.study.none')}</p>}
    </Panel>
  );
}

function StudyForm({ inspection, isUnsaved, onDone }: StudyPanelProps & { onDone(): void }) {
  const { t } = useTranslation();
  const all = useDatasets();
  const datasets = (all.data ?? []).filter(({ siteId }) => siteId === inspection.siteId);
  const [datasetId, setDataset] = useState(inspection.datasetId);
  const [search, setSearch] = useState('');
  const [jobId, setJobId] = useParameter('study');
  const job = useJob(jobId);
  const begin = useBeginStudy(inspection.id);
  const refresh = useRefreshStudies();
  const latest = useRef({ refresh, onDone });
  latest.current = { refresh, onDone };
  const state = job?.state;
  useEffect(() => {
    if (state !== 'done') return;
    latest.current.onDone();
    void latest.current.refresh();
  }, [state]);
  if (!inspection.settings.plan) return <p className={styles.hint}>{t('parts.study.noPlan')}</p>;
  const isRunning = job !== undefined && isActive(job);
  const trimmed = search.trim();
  return (
    <>
      {isUnsaved && <p className={styles.hint}>{t('parts.study.saveFirst')}</p>}
      {job && state !== 'done' && <JobCard job={job} />}
      <div className={styles.ask}>
        <Select
          aria-label={t('pages.dataset.title')}
          loading={all.isPending}
          value={all.data ? datasetId : undefined}
          onChange={setDataset}
          options={datasets.map(({ id, name }) => ({ value: id, label: name }))}
          style={{ minWidth: 200 }}
        />
        <Input
          aria-label={t('parts.study.search')}
          placeholder={t('parts.study.search')}
          allowClear
          maxLength={200}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          style={{ width: 220 }}
        />
        <Button
          disabled={isRunning}
          loading={begin.isPending}
          onClick={() => begin.mutate({ datasetId, ...(trimmed ? { search: trimmed } : {}) }, { onSuccess: setJobId })}
        >
          {t('parts.study.make')}
        </Button>
      </div>
    </>
  );
}
