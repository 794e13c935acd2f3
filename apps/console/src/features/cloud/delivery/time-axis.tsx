import { useFormat } from '../../../app/i18n/use-format.ts';
import { axisTicks } from './axis-ticks.ts';
import styles from './delivery-page.module.css';

/** When the hours above were, on the clock of whoever looks. */
export function TimeAxis({ hours }: { hours: readonly number[] }) {
  const format = useFormat();
  return (
    <div className={styles.strip} aria-hidden="true">
      <span className={styles.zone}>{Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
      <div className={styles.axis}>
        {axisTicks(hours).map(({ at, time, isDay }) => (
          <span key={time} style={{ left: `${(at / hours.length) * 100}%` }}>
            {isDay ? format.monthDay(time) : format.clock(time)}
          </span>
        ))}
      </div>
    </div>
  );
}
