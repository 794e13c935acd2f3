import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useUndo } from '../../../components/use-undo.tsx';
import { useSites } from '../../cloud/use-plant.ts';
import { useSiteCameras } from '../shared/use-cameras.ts';
import type { BundledModel, ModelTrial, OwnModel } from '../types.ts';
import { AddModel } from './add-model.tsx';
import { BundledTable } from './bundled-table.tsx';
import styles from './models.module.css';
import { TryPicture } from './try-picture.tsx';
import { useRemoveModel, useRestoreModel, useSiteModels } from './use-models.ts';

type OwnRow = OwnModel['versions'][number] & { readonly model: OwnModel };
interface Trial {
  readonly title: string;
  readonly trial: ModelTrial;
}

/** The detectors that cameras may be set to: one's own, added with a card, and those that come with the product. */
export function ModelsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const sites = useSites();
  const { siteId = sites[0]?.id } = useSite();
  const { data, error, refetch } = useSiteModels();
  const [isAdding, setAdding] = useState(false);
  const [tried, setTried] = useState<Trial>();
  const isWriter = may('matrixvision.model.write');
  const add = isWriter && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('video.models.add')}
    </Button>
  );
  const tryBundled = ({ name }: BundledModel) => siteId && setTried({ title: name, trial: { siteId, model: name } });
  return (
    <>
      <PageHeader page="video-models">{add}</PageHeader>
      <Providers configured={data?.providers ?? []} />
      <OwnTable
        rows={data?.items.flatMap((model) => model.versions.map((version) => ({ ...version, model })))}
        error={error}
        onRetry={() => void refetch()}
        onTry={
          isWriter
            ? ({ model, version, sha256 }) =>
                setTried({
                  title: t('video.models.version', { name: model.name, version }),
                  trial: { siteId: model.siteId, model: sha256 },
                })
            : undefined
        }
        empty={
          <EmptyState title={t('video.models.empty')} text={t('video.models.emptyNext')}>
            {add}
          </EmptyState>
        }
      />
      <div className={styles.section}>
        <Panel title={t('video.models.bundled')} flush>
          <BundledTable rows={data?.bundled} onTry={isWriter ? tryBundled : undefined} />
        </Panel>
        <p className="faint">{t('video.models.measuredOn')}</p>
      </div>
      {isAdding && <AddModel onClose={() => setAdding(false)} />}
      {tried && (
        <Modal
          open
          title={<span data-raw>{tried.title}</span>}
          footer={null}
          width={760}
          onCancel={() => setTried(undefined)}
        >
          <TryPicture trial={tried.trial} />
        </Modal>
      )}
    </>
  );
}

/** What networks are set to run on, and what they do run on. */
function Providers({ configured }: { configured: readonly string[] }) {
  const { t } = useTranslation();
  const used = new Set((useSiteCameras().data ?? []).flatMap(({ state }) => state.detector?.provider ?? []));
  const words = (names: Iterable<string>) => [...names].map((name) => name.toUpperCase()).join(', ');
  return (
    <p className={styles.providers}>
      {t('video.models.runsOn', { order: words(new Set([...configured, 'cpu'])) })}{' '}
      {used.size > 0 && t('video.models.inUseNow', { used: words(used) })}
    </p>
  );
}

interface OwnTableProps {
  readonly rows: readonly OwnRow[] | undefined;
  readonly error: unknown;
  onRetry(): void;
  /** Left out for who may not. */
  readonly onTry: ((row: OwnRow) => void) | undefined;
  readonly empty: React.ReactNode;
}

function OwnTable({ rows, error, onRetry, onTry, empty }: OwnTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { modal } = App.useApp();
  const remove = useRemoveModel();
  const restore = useRestoreModel();
  const offerUndo = useUndo();
  const sites = useSites();
  const ask = ({ id, name }: OwnModel) =>
    modal.confirm({
      title: t('video.models.removeAsk', { name }),
      content: t('video.models.removeHint'),
      okText: t('actions.delete'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(id).then(
          () => offerUndo(id, t('video.models.removed', { name }), () => restore.mutateAsync(id)),
          // What went wrong is said by the change itself.
          () => undefined,
        ),
    });
  const columns: Column<OwnRow>[] = [
    {
      key: 'name',
      title: t('video.models.name'),
      value: ({ model }) => model.name,
      render: ({ model }) => <strong data-raw>{model.name}</strong>,
    },
    { key: 'version', title: t('video.models.cardVersion'), value: ({ version }) => version, align: 'right' },
    { key: 'site', title: t('shell.site'), value: ({ model }) => sites.find(({ id }) => id === model.siteId)?.name },
    {
      key: 'classes',
      title: t('video.models.classes'),
      value: ({ labels }) => labels.join(', '),
      render: ({ labels }) => (
        <span data-raw>{labels.length > 4 ? `${labels.slice(0, 3).join(', ')} …` : labels.join(', ')}</span>
      ),
    },
    {
      key: 'hash',
      title: t('video.models.hash'),
      value: ({ sha256 }) => sha256,
      render: ({ sha256 }) => <HashText hash={sha256} />,
    },
    {
      key: 'bytes',
      title: t('video.models.size'),
      value: ({ bytes }) => bytes,
      render: ({ bytes }) => `${format.number(bytes / 1e6, 1)} MB`,
      align: 'right',
      searched: false,
    },
    { key: 'at', title: t('video.models.addedAt'), value: ({ at }) => at, render: ({ at }) => format.minute(at) },
    {
      key: 'cameras',
      title: t('video.models.usedBy'),
      value: ({ cameras }) => cameras.map(({ name }) => name).join(', '),
      render: ({ cameras }) => <CameraLinks cameras={cameras} />,
    },
    {
      key: 'actions',
      title: '',
      value: () => null,
      render: (row) =>
        onTry && (
          <span className={styles.buttons} style={{ marginTop: 0 }}>
            <Button size="small" onClick={() => onTry(row)}>
              {t('video.models.try')}
            </Button>
            <Button size="small" onClick={() => ask(row.model)}>
              {t('actions.delete')}
            </Button>
          </span>
        ),
    },
  ];
  return (
    <DataTable<OwnRow>
      name="models"
      rows={rows}
      columns={columns}
      rowKey={({ model, version }) => `${model.id} ${version}`}
      error={error}
      onRetry={onRetry}
      empty={empty}
    />
  );
}

function CameraLinks({ cameras }: { cameras: OwnRow['cameras'] }) {
  const { t } = useTranslation();
  if (cameras.length === 0) return <span className="faint">{t('video.models.unused')}</span>;
  return cameras.map(({ id, name }, place) => (
    <span key={id} data-raw>
      {place > 0 && ', '}
      <Link to={`/video/cameras/${id}`}>{name}</Link>
    </span>
  ));
}
