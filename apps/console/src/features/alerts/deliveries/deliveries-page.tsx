import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../../../api/api-error.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useErrorText } from '../../../components/use-error-text.ts';
import { useParameter } from '../../../components/use-parameter.ts';
import { SeverityMark } from '../severity-mark.tsx';
import { type Delivery, deliveryStates } from '../types.ts';
import { useDeliveries, useResend, useSiteChannels } from '../use-alerts.ts';
import styles from './deliveries.module.css';
import { DeliveryDrawer } from './delivery-drawer.tsx';
import { DeliveryState } from './delivery-state.tsx';
import { useDeliveryTitle } from './use-delivery-title.ts';

/** What went out, what waits, and what did not arrive. */
export function DeliveriesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const errorText = useErrorText();
  const titleOf = useDeliveryTitle();
  const { data: channels } = useSiteChannels();
  const [state, setState] = useParameter('state');
  const [channelId, setChannel] = useParameter('channel');
  const [openId, choose] = useParameter('delivery');
  const wanted = deliveryStates.find((one) => one === state);
  const { data, error, refetch, more } = useDeliveries({
    ...(wanted && { state: wanted }),
    ...(channelId && { channelId }),
  });
  const resend = useResend();
  const shownIds = new Set(channels?.map(({ id }) => id));
  const why = ({ error }: Delivery) => (error ? errorText(new ApiError(error)).message : '');
  const columns: Column<Delivery>[] = [
    {
      key: 'made',
      title: t('alerts.deliveries.made'),
      value: ({ createdAt }) => createdAt,
      render: ({ createdAt }) => format.dateTime(createdAt),
      searched: false,
    },
    {
      key: 'severity',
      title: t('alerts.deliveries.severity'),
      value: ({ severity }) => t(`alerts.severity.${severity}`),
      render: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      key: 'what',
      title: t('alerts.deliveries.what'),
      value: titleOf,
      render: (delivery) => <span className="wrap">{titleOf(delivery)}</span>,
      width: 240,
    },
    { key: 'channel', title: t('alerts.deliveries.channel'), value: ({ channel }) => channel.name },
    {
      key: 'state',
      title: t('alerts.state'),
      value: ({ state }) => t(`alerts.deliveryState.${state}`),
      render: ({ state, attempts, nextAt }) => (
        <>
          <DeliveryState state={state} />
          {nextAt && (
            <div className={styles.progress}>
              <span className="soft">
                {t('alerts.deliveries.progress', { n: attempts, time: format.clock(nextAt) })}
              </span>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'attempts',
      title: t('alerts.deliveries.attempts'),
      value: ({ attempts }) => attempts,
      exportOnly: true,
      searched: false,
    },
    {
      key: 'next',
      title: t('alerts.deliveries.next'),
      value: ({ nextAt }) => nextAt,
      exportOnly: true,
      searched: false,
    },
    {
      key: 'why',
      title: t('alerts.deliveries.why'),
      value: why,
      render: (delivery) => <span className="soft wrap">{why(delivery)}</span>,
      width: 240,
    },
    {
      key: 'resend',
      title: '',
      value: () => null,
      render: ({ id, state, purpose }) =>
        (state === 'undelivered' || state === 'cancelled') &&
        purpose === 'alerts' &&
        may('cloud.alert.resend') && (
          <Button
            size="small"
            onClick={(event) => {
              event.stopPropagation();
              resend.mutate(id);
            }}
          >
            {t('alerts.deliveries.resend')}
          </Button>
        ),
    },
  ];
  return (
    <>
      <PageHeader page="alert-deliveries" />
      <DataTable<Delivery>
        name="alert-deliveries"
        rows={channels && data?.filter(({ channel }) => shownIds.has(channel.id))}
        columns={columns}
        rowKey={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => choose(id)}
        isChosen={({ id }) => id === openId}
        {...(more && { more })}
        filters={
          <>
            <FilterSelect
              label={t('alerts.state')}
              value={wanted}
              onChange={setState}
              options={deliveryStates.map((value) => ({ value, label: t(`alerts.deliveryState.${value}`) }))}
            />
            <FilterSelect
              label={t('alerts.deliveries.channel')}
              value={channelId}
              onChange={setChannel}
              options={(channels ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          </>
        }
        empty={
          state || channelId ? (
            t('table.nothingFound')
          ) : (
            <EmptyState
              title={t('alerts.deliveries.empty')}
              text={t(channels?.length ? 'alerts.deliveries.emptyNext' : 'alerts.deliveries.emptyChannels')}
            >
              <Link to="/alerts/channels">{t('pages.alert-channels.title')}</Link>
            </EmptyState>
          )
        }
      />
      {openId && <DeliveryDrawer key={openId} id={openId} onClose={() => choose(undefined)} />}
    </>
  );
}
