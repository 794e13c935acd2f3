import { Alert, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyText } from './copy-text.tsx';
import styles from './one-time-secret.module.css';

interface OneTimeSecretProps {
  readonly title: string;
  readonly secret: string | undefined;
  readonly hint: string;
  onClose(): void;
}

/** Shows a secret that nobody can see again, and cannot be closed by a stray click. */
export function OneTimeSecret({ title, secret, hint, onClose }: OneTimeSecretProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={secret !== undefined}
      title={title}
      onOk={onClose}
      onCancel={onClose}
      mask={{ closable: false }}
      okText={t('secret.kept')}
      cancelButtonProps={{ style: { display: 'none' } }}
    >
      <Alert type="warning" showIcon title={t('secret.once')} />
      <div className={styles.secret}>
        <code>{secret}</code>
        <CopyText text={secret ?? ''} label={t('actions.copy')} />
      </div>
      <p className="soft">{hint}</p>
    </Modal>
  );
}
