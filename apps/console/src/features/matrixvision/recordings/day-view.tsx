import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useEventsBetween } from '../events/use-events.ts';
import type { Camera } from '../types.ts';
import { ClipPlayer } from './clip-player.tsx';
import { HourBars } from './hour-bars.tsx';
import { HourEvents } from './hour-events.tsx';
import { LostTable } from './lost-table.tsx';
import { MomentBar } from './moment-bar.tsx';
import styles from './recordings.module.css';
import { clipAt, type Stretch, stretchesOf } from './timeline.ts';
import { useRecordings } from './use-recordings.ts';

interface DayViewProps {
  readonly camera: Camera;
  readonly day: Stretch;
  /** To be played at once. */
  readonly moment: number | undefined;
}

const hourMs = 3_600_000;

export function DayView({ camera, day, moment }: DayViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useRecordings(camera.id, day.from, day.to);
  const [hour, setHour] = useState(moment === undefined ? undefined : Math.floor((moment - day.from) / hourMs));
  const [chosen, setChosen] = useState(moment !== undefined && moment > day.from ? moment : undefined);
  const stretches = data && stretchesOf(data);
  const shownHour = hour ?? Math.floor(((stretches?.at(-1)?.from ?? day.from) - day.from) / hourMs);
  const window = { from: day.from + shownHour * hourMs, to: day.from + (shownHour + 1) * hourMs };
  const events = useEventsBetween(camera.id, window.from, window.to).data ?? [];
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || !stretches) return <Splash />;
  const expected = data.hours.reduce((sum, each) => sum + each.expectedSeconds, 0);
  const recorded = data.hours.reduce((sum, each) => sum + each.recordedSeconds, 0);
  if (expected === 0 && recorded === 0 && stretches.length === 0)
    return (
      <EmptyState title={t('video.recordings.empty')} text={t('video.recordings.emptyNext')}>
        <Link to={`/video/cameras/${camera.id}`}>{camera.name}</Link>
      </EmptyState>
    );
  const clip = chosen === undefined ? undefined : clipAt(stretches, chosen);
  const lost = data.hours.flatMap((each) => each.lost);
  return (
    <>
      <FigureStrip
        figures={[
          { key: 'expected', label: t('video.recordings.expected'), value: format.duration(expected * 1000) },
          { key: 'recorded', label: t('video.recordings.recorded'), value: format.duration(recorded * 1000) },
          {
            key: 'lost',
            label: t('video.recordings.lost'),
            value: format.duration(Math.max(0, expected - recorded) * 1000),
            ...(expected > recorded && { tone: 'warn' as const }),
          },
        ]}
      />
      <Panel title={t('video.recordings.hours')}>
        <HourBars hours={data.hours} day={day} chosen={shownHour} onChoose={setHour} />
        <MomentBar
          window={window}
          stretches={stretches}
          lost={lost}
          events={events}
          at={clip?.from}
          onChoose={setChosen}
        />
        <p className={styles.legend}>
          <span>
            <i className={styles.recorded} /> {t('video.recordings.recorded')}
          </span>
          <span>
            <i className={styles.lost} /> {t('video.recordings.lost')}
          </span>
          <span>
            <i className={styles.eventKey} /> {t('video.recordings.event')}
          </span>
          {t('video.recordings.momentHint')}
        </p>
      </Panel>
      {clip ? (
        <Panel title={t('video.recordings.from', { when: format.dateTime(clip.from) })}>
          <ClipPlayer
            key={clip.from}
            cameraId={camera.id}
            clip={clip}
            locks={data.locks}
            onNext={() => setChosen(clip.to + 1)}
          />
        </Panel>
      ) : (
        chosen !== undefined && <p className="soft">{t('video.recordings.nothing')}</p>
      )}
      {events.length > 0 && <HourEvents events={events} onChoose={setChosen} />}
      {lost.length > 0 && (
        <Panel title={t('video.recordings.lost')} flush>
          <LostTable rows={lost} onChoose={setChosen} />
        </Panel>
      )}
    </>
  );
}
