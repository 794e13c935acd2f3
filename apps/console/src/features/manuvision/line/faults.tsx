import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import styles from './line.module.css';
import { useFaults } from './use-line.ts';

/** Every time that the station went into its fail-safe state, newest first. */
export function Faults({ id }: { id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { data, error, refetch } = useFaults(id, isOpen);
  return (
    <details className={styles.faults} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('parts.line.history')}</summary>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <p className="soft">{t('parts.line.noFaults')}</p>}
      <ul>
        {data?.map(({ id: key, at, number, code, partId, endedAt, resetBy }) => (
          <li key={key}>
            <time dateTime={at}>{format.dateTime(at)}</time> · {number} · {t(`parts.line.faults.${code}`)}
            {partId && (
              <>
                {' · '}
                {t('parts.line.partId')} <span data-raw>{partId}</span>
              </>
            )}
            <span className="soft">
              {' · '}
              {endedAt ? t('parts.line.until', { at: format.dateTime(endedAt) }) : t('parts.line.still')}
              {resetBy && (
                <>
                  {' · '}
                  {t('parts.line.resetBy')} <span data-raw>{resetBy}</span>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
