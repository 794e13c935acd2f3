import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import type { DriftEvent, DriftOf, Station } from '../types.ts';
import { CourseLine } from './course-line.tsx';
import styles from './drift.module.css';
import { useDrift } from './use-drift.ts';

const tones: Readonly<Record<DriftOf['state'], Tone>> = { changed: 'bad', near: 'warn', 'as trained': 'good' };
const words = { changed: 'changed', near: 'near', 'as trained': 'same' } as const;

/** Whether score, brightness, focus, position and colour are still those of the training set. */
export function DriftPanel({ station }: { station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useDrift(station.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const past = data.events.filter(({ endedAt }) => endedAt !== null);
  return (
    <Panel
      title={t('parts.drift.title')}
      extra={<span className="soft">{t('parts.drift.few', { n: format.number(data.partsPerFalseAlarm, 0) })}</span>}
    >
      {!data.known && <p className="soft">{t('parts.drift.unknown')}</p>}
      {data.known && data.quantities.length === 0 && (
        <p className="soft">{t('parts.drift.needMore', { n: format.number(data.parts, 0) })}</p>
      )}
      {data.quantities.some(({ state }) => state === 'changed') && (
        <p className={styles.hint}>{t('parts.drift.bannerHint')}</p>
      )}
      <ul className={styles.quantities}>
        {data.quantities.map((drift) => (
          <Quantity
            key={drift.quantity}
            drift={drift}
            station={station}
            event={data.events.find(({ quantity, endedAt }) => quantity === drift.quantity && endedAt === null)}
          />
        ))}
      </ul>
      {past.length > 0 && <Past events={past} station={station} />}
    </Panel>
  );
}

interface QuantityProps {
  readonly drift: DriftOf;
  readonly station: Station;
  /** Of the change that was told and is not over. */
  readonly event: DriftEvent | undefined;
}

function Quantity({ drift, station, event }: QuantityProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useSiteZone(station.siteId);
  const name = t(`parts.drift.quantities.${drift.quantity}`);
  const { now, training } = drift;
  // Three figures of what the numbers differ in, whatever their size.
  const size = Math.max(Math.abs(training.high), Math.abs(now), 1e-9);
  const digits = Math.min(Math.max(2 - Math.floor(Math.log10(size)), 0), 6);
  const number = (value: number) => format.number(value, digits);
  const since = event?.since ?? drift.since;
  return (
    <li data-state={drift.state}>
      <p className={styles.head}>
        <b>{name}</b> <StateMark tone={tones[drift.state]}>{t(`parts.drift.${words[drift.state]}`)}</StateMark>
        {event && <EvidenceLink id={event.findingId} />}
      </p>
      <CourseLine drift={drift} name={name} />
      <p className="soft">
        {t('parts.drift.now', { now: number(now), low: number(training.low), high: number(training.high) })}
      </p>
      {drift.state === 'changed' && since && (
        <p className={styles.since}>{t('parts.drift.since', { at: format.minute(since, zone) })}</p>
      )}
    </li>
  );
}

function Past({ events, station }: { events: readonly DriftEvent[]; station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useSiteZone(station.siteId);
  return (
    <details className={styles.past}>
      <summary>{t('parts.drift.past')}</summary>
      <ul>
        {events.map(({ id, quantity, since, endedAt, findingId }) => (
          <li key={id}>
            {t('parts.drift.was', {
              name: t(`parts.drift.quantities.${quantity}`),
              from: format.minute(since, zone),
              to: format.minute(endedAt, zone),
            })}{' '}
            <EvidenceLink id={findingId} />
          </li>
        ))}
      </ul>
    </details>
  );
}
