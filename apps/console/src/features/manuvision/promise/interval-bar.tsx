import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import styles from './promise.module.css';

interface IntervalBarProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** At most so many were wanted. */
  readonly asked: number;
}

/** A rate per 1,000 with its 95 % interval beside what was asked for: the fewer parts it rests on, the wider. */
export function IntervalBar({ value, low, high, asked }: IntervalBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(high, asked, value) * 1.15;
  const at = (rate: number) => `${(rate / most) * 100}%`;
  const text = (rate: number) => format.number(rate, rate < 10 ? 1 : 0);
  const label = t('parts.promise.drawn', { value: text(value), low: text(low), high: text(high), asked: text(asked) });
  return (
    <div className={styles.bar} role="img" aria-label={label}>
      <span className={styles.track}>
        <i className={styles.range} style={{ left: at(low), width: at(high - low) }} />
        <i className={styles.value} style={{ left: at(value) }} />
        <i className={styles.asked} style={{ left: at(asked) }} />
      </span>
      <span className={styles.scale}>
        <span>0</span>
        <span className={styles.askedText} style={{ left: at(asked) }}>
          {t('parts.promise.asked', { n: text(asked) })}
        </span>
        <span>{text(most)}</span>
      </span>
    </div>
  );
}
