import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import styles from './networks.module.css';
import { useAllowNetwork } from './use-networks.ts';

interface NetworkFieldProps {
  /** To begin with. */
  readonly network?: string;
  onAllowed?(): void;
}

/** Names a network whose cameras may be opened from now on. No form of its own: it stands in others, too. */
export function NetworkField({ network: first = '', onAllowed }: NetworkFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [network, setNetwork] = useState(first);
  const allow = useAllowNetwork();
  const send = () => {
    const wanted = network.trim();
    if (!wanted) return;
    allow.mutate(wanted, {
      onSuccess: () => {
        setNetwork(first);
        onAllowed?.();
      },
    });
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('video.networks.field')}</label>
      <Input
        id={id}
        className="mono"
        value={network}
        placeholder="192.168.10.0/24"
        onChange={(event) => setNetwork(event.target.value)}
        onPressEnter={(event) => {
          event.preventDefault();
          send();
        }}
      />
      <Button disabled={!network.trim()} loading={allow.isPending} onClick={send}>
        {t('video.networks.allow')}
      </Button>
      {allow.error && <ErrorNotice error={allow.error} />}
    </div>
  );
}
