import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../../api/api-error.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Facts } from '../../../components/fact-list.tsx';
import { Splash } from '../../../components/splash.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useErrorText } from '../../../components/use-error-text.ts';
import { DeliveryState } from '../deliveries/delivery-state.tsx';
import { SeverityMark } from '../severity-mark.tsx';
import type { Alert, AlertDetail, AlertGroup } from '../types.ts';
import { useAlertText } from '../use-alert-text.ts';
import { AlertMark } from './alert-mark.tsx';
import styles from './alerts.module.css';
import { alertPictureUrl, stateOf } from './use-alert-columns.tsx';
import { useAlert } from './use-raised.ts';

interface AlertDrawerProps {
  readonly id: string;
  /** Of the list; a step is one of all that the row of the alert stands for. */
  readonly rows: readonly AlertGroup[] | undefined;
  /** Left out for who may not. */
  readonly onTake: ((row: AlertGroup, state: Alert['state'], note?: string) => void) | undefined;
  onClose(): void;
}

/** One alert: its picture, what it is about, who has it in hand, and where it was sent. */
export function AlertDrawer({ id, rows, onTake, onClose }: AlertDrawerProps) {
  const { t } = useTranslation();
  const said = useAlertText();
  const { data, error, refetch } = useAlert(id);
  const row = data && (rows?.find((one) => stands(one, data)) ?? rowOf(data));
  return (
    <Drawer
      open
      mask={false}
      size={480}
      title={data ? <span data-raw>{said(data.title)}</span> : t('alerts.raised.one')}
      extra={row && <AlertMark state={stateOf(row)} />}
      onClose={onClose}
    >
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data && row ? (
        <Detail alert={data} row={row} onTake={onTake} />
      ) : (
        <Splash />
      )}
    </Drawer>
  );
}

/** Whether a row stands for an alert: a group goes on doing so when a newer one came to it. */
const stands = ({ newest, count }: AlertGroup, alert: AlertDetail): boolean =>
  newest.id === alert.id ||
  (count > 1 &&
    newest.module === alert.module &&
    newest.kind === alert.kind &&
    newest.subject === alert.subject &&
    newest.siteId === alert.siteId);

/** An alert that no row of the list stands for: it was opened by its address. */
const rowOf = (alert: AlertDetail): AlertGroup => ({
  ...{ newest: alert, count: 1, severity: alert.severity, firstAt: alert.at },
  ...{ open: Number(alert.state === 'open'), acknowledged: Number(alert.state === 'acknowledged') },
  ...{ channels: alert.channels, delivered: alert.delivered, undelivered: alert.undelivered },
});

function Detail({ alert, row, onTake }: { alert: AlertDetail; row: AlertGroup; onTake: AlertDrawerProps['onTake'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useAlertText();
  return (
    <>
      {alert.showsPicture && (
        <img className={styles.picture} src={alertPictureUrl(alert.id)} alt={t('alerts.raised.picture')} />
      )}
      <div className={styles.head}>
        <SeverityMark severity={alert.severity} />
        {alert.link && <Link to={alert.link}>{t('alerts.raised.open')}</Link>}
      </div>
      {said(alert.text) && <p data-raw>{said(alert.text)}</p>}
      <Handled alert={alert} />
      {onTake && <Steps key={stateOf(row)} row={row} onTake={onTake} />}
      <Facts
        value={{
          [t('alerts.deliveries.at')]: alert.at,
          ...(Math.abs(Date.parse(alert.raisedAt) - Date.parse(alert.at)) > 120_000 && {
            [t('alerts.raised.raisedAt')]: alert.raisedAt,
          }),
          ...(alert.siteName && { [t('shell.site')]: alert.siteName }),
          ...(row.count > 1 && {
            [t('alerts.raised.group')]: t('alerts.raised.groupSays', {
              n: format.number(row.count, 0),
              when: format.minute(row.firstAt),
            }),
          }),
        }}
      />
      <h3 className={styles.title}>{t('alerts.raised.delivery')}</h3>
      <Deliveries alert={alert} />
    </>
  );
}

function Handled({ alert: { state, handledBy, handledAt, note } }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  if (!handledBy || state === 'open') return null;
  return (
    <p className={styles.handled}>
      {t(`alerts.raised.by.${state}`, { who: term('actor', handledBy), when: format.minute(handledAt) })}
      {note && <q data-raw>{note}</q>}
    </p>
  );
}

function Steps({ row, onTake }: { row: AlertGroup; onTake: NonNullable<AlertDrawerProps['onTake']> }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const state = stateOf(row);
  const take = (to: Alert['state']) => onTake(row, to, note.trim());
  if (state === 'resolved')
    return (
      <Button size="small" onClick={() => take('open')}>
        {t('alerts.step.open')} <kbd>u</kbd>
      </Button>
    );
  return (
    <div className={styles.note}>
      <Input.TextArea
        value={note}
        maxLength={2000}
        autoSize={{ minRows: 1, maxRows: 5 }}
        placeholder={t('alerts.raised.noteHint')}
        aria-label={t('alerts.raised.noteHint')}
        onChange={(change) => setNote(change.target.value)}
      />
      <span className={styles.steps}>
        {state === 'open' && (
          <Button type="primary" onClick={() => take('acknowledged')}>
            {t('alerts.step.acknowledged')} <kbd>a</kbd>
          </Button>
        )}
        <Button onClick={() => take('resolved')}>
          {t('alerts.step.resolved')} <kbd>r</kbd>
        </Button>
        {state === 'acknowledged' && (
          <Button type="text" onClick={() => take('open')}>
            {t('alerts.step.open')} <kbd>u</kbd>
          </Button>
        )}
      </span>
      {row.count > 1 && <span className="faint">{t('alerts.raised.wholeGroup', { n: row.count })}</span>}
    </div>
  );
}

function Deliveries({ alert: { deliveries, channels } }: { alert: AlertDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  if (deliveries.length === 0)
    return (
      <p className="soft">
        {t(channels > 0 ? 'alerts.raised.elsewhere' : 'alerts.raised.nobodyNext')}{' '}
        <Link to="/alerts/channels">{t('pages.alert-channels.title')}</Link>
      </p>
    );
  return (
    <ul className={styles.deliveries}>
      {deliveries.map(({ id, channel, state, attempts, nextAt, settledAt, error }) => (
        <li key={channel.id}>
          <span className={styles.way}>
            <b data-raw>{channel.name}</b>
            {state === 'gathering' || state === 'held' ? (
              <StateMark tone="busy">{t(`alerts.raised.${state}`)}</StateMark>
            ) : (
              <DeliveryState state={state} />
            )}
            {id && <Link to={`/alerts/deliveries?delivery=${id}`}>{t('alerts.deliveries.one')}</Link>}
          </span>
          <small className="faint">
            {nextAt && attempts > 0
              ? t('alerts.deliveries.progress', { n: attempts, time: format.clock(nextAt) })
              : nextAt
                ? t('alerts.raised.goesAt', { time: format.clock(nextAt) })
                : settledAt && format.dateTime(settledAt)}
          </small>
          {error && state !== 'delivered' && <small className="soft">{errorText(new ApiError(error)).message}</small>}
        </li>
      ))}
    </ul>
  );
}
