import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useNote } from '../../app/i18n/use-note.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { DataTable } from '../../components/data-table/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FigureStrip } from '../../components/figure-strip.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { Splash } from '../../components/splash.tsx';
import { NetworkPanel } from '../matrixvision/networks/network-panel.tsx';
import styles from './system-page.module.css';
import { useSettingColumns } from './use-setting-columns.tsx';
import { useSystem } from './use-system.ts';

export function SystemPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useSystem();
  const columns = useSettingColumns();
  const say = useNote();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!data) return <Splash />;
  const { database } = data;
  return (
    <>
      <PageHeader page="system" />
      <FigureStrip
        figures={[
          { key: 'version', label: t('system.version'), value: data.version },
          {
            key: 'started',
            label: t('system.started'),
            value: format.ago(data.startedAt),
            note: format.dateTime(data.startedAt),
          },
          {
            key: 'memory',
            label: t('system.memory'),
            value: format.bytes(data.memoryBytes),
            note: t('system.memoryHint'),
          },
          {
            key: 'database',
            label: t('system.database'),
            value: t(`system.kind.${database.kind}`),
            note: database.version.replace(/ on .*/, ''),
          },
        ]}
      />
      <Panel title={t('system.capabilities')}>
        {database.missing.length === 0 ? (
          <Alert type="success" showIcon title={t('system.nothingMissing')} />
        ) : (
          <ul className={styles.missing}>
            {database.missing.map((note) => (
              <li key={note.code}>{say(note)}</li>
            ))}
          </ul>
        )}
        <p className={styles.broker}>
          <span className="soft">{t('system.broker')}</span> <code className="mono">{data.bus.url}</code>
          <CopyText text={data.bus.url} />
        </p>
      </Panel>
      <NetworkPanel />
      <h2 className={styles.heading}>{t('system.settings')}</h2>
      <p className={styles.hint}>{t('system.settingsHint')}</p>
      <DataTable name="settings" rows={data.settings} columns={columns} rowKey={({ key }) => key} empty="" />
    </>
  );
}
