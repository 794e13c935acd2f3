import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useReason } from '../../app/i18n/use-note.ts';
import { useSession } from '../../app/session.tsx';
import { Panel } from '../../components/panel.tsx';
import { StateMark, type Tone } from '../../components/state-mark.tsx';
import { useUsers } from '../access/use-access.ts';
import { useJobError } from '../jobs/use-job-error.ts';
import { useJobName } from '../jobs/use-job-name.ts';
import { useJobs } from '../jobs/use-jobs.ts';
import { type Concern, concernsOf } from './attention.ts';
import styles from './attention-panel.module.css';
import type { DayOfPlant } from './use-day.ts';

const shownAtFirst = 6;
const dayMs = 86_400_000;

/** What asks for someone; when nothing does, it says so. */
export function AttentionPanel({ day }: { day: DayOfPlant }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [all, setAll] = useState(false);
  const jobs = useJobs().data ?? [];
  const users = useUsers(may('access.user.read')).data ?? [];
  const now = Date.now();
  const concerns = concernsOf(day.sources, day.delivery, jobs, users, now - dayMs, now);
  const shown = all ? concerns : concerns.slice(0, shownAtFirst);
  return (
    <Panel title={t('home.attention.title')} extra={concerns.length > 0 && <b>{concerns.length}</b>}>
      {concerns.length === 0 ? (
        <p className={styles.well} aria-busy={day.loading}>
          <Quiet day={day} />
        </p>
      ) : (
        <ul className={styles.list}>
          {shown.map((concern) => (
            <li key={`${concern.kind} ${concern.to}`}>
              <Line concern={concern} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < concerns.length && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('home.attention.more', { n: concerns.length - shown.length })}
        </button>
      )}
    </Panel>
  );
}

/** Nothing to do is said only when it is so: sources that are still being connected are not well yet. */
function Quiet({ day }: { day: DayOfPlant }) {
  const { t } = useTranslation();
  if (day.loading) return '…';
  const connecting = day.sources.filter(({ state }) => state.state === 'connecting').length;
  if (connecting > 0) return <StateMark tone="busy">{t('home.attention.connecting', { n: connecting })}</StateMark>;
  return <StateMark tone="good">{t('home.attention.none')}</StateMark>;
}

function Line({ concern }: { concern: Concern }) {
  const { tone, subject, text } = useWords(concern);
  return (
    <Link to={concern.to} className={styles.line}>
      <StateMark tone={tone}>{subject}</StateMark>
      <span className={styles.text} title={text}>
        {text}
      </span>
    </Link>
  );
}

function useWords(concern: Concern): { tone: Tone; subject: string; text: string } {
  const { t } = useTranslation();
  const format = useFormat();
  const jobName = useJobName();
  const why = useReason();
  const jobError = useJobError();
  switch (concern.kind) {
    case 'source': {
      const { name, state } = concern.source;
      return { tone: state.state === 'offline' ? 'bad' : 'warn', subject: name, text: why(state.message, state.note) };
    }
    case 'delivery': {
      const { missing, partial, rejected, source } = concern;
      const parts = [
        missing > 0 && t('home.attention.missing', { n: missing }),
        partial > 0 && t('home.attention.partial', { n: partial }),
        rejected > 0 && t('home.attention.rejected', { n: format.number(rejected, 0) }),
      ];
      return { tone: missing > 0 ? 'bad' : 'warn', subject: source.name, text: parts.filter(Boolean).join(' · ') };
    }
    case 'job': {
      const { type, error } = concern.job;
      return { tone: 'bad', subject: jobName(type), text: error ? jobError(error) : t('jobs.state.failed') };
    }
    case 'user': {
      const { name, lockedUntil } = concern.user;
      return { tone: 'warn', subject: name, text: t('home.attention.locked', { until: format.minute(lockedUntil) }) };
    }
  }
}
