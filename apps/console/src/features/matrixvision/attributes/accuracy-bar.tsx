import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Attribute } from '../types.ts';
import styles from './attributes.module.css';

/** A share of right answers with its 95 % interval: the fewer people it was measured on, the wider. */
export function AccuracyBar({ accuracy: { value, low, high } }: { accuracy: NonNullable<Attribute['accuracy']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const interval = `${format.percent(low, 0)} – ${format.percent(high, 0)}`;
  return (
    <span className={styles.accuracy} title={t('video.attributes.intervalHint')}>
      <b>{format.percent(value, 0)}</b>
      <span className={styles.bar} aria-hidden="true">
        <i style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
        <b style={{ left: `${value * 100}%` }} />
      </span>
      <span className="soft">{interval}</span>
    </span>
  );
}
