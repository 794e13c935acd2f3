import { Button, Drawer, Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useRuleWords } from '../camera/rules/use-rule-words.ts';
import { SeverityMark } from '../shared/severity-mark.tsx';
import { useDoubt } from '../shared/use-doubt.ts';
import { useRuleName } from '../shared/use-rule-name.ts';
import type { CameraEvent } from '../types.ts';
import { EventPicture } from './event-picture.tsx';
import styles from './events.module.css';
import { ReviewMark } from './review-mark.tsx';
import { useClipReason } from './use-clip-reason.ts';
import { useEvent, type Verdict } from './use-events.ts';

interface EventDrawerProps {
  readonly id: string;
  /** As the list has it; asked for where it has not. */
  readonly known: CameraEvent | undefined;
  /** Left out for who may not judge. */
  readonly onReview: ((verdict: Verdict) => void) | undefined;
  onClose(): void;
}

/** One event with its clip, picture, doubts and proof. The list stays in reach beside it. */
export function EventDrawer({ id, known, onReview, onClose }: EventDrawerProps) {
  const asked = useEvent(known ? undefined : id);
  const event = known ?? asked.data;
  const words = useRuleWords();
  const nameOf = useRuleName();
  return (
    <Drawer
      open
      mask={false}
      size={480}
      title={event ? <span data-raw>{nameOf(event)}</span> : undefined}
      extra={event && <ReviewMark state={event.state} />}
      onClose={onClose}
      aria-label={event ? words.kind(event.kind) : undefined}
    >
      {asked.error ? (
        <ErrorNotice error={asked.error} />
      ) : event ? (
        <View event={event} onReview={onReview} />
      ) : (
        <Splash />
      )}
    </Drawer>
  );
}

function View({ event, onReview }: { event: CameraEvent; onReview: EventDrawerProps['onReview'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const words = useRuleWords();
  const { may } = useSession();
  const { details } = event;
  return (
    <>
      {may('matrixvision.video.read') ? (
        <Media key={event.id} event={event} />
      ) : (
        <p className="soft">{t('video.live.noRight')}</p>
      )}
      {onReview && <Review key={`${event.id} ${event.state}`} event={event} onReview={onReview} />}
      <Doubts event={event} />
      <dl className={styles.facts}>
        <Fact name={t('video.events.at')}>{format.dateTime(event.at)}</Fact>
        {details.since !== event.at && <Fact name={t('video.events.since')}>{format.dateTime(details.since)}</Fact>}
        <Fact name={t('pages.camera.title')}>
          <Link to={`/video/cameras/${event.cameraId}`}>{event.cameraName}</Link>
        </Fact>
        <Fact name={t('video.events.kind')}>{words.kind(event.kind)}</Fact>
        <Fact name={t('video.events.severity')}>
          <SeverityMark severity={event.severity} />
        </Fact>
        {event.label && (
          <Fact name={t('video.events.label')}>
            {term('label', event.label)} <span className="faint">{event.tracks.join(', ')}</span>
          </Fact>
        )}
        {Object.entries(details.values).map(([name, value]) => (
          <Fact key={name} name={words.count(name)}>
            {typeof value === 'number' ? format.number(value, 2) : words.choice(name, value)}
          </Fact>
        ))}
        {details.suppressed > 0 && (
          <Fact name={t('video.events.suppressed')}>{format.number(details.suppressed, 0)}</Fact>
        )}
        {event.keptBack && (
          <Fact name={t('video.events.keptBack.title')}>{t(`video.events.keptBack.${event.keptBack}`)}</Fact>
        )}
        <Fact name={t('video.events.ruleVersion')}>{event.ruleVersion}</Fact>
        {event.detector && (
          <Fact name={t('video.events.detector')}>
            <span data-raw>
              {event.detector.name} {event.detector.version}, {event.detector.provider.toUpperCase()}
            </span>{' '}
            <HashText hash={event.detector.sha256} />
          </Fact>
        )}
        <Fact name={t('evidence.title')}>
          {event.findingId ? (
            <EvidenceLink id={event.findingId} />
          ) : (
            <span className="faint">
              {t(event.proofMissing ? `video.events.proofMissing.${event.proofMissing}` : 'video.events.proofPending')}
            </span>
          )}
        </Fact>
      </dl>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The clip where there is one, else the picture and why there is none. */
function Media({ event }: { event: CameraEvent }) {
  const { t } = useTranslation();
  const why = useClipReason();
  const [failed, setFailed] = useState(false);
  const { clipState, clipReason, id } = event;
  return (
    <>
      {clipState === 'ready' && !failed ? (
        <video
          className={styles.clip}
          src={`/api/matrixvision/events/${id}/clip.mp4`}
          poster={event.hasPicture ? `/api/matrixvision/events/${id}/picture.jpg` : undefined}
          controls
          muted
          playsInline
          aria-label={t('video.events.clip')}
          onError={() => setFailed(true)}
        />
      ) : (
        <EventPicture event={event} />
      )}
      <p className={styles.mediaNote}>
        {failed
          ? t('video.events.clipFailed')
          : clipState === 'pending'
            ? t('video.events.clipPending')
            : clipState === 'none'
              ? why(clipReason)
              : ''}
        {clipState === 'ready' && (
          <a href={`/api/matrixvision/events/${id}/clip.mp4`} download={`event-${id}.mp4`}>
            {t('video.events.download')}
          </a>
        )}
      </p>
      {clipState === 'ready' && !failed && event.hasPicture && <EventPicture event={event} />}
    </>
  );
}

function Doubts({ event: { doubts } }: { event: CameraEvent }) {
  const { t } = useTranslation();
  const doubt = useDoubt();
  if (doubts.length === 0) return null;
  return (
    <div className={styles.doubtBox}>
      <b>{t('video.events.doubtsTitle')}</b>
      <ul>
        {doubts.map((each) => (
          <li key={each}>{doubt(each)}</li>
        ))}
      </ul>
    </div>
  );
}

function Review({ event, onReview }: { event: CameraEvent; onReview(verdict: Verdict): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const [note, setNote] = useState(event.reviewNote ?? '');
  useEffect(() => setNote(event.reviewNote ?? ''), [event.reviewNote]);
  const give = (state: CameraEvent['state']) => onReview({ id: event.id, state, note: state === 'open' ? '' : note });
  return (
    <div className={styles.review}>
      {event.state === 'open' ? (
        <>
          <Input
            value={note}
            maxLength={2000}
            placeholder={t('video.events.note')}
            aria-label={t('video.events.note')}
            onChange={(change) => setNote(change.target.value)}
          />
          <span className={styles.buttons}>
            <Button type="primary" onClick={() => give('confirmed')}>
              {t('video.events.confirm')} <kbd>c</kbd>
            </Button>
            <Button onClick={() => give('rejected')}>
              {t('video.events.reject')} <kbd>r</kbd>
            </Button>
          </span>
        </>
      ) : (
        <>
          <p>
            {t(`video.review.by.${event.state}`, {
              who: term('actor', event.reviewedBy ?? ''),
              when: format.minute(event.reviewedAt),
            })}
            {event.reviewNote && <q data-raw>{event.reviewNote}</q>}
          </p>
          <Button size="small" onClick={() => give('open')}>
            {t('actions.undo')} <kbd>u</kbd>
          </Button>
        </>
      )}
    </div>
  );
}
