import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './error-notice.module.css';
import { useErrorText } from './use-error-text.ts';

interface ErrorNoticeProps {
  readonly error: unknown;
  onRetry?(): void;
  /** Alone on a page, with room around it. */
  readonly page?: boolean;
}

/** What went wrong, its code, and what to do. */
export function ErrorNotice({ error, onRetry, page = false }: ErrorNoticeProps) {
  const { t } = useTranslation();
  const { code, message, remedy } = useErrorText()(error);
  return (
    <div className={page ? styles.page : styles.place} role="alert">
      <Alert
        type="error"
        showIcon
        title={message}
        description={
          <>
            {remedy && <p className={styles.remedy}>{remedy}</p>}
            <code className="mono">{code}</code>
          </>
        }
        action={
          onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('actions.retry')}
            </Button>
          )
        }
      />
    </div>
  );
}
