import { useTranslation } from 'react-i18next';
import { useClassName } from '../shared/use-class-name.ts';
import type { Verdict } from '../types.ts';
import styles from './station.module.css';

interface BigVerdictProps {
  /** None where no part was judged yet. */
  readonly verdict: Verdict | undefined;
  /** Whether there is one is not known yet. */
  readonly isLoading: boolean;
}

/** The verdict in letters that are read from three metres. */
export function BigVerdict({ verdict, isLoading }: BigVerdictProps) {
  const { t } = useTranslation();
  const classText = useClassName();
  if (!verdict)
    return (
      <div className={styles.big} data-verdict="none">
        <p className={styles.word} role="status">
          –
        </p>
        <p>{!isLoading && t('parts.station.waits')}</p>
      </div>
    );
  return (
    <div className={styles.big} data-verdict={verdict.verdict}>
      <p className={styles.word} role="status" data-long={verdict.verdict === 'refused'}>
        {t(`parts.verdict.${verdict.verdict}`)}
      </p>
      {(verdict.class || verdict.value) && (
        <p className={styles.class} data-raw>
          {[verdict.class && classText(verdict.class), verdict.value].filter(Boolean).join(' · ')}
        </p>
      )}
      {verdict.verdict === 'refused' && (
        <p>
          {t('parts.verdict.refusedHint')} {verdict.error && <code className="mono">{verdict.error}</code>}
        </p>
      )}
    </div>
  );
}
