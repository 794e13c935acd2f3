import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { DatasetVersion } from '../types.ts';
import styles from './dataset.module.css';
import { useDatasetVersions, useFreeze } from './use-dataset-versions.ts';

interface VersionsDrawerProps {
  readonly datasetId: string;
  readonly writes: boolean;
  onClose(): void;
}

/** What counted in a data set at each time that it was frozen, the newest first. */
export function VersionsDrawer({ datasetId, writes, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const { data, error, refetch } = useDatasetVersions(datasetId);
  const freeze = useFreeze(datasetId);
  const { done } = useNotify();
  const freezeNow = () =>
    freeze.mutateAsync().then(
      ({ version }) => {
        if (data?.some((one) => one.version === version)) done(t('parts.versions.same'));
      },
      // What went wrong is said by the change itself.
      () => undefined,
    );
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('parts.versions.title')}
      size={460}
      extra={
        writes && (
          <Button type="primary" loading={freeze.isPending} onClick={() => void freezeNow()}>
            {t('parts.versions.freeze')}
          </Button>
        )
      }
    >
      <p className="soft">{t('parts.versions.hint')}</p>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Splash />
      ) : data.length === 0 ? (
        <EmptyState title={t('parts.versions.none')} text={t('parts.versions.noneNext')} />
      ) : (
        <ol className={styles.versions}>
          {data.map((version) => (
            <VersionItem key={version.version} datasetId={datasetId} version={version} />
          ))}
        </ol>
      )}
    </Drawer>
  );
}

function VersionItem({ datasetId, version }: { datasetId: string; version: DatasetVersion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { good, defects, regions } = version.counts;
  return (
    <li>
      <HashText hash={version.version} />
      <span>
        {t('parts.versions.counts', {
          good: format.number(good, 0),
          defects: format.number(defects, 0),
          regions: format.number(regions, 0),
        })}
      </span>
      <span className="soft">
        <span data-raw>{version.by}</span> {format.dateTime(version.at)} ·{' '}
        <a href={`/api/manuvision/datasets/${datasetId}/versions/${version.version}/content.json`} download>
          {t('parts.versions.content')}
        </a>
      </span>
    </li>
  );
}
