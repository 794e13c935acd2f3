import { CheckOutlined, ClockCircleOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../../components/use-error-text.ts';
import styles from '../labelling.module.css';
import type { LabelSession, SaveState } from '../session/label-session.ts';

const icons: Readonly<Record<SaveState, React.ReactNode>> = {
  saved: <CheckOutlined />,
  changed: <ClockCircleOutlined />,
  saving: <LoadingOutlined />,
  failed: <WarningOutlined />,
  conflict: <WarningOutlined />,
};

/** Whether what is drawn is with the server. */
export function SaveMark({ session }: { session: LabelSession }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { state, error } = useSyncExternalStore(session.subscribe, session.snapshot);
  return (
    <span className={styles.save} role="status" data-state={state}>
      {icons[state]} {t(`labelling.save.${state}`)}
      {state === 'failed' && (
        <>
          <span className={styles.saveError} title={errorText(error).message}>
            {errorText(error).message}
          </span>
          <Button size="small" danger onClick={() => void session.flush()}>
            {t('actions.retry')}
          </Button>
        </>
      )}
    </span>
  );
}
