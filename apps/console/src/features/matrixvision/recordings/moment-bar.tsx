import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { CameraEvent } from '../types.ts';
import { EventMarks } from './event-marks.tsx';
import styles from './recordings.module.css';
import { partOf, type Stretch } from './timeline.ts';
import { useLostReason } from './use-lost-reason.ts';
import type { Lost } from './use-recordings.ts';

interface MomentBarProps {
  readonly window: Stretch;
  readonly stretches: readonly Stretch[];
  readonly lost: readonly Lost[];
  readonly events: readonly CameraEvent[];
  /** Where the player began. */
  readonly at: number | undefined;
  onChoose(moment: number): void;
}

const steps: Record<string, number> = { ArrowLeft: -10_000, ArrowRight: 10_000, PageUp: -60_000, PageDown: 60_000 };

/** One hour in full: what is recorded and what is lost; a click, or Enter where the arrow keys went, plays from there. */
export function MomentBar({ window, stretches, lost, events, at, onChoose }: MomentBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useLostReason();
  const [walked, setWalked] = useState<number>();
  const now = walked !== undefined && walked >= window.from && walked <= window.to ? walked : (at ?? window.from);
  const place = (from: number, to: number) => ({
    left: `${partOf(from, window) * 100}%`,
    width: `${(partOf(to, window) - partOf(from, window)) * 100}%`,
  });
  return (
    <>
      <div
        className={styles.moments}
        role="slider"
        tabIndex={0}
        aria-label={t('video.recordings.moment')}
        aria-valuemin={window.from}
        aria-valuemax={window.to}
        aria-valuenow={Math.min(window.to, Math.max(window.from, now))}
        aria-valuetext={format.dateTime(now)}
        onClick={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          const moment = window.from + ((event.clientX - left) / width) * (window.to - window.from);
          setWalked(moment);
          onChoose(moment);
        }}
        onKeyDown={(event) => {
          const step = steps[event.key];
          if (step !== undefined) setWalked(Math.min(window.to, Math.max(window.from, now + step)));
          else if (event.key === 'Enter' || event.key === ' ') onChoose(now);
          else return;
          event.preventDefault();
        }}
      >
        {stretches
          .filter(({ from, to }) => to > window.from && from < window.to)
          .map(({ from, to }) => (
            <i key={from} className={styles.recorded} style={place(from, to)} />
          ))}
        {lost
          .map((each) => ({ ...each, start: Date.parse(each.from), end: Date.parse(each.to) }))
          .filter(({ start, end }) => end > window.from && start < window.to)
          .map((each) => (
            <i
              key={each.from}
              className={styles.lost}
              style={place(each.start, each.end)}
              title={`${format.dateTime(each.from)} – ${format.clock(each.to)}: ${reason(each.reason)}`}
            />
          ))}
        <EventMarks events={events} window={window} onChoose={onChoose} />
        <b style={{ left: `${partOf(now, window) * 100}%` }} />
      </div>
      <div className={styles.ticks} aria-hidden="true">
        {[0, 15, 30, 45, 60].map((minute) => (
          <span key={minute}>{format.clock(window.from + minute * 60_000)}</span>
        ))}
      </div>
    </>
  );
}
