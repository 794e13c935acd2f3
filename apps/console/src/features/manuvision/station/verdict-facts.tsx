import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { ExplanationOf } from '../explanation/explanation.tsx';
import { ScoreLine } from '../shared/score-line.tsx';
import type { Verdict } from '../types.ts';
import styles from './station.module.css';

/** What a verdict rests on. */
export function VerdictFacts({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={styles.facts}>
      <ScoreLine verdict={verdict} />
      <p>
        <span data-raw>{verdict.fileName}</span> · {format.dateTime(verdict.at)} ·{' '}
        <span className={styles.whole}>{t('parts.milliseconds', { n: format.number(verdict.milliseconds, 0) })}</span>
      </p>
      {verdict.keptBy && <p>{t(`parts.picture.keptBy.${verdict.keptBy}`)}</p>}
      {verdict.findingId && (
        <div className={styles.proof}>
          <ExplanationOf verdict={verdict} />
          <EvidenceLink id={verdict.findingId} />
        </div>
      )}
    </div>
  );
}
