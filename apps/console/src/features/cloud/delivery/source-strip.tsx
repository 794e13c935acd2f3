import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryHour } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import styles from './delivery-page.module.css';
import { type Strip, shownState } from './hours.ts';
import { stateColor } from './state-color.ts';

interface SourceStripProps {
  readonly strip: Strip;
  /** Beginnings of the hours, in milliseconds since 1970. */
  readonly times: readonly number[];
  readonly name: string;
  readonly chosen: DeliveryHour | undefined;
  onChoose(hour: DeliveryHour): void;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -24, PageDown: 24 };

/** The hours of one source side by side; clicked, or walked with the arrow keys. */
export function SourceStrip({ strip, times, name, chosen, onChoose }: SourceStripProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  const { hours, sourceId, share } = strip;
  const [at, setAt] = useState(hours.length - 1);
  const chosenAt = chosen?.sourceId === sourceId ? times.indexOf(Date.parse(chosen.hour)) : -1;
  const say = (index: number) => {
    const hour = hours[index];
    const state = hour ? t(`cloud.delivery.state.${shownState(hour)}`) : t('cloud.delivery.state.none');
    return `${format.minute(times[index])}: ${state}`;
  };
  const choose = (index: number) => {
    const bounded = Math.min(hours.length - 1, Math.max(0, index));
    setAt(bounded);
    const hour = hours[bounded];
    if (hour) onChoose(hour);
  };
  return (
    <div className={styles.strip}>
      <span className={styles.name} title={name}>
        {name}
      </span>
      <div
        className={styles.cells}
        role="slider"
        tabIndex={0}
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={hours.length - 1}
        aria-valuenow={at}
        aria-valuetext={say(at)}
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          choose(Math.floor(((event.clientX - left) / width) * hours.length));
        }}
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step === undefined) return;
          event.preventDefault();
          choose(at + step);
        }}
      >
        <svg viewBox={`0 0 ${hours.length} 1`} preserveAspectRatio="none" aria-hidden="true">
          {hours.map((hour, index) => (
            <rect
              key={times[index]}
              x={index}
              width={hours.length > 200 ? 1 : 0.88}
              height={1}
              fill={stateColor(hour && shownState(hour), palette)}
              stroke={index === chosenAt ? palette.text : undefined}
              strokeWidth={index === chosenAt ? 2 : undefined}
              vectorEffect="non-scaling-stroke"
            >
              <title>{say(index)}</title>
            </rect>
          ))}
        </svg>
      </div>
      <span className={styles.share}>{format.percent(share)}</span>
    </div>
  );
}
