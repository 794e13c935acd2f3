import { DeleteOutlined, ExperimentOutlined, HighlightOutlined, HistoryOutlined } from '@ant-design/icons';
import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useDataset, useRemoveDataset } from '../shared/use-datasets.ts';
import { useInspections } from '../shared/use-inspections.ts';
import type { Dataset } from '../types.ts';
import { AddPictures } from './add-pictures.tsx';
import { ExportSet } from './export-set.tsx';
import { PictureGrid } from './picture-grid.tsx';
import { VersionsDrawer } from './versions-drawer.tsx';

/** The pictures of a data set with their labels. */
export function DatasetPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useDataset(id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!data) return <Splash />;
  return <DatasetView key={id} dataset={data} />;
}

function DatasetView({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const [asked, setView] = useParameter('view');
  const [showsVersions, setShowsVersions] = useState(false);
  const inspections = useInspections().data?.filter(({ datasetId }) => datasetId === dataset.id) ?? [];
  const writes = may('manuvision.dataset.write');
  const isEmpty = dataset.counts.good + dataset.counts.defects === 0;
  const view = writes && (asked === 'add' || (isEmpty && asked !== 'grid')) ? 'add' : 'grid';
  return (
    <>
      <PageHeader page="dataset" title={dataset.name}>
        {writes && (
          <Segmented
            aria-label={t('parts.dataset.view')}
            value={view}
            onChange={(next) => setView(next)}
            options={[
              {
                value: 'grid',
                label: t('parts.pictureCount', {
                  n: format.number(dataset.counts.good + dataset.counts.defects, 0),
                }),
              },
              { value: 'add', label: t('parts.dataset.add') },
            ]}
          />
        )}
        {!isEmpty && (
          <Link to={`/parts/pictures/${dataset.id}/label`}>
            <Button icon={<HighlightOutlined />} tabIndex={-1}>
              {t('labelling.open')}
            </Button>
          </Link>
        )}
        <ExportSet dataset={dataset} />
        <Button icon={<HistoryOutlined />} onClick={() => setShowsVersions(true)}>
          {t('parts.versions.open')}
        </Button>
        {inspections.map(({ id, name }) => (
          <Link key={id} to={`/parts/inspections/${id}`}>
            <Button tabIndex={-1} icon={<ExperimentOutlined />}>
              {t('parts.dataset.taught')} <span data-raw>{name}</span>
            </Button>
          </Link>
        ))}
        {may('manuvision.inspection.write') && (
          <Link to={`/parts/inspections/new?dataset=${dataset.id}`}>
            <Button type={inspections.length === 0 ? 'primary' : 'default'} tabIndex={-1}>
              {t('parts.dataset.teach')}
            </Button>
          </Link>
        )}
        {writes && inspections.length === 0 && <RemoveButton dataset={dataset} />}
      </PageHeader>
      {view === 'add' ? <AddPictures dataset={dataset} /> : <PictureGrid dataset={dataset} writes={writes} />}
      {showsVersions && (
        <VersionsDrawer datasetId={dataset.id} writes={writes} onClose={() => setShowsVersions(false)} />
      )}
    </>
  );
}

function RemoveButton({ dataset: { id, name } }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  const remove = useRemoveDataset();
  const ask = () =>
    modal.confirm({
      title: t('parts.dataset.removeAsk', { name }),
      content: t('parts.dataset.removeHint'),
      okText: t('actions.delete'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(id).then(
          () => navigate('/parts/pictures'),
          // What went wrong is said by the change itself.
          () => undefined,
        ),
    });
  return <Button type="text" icon={<DeleteOutlined />} aria-label={t('actions.delete')} onClick={ask} />;
}
