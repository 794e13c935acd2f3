import { Button, Drawer, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../../api/api-error.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Facts } from '../../../components/fact-list.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useErrorText } from '../../../components/use-error-text.ts';
import { SeverityMark } from '../severity-mark.tsx';
import type { DeliveryDetail } from '../types.ts';
import { useAlertText } from '../use-alert-text.ts';
import { useDelivery, useResend } from '../use-alerts.ts';
import styles from './deliveries.module.css';
import { DeliveryState } from './delivery-state.tsx';
import { useDeliveryTitle } from './use-delivery-title.ts';

/** One message: every attempt, and the alerts that stand in it. */
export function DeliveryDrawer({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useDelivery(id);
  const titleOf = useDeliveryTitle();
  return (
    <Drawer open size={720} title={data ? titleOf(data) : t('alerts.deliveries.one')} onClose={onClose}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <Detail delivery={data} />
      ) : (
        <Splash />
      )}
    </Drawer>
  );
}

function Detail({ delivery }: { delivery: DeliveryDetail }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const resend = useResend();
  const isLost = delivery.state === 'undelivered' || delivery.state === 'cancelled';
  return (
    <>
      <div className={styles.head}>
        <DeliveryState state={delivery.state} />
        {isLost && delivery.purpose === 'alerts' && may('cloud.alert.resend') && (
          <Button type="primary" size="small" loading={resend.isPending} onClick={() => resend.mutate(delivery.id)}>
            {t('alerts.deliveries.resend')}
          </Button>
        )}
      </div>
      {delivery.error && <ErrorNotice error={new ApiError(delivery.error)} />}
      <Facts
        value={{
          [t('alerts.deliveries.channel')]: delivery.channel.name,
          [t('alerts.deliveries.made')]: delivery.createdAt,
          ...(delivery.nextAt && { [t('alerts.deliveries.next')]: delivery.nextAt }),
          ...(delivery.state === 'waiting' && { [t('alerts.deliveries.giveUp')]: delivery.giveUpAt }),
          ...(delivery.receipt && { [t('alerts.deliveries.receipt')]: delivery.receipt }),
          [t('alerts.deliveries.id')]: delivery.id,
        }}
      />
      <h3 className={styles.title}>{t('alerts.deliveries.tries')}</h3>
      {delivery.tries.length > 0 ? (
        <Tries tries={delivery.tries} />
      ) : (
        <p className="soft">{t('alerts.deliveries.untried')}</p>
      )}
      {delivery.items.length > 0 && (
        <>
          <h3 className={styles.title}>{t('alerts.deliveries.items', { n: delivery.items.length })}</h3>
          <Items items={delivery.items} />
        </>
      )}
    </>
  );
}

function Tries({ tries }: { tries: DeliveryDetail['tries'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const errorText = useErrorText();
  const outcome = ({ receipt, error, endedAt }: DeliveryDetail['tries'][number]) =>
    receipt ?? (error ? errorText(new ApiError(error)).message : t(`alerts.deliveries.${endedAt ? 'none' : 'open'}`));
  return (
    <Table
      size="small"
      rowKey="number"
      dataSource={tries}
      pagination={{ pageSize: 10, hideOnSinglePage: true, size: 'small' }}
      columns={[
        { key: 'number', title: t('alerts.deliveries.number'), dataIndex: 'number', width: 60 },
        { key: 'at', title: t('alerts.deliveries.at'), width: 190, render: (_, { at }) => format.dateTime(at) },
        { key: 'outcome', title: t('alerts.deliveries.outcome'), render: (_, one) => outcome(one) },
      ]}
    />
  );
}

function Items({ items }: { items: DeliveryDetail['items'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const said = useAlertText();
  return (
    <Table
      size="small"
      rowKey="id"
      dataSource={items}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      columns={[
        { key: 'at', title: t('alerts.deliveries.at'), width: 190, render: (_, { at }) => format.dateTime(at) },
        {
          key: 'severity',
          title: t('alerts.deliveries.severity'),
          width: 100,
          render: (_, { severity }) => <SeverityMark severity={severity} />,
        },
        {
          key: 'title',
          title: t('alerts.deliveries.what'),
          render: (_, { title, link, siteName }) => (
            <>
              {link ? <Link to={link}>{said(title)}</Link> : said(title)}
              {siteName && <div className="soft">{siteName}</div>}
            </>
          ),
        },
      ]}
    />
  );
}
