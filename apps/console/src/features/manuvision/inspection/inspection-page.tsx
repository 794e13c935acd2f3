import { DeleteOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { judgesBySettings } from '../guide/inspection-kinds.ts';
import { TrainingJob } from '../guide/training-job.tsx';
import { TrainingResult } from '../promise/training-result.tsx';
import { SettingsEditor } from '../settings/settings-editor.tsx';
import { useDataset } from '../shared/use-datasets.ts';
import { useInspection, useRemoveInspection, useVersions } from '../shared/use-inspections.ts';
import { useStations } from '../shared/use-stations.ts';
import { StudyPanel } from '../study/study-panel.tsx';
import type { Inspection, Version } from '../types.ts';
import styles from './inspection.module.css';
import { VersionTable } from './version-table.tsx';

/** One inspection: what it promises, what was trained, and where it judges. */
export function InspectionPage() {
  const { id = '' } = useParams();
  const inspection = useInspection(id);
  const versions = useVersions(id);
  const error = inspection.error ?? versions.error;
  if (error) return <ErrorNotice error={error} onRetry={() => void inspection.refetch()} page />;
  if (!inspection.data || !versions.data) return <Splash />;
  return <InspectionView key={id} inspection={inspection.data} versions={versions.data} />;
}

function InspectionView({ inspection, versions }: { inspection: Inspection; versions: readonly Version[] }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [isUnsaved, setUnsaved] = useState(false);
  const [newest] = versions;
  const isTold = judgesBySettings(inspection.kind);
  return (
    <>
      <PageHeader page="inspection" title={inspection.name}>
        {newest && may('manuvision.station.write') && (
          <Link to={`/parts/inspections/new?dataset=${inspection.datasetId}&inspection=${inspection.id}`}>
            <Button type="primary" tabIndex={-1}>
              {t('parts.guide.station.title')}
            </Button>
          </Link>
        )}
        <RemoveButton inspection={inspection} />
      </PageHeader>
      <div className={styles.view}>
        <Facts inspection={inspection} />
        {newest && <TrainingResult inspection={inspection} version={newest} />}
        <SettingsEditor
          inspection={inspection}
          onChanged={setUnsaved}
          hint={isTold && !newest ? t('parts.settings.tellFirst') : undefined}
        />
        {inspection.kind === 'measuring' && <StudyPanel inspection={inspection} isUnsaved={isUnsaved} />}
        <Panel title={t(isTold ? 'parts.told.title' : 'parts.trainTitle')}>
          <p className={styles.hint}>
            {t(isTold ? 'parts.told.hint' : newest ? 'parts.trainHint' : 'parts.untrainedNext')}
          </p>
          <TrainingJob inspection={inspection} isUnsaved={isUnsaved} />
        </Panel>
        {newest && <VersionTable inspection={inspection} versions={versions} />}
      </div>
    </>
  );
}

function Facts({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const dataset = useDataset(inspection.datasetId).data;
  const stations = (useStations().data ?? []).filter(({ inspectionId }) => inspectionId === inspection.id);
  return (
    <FigureStrip
      figures={[
        { key: 'kind', label: t('parts.kind'), value: t(`parts.kinds.${inspection.kind}.title`, inspection.kind) },
        judgesBySettings(inspection.kind)
          ? { key: 'judges', label: t('parts.told.judges'), value: t('parts.told.bySettings') }
          : {
              key: 'promise',
              label: t('parts.promise.short'),
              value: t('parts.promise.atMost', { n: format.number(inspection.promise, 1) }),
              note: t('parts.promise.per1000Short'),
            },
        {
          key: 'pictures',
          label: t('pages.dataset.title'),
          value: (
            <Link to={`/parts/pictures/${inspection.datasetId}`} data-raw>
              {dataset?.name ?? '–'}
            </Link>
          ),
          note:
            dataset &&
            t('parts.promise.learntFrom', {
              good: format.number(dataset.counts.good, 0),
              defects: format.number(dataset.counts.defects, 0),
            }),
        },
        {
          key: 'stations',
          label: t('pages.stations.title'),
          value:
            stations.length === 0
              ? t('parts.noStation')
              : stations.map(({ id, name }) => (
                  <Link key={id} to={`/parts/stations/${id}`} className={styles.station} data-raw>
                    {name}
                  </Link>
                )),
        },
      ]}
    />
  );
}

function RemoveButton({ inspection: { id, name } }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { may } = useSession();
  const navigate = useNavigate();
  const remove = useRemoveInspection();
  if (!may('manuvision.inspection.write')) return null;
  const ask = () =>
    modal.confirm({
      title: t('parts.removeAsk', { name }),
      content: t('parts.removeHint'),
      okText: t('actions.delete'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(id).then(
          () => navigate('/parts/inspections'),
          // What went wrong is said by the change itself.
          () => undefined,
        ),
    });
  return <Button type="text" icon={<DeleteOutlined />} aria-label={t('actions.delete')} onClick={ask} />;
}
