import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { yieldOf } from '../shared/yield-of.ts';
import type { Station } from '../types.ts';
import styles from './station.module.css';

const kinds = ['ok', 'ng', 'refused'] as const;

/** Counted since midnight of the site. */
export function TodayCounters({ today }: { today: Station['today'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className={styles.counters} aria-label={t('parts.today')}>
      {kinds.map((kind) => (
        <div key={kind} data-verdict={kind}>
          <dt>{t(`parts.verdict.${kind}`)}</dt>
          <dd>{format.number(today[kind], 0)}</dd>
        </div>
      ))}
      <div>
        <dt>{t('parts.yieldToday')}</dt>
        <dd>{format.percent(yieldOf(today), 1)}</dd>
      </div>
    </dl>
  );
}
