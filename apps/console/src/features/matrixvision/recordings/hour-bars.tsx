import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import styles from './recordings.module.css';
import { barOf, type Stretch } from './timeline.ts';
import { useLostReason } from './use-lost-reason.ts';
import type { RecordedHour } from './use-recordings.ts';

interface HourBarsProps {
  readonly hours: readonly RecordedHour[];
  readonly day: Stretch;
  readonly chosen: number;
  onChoose(hour: number): void;
}

const hourMs = 3_600_000;

/** The hours of a day side by side, each as high as it was recorded; what is lost stands on top and says why. */
export function HourBars({ hours, day, chosen, onChoose }: HourBarsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useLostReason();
  const byStart = new Map(hours.map((hour) => [Date.parse(hour.start), hour]));
  const starts = Array.from(
    { length: Math.round((day.to - day.from) / hourMs) },
    (_, index) => day.from + index * hourMs,
  );
  return (
    <fieldset className={styles.hours}>
      <legend className="visually-hidden">{t('video.recordings.hours')}</legend>
      {starts.map((start, index) => {
        const hour = byStart.get(start);
        const bar = hour ? barOf(hour) : { recorded: 0, lost: 0 };
        const why = [...new Set(hour?.lost.map((each) => reason(each.reason)))].join('; ');
        const words = t('video.recordings.hourSays', {
          hour: format.clock(start),
          recorded: format.percent(bar.recorded, 0),
          lost: format.percent(bar.lost, 0),
        });
        const title = why ? `${words}: ${why}` : words;
        return (
          <button
            key={start}
            type="button"
            aria-label={title}
            aria-pressed={index === chosen}
            title={title}
            onClick={() => onChoose(index)}
          >
            <span className={styles.bar}>
              <i className={styles.lost} style={{ height: `${bar.lost * 100}%` }} />
              <i className={styles.recorded} style={{ height: `${bar.recorded * 100}%` }} />
            </span>
            <small aria-hidden="true">{index % 2 === 0 ? format.clock(start) : ''}</small>
          </button>
        );
      })}
    </fieldset>
  );
}
