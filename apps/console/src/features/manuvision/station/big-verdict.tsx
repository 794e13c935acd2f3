import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { ScoreLine } from '../shared/score-line.tsx';
import type { Verdict } from '../types.ts';
import styles from './station.module.css';

/** The verdict in letters that are read from three metres, and below it what it rests on. */
export function BigVerdict({ verdict }: { verdict: Verdict | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!verdict)
    return (
      <div className={styles.big} data-verdict="none">
        <p className={styles.word} role="status">
          –
        </p>
        <p>{t('parts.station.waits')}</p>
      </div>
    );
  return (
    <div className={styles.big} data-verdict={verdict.verdict}>
      <p className={styles.word} role="status" data-long={verdict.verdict === 'refused'}>
        {t(`parts.verdict.${verdict.verdict}`)}
      </p>
      {(verdict.class || verdict.value) && (
        <p className={styles.class} data-raw>
          {[verdict.class, verdict.value].filter(Boolean).join(' · ')}
        </p>
      )}
      {verdict.verdict === 'refused' && (
        <p>
          {t('parts.verdict.refusedHint')} {verdict.error && <code className="mono">{verdict.error}</code>}
        </p>
      )}
      <div className={styles.facts}>
        <ScoreLine verdict={verdict} />
        <p>
          <span data-raw>{verdict.fileName}</span> · {format.dateTime(verdict.at)} ·{' '}
          {t('parts.milliseconds', { n: format.number(verdict.milliseconds, 0) })}
        </p>
        {verdict.findingId && <EvidenceLink id={verdict.findingId} />}
      </div>
    </div>
  );
}
