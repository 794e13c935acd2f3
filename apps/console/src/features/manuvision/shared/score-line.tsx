import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Verdict } from '../types.ts';
import styles from './verdict.module.css';

/** The score beside the limit; the limit stands in the middle. */
export function ScoreLine({ verdict: { score, threshold } }: { verdict: Pick<Verdict, 'score' | 'threshold'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (score === null) return null;
  const share = threshold !== null && threshold > 0 ? Math.min(Math.max(score / threshold / 2, 0), 1) : undefined;
  return (
    <div className={styles.score}>
      {share !== undefined && (
        <span className={styles.scoreBar} aria-hidden="true">
          <i data-over={share > 0.5} style={{ width: `${share * 100}%` }} />
        </span>
      )}
      <span>
        {t('parts.score')} <b>{format.number(score, 3)}</b>
        {threshold !== null && (
          <span className="soft">
            {' '}
            · {t('parts.limit')} {format.number(threshold, 3)}
          </span>
        )}
      </span>
    </div>
  );
}
