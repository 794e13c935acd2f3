import { Button, Drawer, Popconfirm, Switch, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Source } from '../../../api/types.ts';
import { useReason } from '../../../app/i18n/use-note.ts';
import { useSession } from '../../../app/session.tsx';
import { Facts } from '../../../components/fact-list.tsx';
import { useUndo } from '../../../components/use-undo.tsx';
import { BrowseTree } from './browse-tree.tsx';
import { CertificateList } from './certificate-list.tsx';
import { SourceSettings } from './source-settings.tsx';
import { SourceState } from './source-state.tsx';
import styles from './sources.module.css';
import { useKindName } from './use-kind-name.ts';
import { useChangeSource, useRemoveSource, useRestoreSource } from './use-source-changes.ts';

/** The one trouble that only a person can end; it stands inside of the note that names the server. */
const isUntrusted = ({ state }: Source) => JSON.stringify(state.note ?? null).includes('"connector.opcua-untrusted"');

/** Kinds whose devices tell what they have. */
const browsable = new Set(['opcua']);

export function SourceDrawer({ source, onClose }: { source: Source; onClose(): void }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState('state');
  const { may } = useSession();
  const writes = may('cloud.source.write');
  const tabs = [
    {
      key: 'state',
      label: t('cloud.sources.tabs.state'),
      children: <Overview source={source} onGone={onClose} onTrust={() => setTab('trust')} />,
    },
    {
      key: 'settings',
      label: t('cloud.sources.tabs.settings'),
      children: writes ? <SourceSettings source={source} /> : <Facts value={source.config} />,
    },
    ...(writes && browsable.has(source.kind)
      ? [
          { key: 'browse', label: t('cloud.sources.tabs.browse'), children: <BrowseTree source={source} /> },
          { key: 'trust', label: t('cloud.sources.tabs.trust'), children: <CertificateList source={source} /> },
        ]
      : []),
  ];
  return (
    <Drawer open size={720} title={source.name} onClose={onClose}>
      <Tabs items={tabs} activeKey={tab} onChange={setTab} />
    </Drawer>
  );
}

interface OverviewProps {
  readonly source: Source;
  onGone(): void;
  /** To the certificates. */
  onTrust(): void;
}

function Overview({ source, onGone, onTrust }: OverviewProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const kindName = useKindName();
  const why = useReason();
  const change = useChangeSource();
  const remove = useRemoveSource();
  const restore = useRestoreSource();
  const offerUndo = useUndo();
  const confirm = () => {
    // Not as a callback of the mutation: those are dropped when the drawer goes with its source.
    void remove.mutateAsync(source.id).then(
      () => {
        onGone();
        offerUndo(source.id, t('cloud.sources.removed', { name: source.name }), () => restore.mutateAsync(source.id));
      },
      () => undefined,
    );
  };
  const isLive = source.kind !== 'file';
  return (
    <>
      <div className={styles.state}>
        <SourceState source={source} />
        {may('cloud.source.write') && isLive && (
          <Switch
            checked={source.enabled}
            loading={change.isPending}
            onChange={(enabled) => change.mutate({ id: source.id, enabled })}
            checkedChildren={t('cloud.sources.on')}
            unCheckedChildren={t('cloud.sources.off')}
            aria-label={t('cloud.sources.enabled')}
          />
        )}
        <span className={styles.message}>{why(source.state.message, source.state.note)}</span>
      </div>
      {isUntrusted(source) && may('cloud.source.write') && (
        <Button type="primary" onClick={onTrust} style={{ marginBottom: 12 }}>
          {t('cloud.certificates.look')}
        </Button>
      )}
      <div className={styles.links}>
        <Link to={`/points?source=${source.id}`}>{t('cloud.sources.points')}</Link>
        <Link to={`/delivery?source=${source.id}`}>{t('pages.delivery.title')}</Link>
        {!isLive && <Link to="/import">{t('pages.import.title')}</Link>}
      </div>
      <Facts
        value={{
          [t('shell.site')]: source.siteName,
          [t('cloud.plant.timezone')]: source.timezone,
          [t('cloud.sources.kind')]: kindName(source.kind),
          id: source.id,
        }}
      />
      {may('cloud.source.write') && (
        <Popconfirm
          title={t('cloud.sources.removeAsk', { name: source.name })}
          description={t('cloud.sources.removeHint')}
          okText={t('actions.delete')}
          okButtonProps={{ danger: true }}
          onConfirm={confirm}
        >
          <Button danger style={{ marginTop: 20 }}>
            {t('actions.delete')}
          </Button>
        </Popconfirm>
      )}
    </>
  );
}
