import { CheckOutlined, CloseOutlined, LeftOutlined, RightOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { isTyping } from '../../../app/shell/chord.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Splash } from '../../../components/splash.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useKeyDown } from '../../../components/use-key-down.ts';
import { ExplanationOf } from '../explanation/explanation.tsx';
import { ScoreLine } from '../shared/score-line.tsx';
import { useClassName } from '../shared/use-class-name.ts';
import { VerdictMark } from '../shared/verdict-mark.tsx';
import { VerdictPicture } from '../shared/verdict-picture.tsx';
import type { Station, Verdict } from '../types.ts';
import styles from './review.module.css';
import { type ReviewedParts, useReviewQueue } from './use-review-queue.ts';

/** O good, N bad, arrows from part to part, U takes the last word back, H shows or hides the heat map. */
export function ReviewStage({ station, which }: { station: Station; which: ReviewedParts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const queue = useReviewQueue(station.id, which);
  const [heat, setHeat] = useState(true);
  const reviews = may('manuvision.verdict.review');
  const { current, items, at } = queue;
  useKeyDown((event) => {
    if (isTyping(event.target) || event.altKey || document.querySelector('[role=dialog]')) return;
    const key = event.key.toLowerCase();
    const isUndo = key === (event.ctrlKey || event.metaKey ? 'z' : 'u');
    if ((event.ctrlKey || event.metaKey) && !isUndo) return;
    if (isUndo && reviews) queue.undo();
    else if (key === 'o' && reviews) queue.say('ok');
    else if (key === 'n' && reviews) queue.say('ng');
    else if (key === 'h') setHeat((shown) => !shown);
    else if (key === 'arrowright') queue.go(at + 1);
    else if (key === 'arrowleft') queue.go(at - 1);
    else return;
    event.preventDefault();
  });
  if (queue.error) return <ErrorNotice error={queue.error} onRetry={() => void queue.refetch()} />;
  if (queue.isLoading) return <Splash />;
  if (!current)
    return (
      <EmptyState
        title={t('parts.review.empty')}
        text={t(which === 'passed' ? 'parts.review.passedHint' : 'parts.review.emptyNext')}
      >
        <Link to={`/parts/stations/${station.id}`}>{station.name}</Link>
      </EmptyState>
    );
  const open = items.filter(({ reviewed }) => reviewed === null).length;
  return (
    <div className={styles.review}>
      <div className={styles.picture}>
        <VerdictPicture verdict={current} heat={heat} />
      </div>
      <div className={styles.side}>
        <p className={styles.place} role="status">
          {t('parts.review.place', { n: format.number(at + 1, 0), of: format.number(items.length, 0) })} ·{' '}
          {t('parts.review.open', { n: format.number(open, 0) })}
        </p>
        {which === 'passed' && <p className="soft">{t('parts.review.passedHint')}</p>}
        <Facts verdict={current} />
        {reviews ? (
          <div className={styles.words}>
            <Button size="large" icon={<CheckOutlined />} className={styles.good!} onClick={() => queue.say('ok')}>
              {t('parts.review.good')} <kbd>O</kbd>
            </Button>
            <Button size="large" icon={<CloseOutlined />} className={styles.bad!} onClick={() => queue.say('ng')}>
              {t('parts.review.bad')} <kbd>N</kbd>
            </Button>
          </div>
        ) : (
          <p className="soft">{t('parts.review.noRight')}</p>
        )}
        <div className={styles.steps}>
          <Button icon={<LeftOutlined />} aria-label={t('parts.review.before')} onClick={() => queue.go(at - 1)} />
          <Button icon={<RightOutlined />} aria-label={t('parts.review.after')} onClick={() => queue.go(at + 1)} />
          {reviews && (
            <Button icon={<UndoOutlined />} disabled={!queue.canUndo} onClick={queue.undo}>
              {t('actions.undo')} <kbd>U</kbd>
            </Button>
          )}
          <span className={styles.heat}>
            <Switch size="small" checked={heat} onChange={setHeat} aria-label={t('parts.heat.show')} />
            <span aria-hidden="true">
              {t('parts.heat.show')} <kbd>H</kbd>
            </span>
          </span>
        </div>
        {open === 0 && (
          <p className={styles.done}>
            {t('parts.review.done')}{' '}
            <Button size="small" loading={queue.isFetching} onClick={() => void queue.refetch()}>
              {t('parts.review.more')}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

const saidKey = {
  rejected: { ok: 'parts.review.saidGood', ng: 'parts.review.saidBad' },
  passed: { ok: 'parts.review.rightlyPassed', ng: 'parts.review.missed' },
} as const;

function Facts({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const classText = useClassName();
  const format = useFormat();
  const { reviewed, reviewedBy, class: name, value, findingId } = verdict;
  return (
    <div className={styles.facts}>
      <p className={styles.machine}>
        <span className="soft">{t('parts.review.machine')}</span> <VerdictMark verdict={verdict.verdict} />
        {(name || value) && <b data-raw>{[name && classText(name), value].filter(Boolean).join(' · ')}</b>}
      </p>
      <ScoreLine verdict={verdict} />
      <p>
        <span data-raw className="wrap">
          {verdict.fileName}
        </span>
        <br />
        <span className="soft">{format.dateTime(verdict.at)}</span>
      </p>
      {reviewed && (
        <p>
          <StateMark tone={reviewed === 'ok' ? 'good' : 'bad'}>
            {t(saidKey[verdict.verdict === 'ok' ? 'passed' : 'rejected'][reviewed])}
          </StateMark>{' '}
          {reviewedBy && (
            <span className="soft" data-raw>
              {reviewedBy}
            </span>
          )}
        </p>
      )}
      <ExplanationOf verdict={verdict} />
      {findingId && (
        <p>
          <EvidenceLink id={findingId}>{t('parts.review.verify')}</EvidenceLink>
        </p>
      )}
    </div>
  );
}
