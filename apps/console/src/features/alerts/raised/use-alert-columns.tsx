import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { SeverityMark } from '../severity-mark.tsx';
import type { Alert, AlertGroup } from '../types.ts';
import { useAlertText } from '../use-alert-text.ts';
import { AlertMark } from './alert-mark.tsx';
import styles from './alerts.module.css';
import { DeliverySum, useDeliverySum } from './delivery-sum.tsx';

export const alertPictureUrl = (id: string): string => `/api/cloud/alerts/${id}/picture`;

/** What a row stands for as one state: the least far of its alerts. */
export const stateOf = ({ open, acknowledged }: AlertGroup): Alert['state'] =>
  open > 0 ? 'open' : acknowledged > 0 ? 'acknowledged' : 'resolved';

/** `take`: left out for who may not. */
export function useAlertColumns(
  take: ((row: AlertGroup, state: Alert['state']) => void) | undefined,
): Column<AlertGroup>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const said = useAlertText();
  const { may } = useSession();
  const sum = useDeliverySum();
  const step = (row: AlertGroup, state: Alert['state'], primary = false) => (
    <Button
      size="small"
      type={primary ? 'primary' : 'default'}
      onClick={(event) => {
        event.stopPropagation();
        take?.(row, state);
      }}
    >
      {t(`alerts.step.${state}`)}
    </Button>
  );
  return [
    {
      key: 'picture',
      title: '',
      value: () => null,
      width: 104,
      render: ({ newest: { id, picture, pictureRight } }) =>
        picture && pictureRight && may(pictureRight) ? (
          <img className={styles.thumb} src={alertPictureUrl(id)} alt="" loading="lazy" />
        ) : (
          <span className={styles.thumb} />
        ),
    },
    {
      key: 'what',
      title: t('alerts.deliveries.what'),
      value: ({ newest }) => said(newest.title),
      width: 320,
      render: ({ newest, count }) => (
        <span className="wrap">
          <strong data-raw>{said(newest.title)}</strong>
          {count > 1 && <span className={styles.times}>{t('alerts.raised.times', { n: count })}</span>}
          {newest.siteName && (
            <small className={styles.below} data-raw>
              {newest.siteName}
            </small>
          )}
        </span>
      ),
    },
    {
      key: 'at',
      title: t('alerts.raised.last'),
      value: ({ newest }) => newest.at,
      render: ({ newest, count, firstAt }) => (
        <>
          <time dateTime={newest.at} className="nowrap">
            {format.dateTime(newest.at)}
          </time>
          {count > 1 && (
            <small className={styles.below}>{t('alerts.raised.since', { when: format.minute(firstAt) })}</small>
          )}
        </>
      ),
    },
    {
      key: 'severity',
      title: t('alerts.deliveries.severity'),
      value: ({ severity }) => t(`alerts.severity.${severity}`),
      render: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      key: 'state',
      title: t('alerts.state'),
      value: (row) => t(`alerts.alertState.${stateOf(row)}`),
      render: (row) => (
        <>
          <AlertMark state={stateOf(row)} />
          {row.newest.state !== 'open' && row.newest.handledBy && (
            <small className={styles.below}>{term('actor', row.newest.handledBy)}</small>
          )}
          {row.open > 0 && row.count > 1 && (
            <small className={styles.below}>{t('alerts.raised.openOf', { n: row.open, of: row.count })}</small>
          )}
        </>
      ),
    },
    { key: 'note', title: t('alerts.raised.note'), value: ({ newest }) => newest.note || null, exportOnly: true },
    {
      key: 'told',
      title: t('alerts.raised.delivery'),
      value: sum,
      render: (row) => <DeliverySum {...row} />,
    },
    { key: 'id', title: 'id', value: ({ newest }) => newest.id, exportOnly: true },
    ...(take
      ? [
          {
            key: 'steps',
            title: '',
            value: () => null,
            render: (row: AlertGroup) => (
              <span className={styles.steps}>
                {row.open > 0 && step(row, 'acknowledged', true)}
                {stateOf(row) !== 'resolved' ? step(row, 'resolved') : step(row, 'open')}
              </span>
            ),
          },
        ]
      : []),
  ];
}
