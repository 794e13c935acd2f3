import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { useUndo } from '../../../components/use-undo.tsx';
import { NetworkField } from './network-field.tsx';
import styles from './networks.module.css';
import { useAllowNetwork, useNetworks, useRemoveNetwork } from './use-networks.ts';

/** Networks inside the plant whose cameras may be opened, and who allowed them. */
export function NetworkPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { failed } = useNotify();
  const offerUndo = useUndo();
  const { data, error, refetch } = useNetworks();
  const allow = useAllowNetwork();
  const remove = useRemoveNetwork();
  if (!may('matrixvision.camera.write')) return null;
  const mayChange = may('matrixvision.network.write');
  const takeAway = (network: string) =>
    remove.mutate(network, {
      onError: failed,
      onSuccess: () => offerUndo(network, t('video.networks.removed', { network }), () => allow.mutateAsync(network)),
    });
  return (
    <Panel title={t('video.networks.title')}>
      <p className="soft">{t('video.networks.hint')}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.items.length + data.configured.length === 0 && <p>{t('video.networks.none')}</p>}
      {data && (
        <ul className={styles.list}>
          {data.configured.map((network) => (
            <li key={`setting ${network}`}>
              <code className="mono">{network}</code>
              <span className="soft">{t('video.networks.configured')}</span>
            </li>
          ))}
          {data.items.map(({ network, at, by }) => (
            <li key={network}>
              <code className="mono">{network}</code>
              <span className="soft">{t('video.networks.by', { who: by, when: format.dateTime(at) })}</span>
              {mayChange && (
                <Button
                  size="small"
                  aria-label={t('video.networks.remove', { network })}
                  onClick={() => takeAway(network)}
                >
                  {t('actions.delete')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && <NetworkField />}
    </Panel>
  );
}
