import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { orderTones, priorities } from '../tones.ts';
import type { Order } from '../types.ts';
import { useOrders } from '../use-orion.ts';
import { OrderForm } from './order-form.tsx';
import { OrdersBoard } from './orders-board.tsx';

const views = ['unfinished', 'mine', 'overdue', 'all'] as const;

/** What there is to do, as a list or a board. */
export function OrdersPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { may } = useSession();
  const { siteId } = useSite();
  const [view, setView] = useParameter('view');
  const [shape, setShape] = useParameter('shape');
  const [priority, setPriority] = useParameter('priority');
  const [raising, setRaising] = useState(false);
  const chosen = views.find((one) => one === view) ?? 'unfinished';
  const urgent = priorities.find((one) => one === priority);
  const { data, error, refetch } = useOrders({
    ...(chosen === 'unfinished' && shape !== 'board' && { state: 'open,in-progress' as never }),
    ...(chosen === 'mine' && { owner: 'me' as const }),
    ...(chosen === 'overdue' && { overdue: 'true' as const }),
    ...(siteId && { siteId }),
    ...(urgent && { priority: urgent }),
  });
  const columns: Column<Order>[] = [
    { key: 'number', title: t('health.number'), value: ({ number }) => number },
    {
      key: 'title',
      title: t('health.orderWhat'),
      value: ({ title }) => title,
      width: 320,
      render: ({ title, nodeName, siteName }) => (
        <span className="wrap">
          <strong data-raw>{title}</strong>
          <br />
          <small className="faint" data-raw>
            {siteName} · {nodeName}
          </small>
        </span>
      ),
    },
    { key: 'asset', title: t('health.asset'), value: ({ nodeName }) => nodeName, exportOnly: true },
    {
      key: 'state',
      title: t('health.state'),
      value: ({ state }) => t(`health.orderState.${state}`),
      render: ({ state }) => <StateMark tone={orderTones[state]}>{t(`health.orderState.${state}`)}</StateMark>,
    },
    { key: 'priority', title: t('health.priority'), value: ({ priority: one }) => t(`health.priorities.${one}`) },
    {
      key: 'owner',
      title: t('health.owner'),
      value: ({ owner }) => owner?.name ?? null,
      render: ({ owner }) => <span data-raw>{owner?.name ?? '–'}</span>,
    },
    {
      key: 'due',
      title: t('health.due'),
      value: ({ dueAt }) => dueAt,
      searched: false,
      render: ({ dueAt, overdue, timezone }) =>
        dueAt ? (
          <span className="nowrap">
            {format.minute(dueAt, timezone)} {overdue && <Tag color="error">{t('health.overdue')}</Tag>}
          </span>
        ) : (
          '–'
        ),
    },
    {
      key: 'checked',
      title: t('health.checklist'),
      value: ({ checked, toCheck }) => (toCheck ? `${checked}/${toCheck}` : null),
    },
    { key: 'cause', title: t('health.cause'), value: ({ outcome }) => outcome?.cause ?? null, exportOnly: true },
    { key: 'action', title: t('health.action'), value: ({ outcome }) => outcome?.action ?? null, exportOnly: true },
    { key: 'minutes', title: t('health.minutes'), value: ({ minutes }) => minutes, exportOnly: true },
  ];
  const add = may('cloud.order.manage') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setRaising(true)}>
      {t('health.raise')}
    </Button>
  );
  return (
    <>
      <PageHeader page="orders">
        <Segmented
          aria-label={t('health.shape')}
          value={shape === 'board' ? 'board' : 'list'}
          onChange={(next) => setShape(next === 'board' ? 'board' : undefined)}
          options={(['list', 'board'] as const).map((value) => ({ value, label: t(`health.shapes.${value}`) }))}
        />
        <Segmented
          aria-label={t('health.view')}
          value={chosen}
          onChange={(next) => setView(next === 'unfinished' ? undefined : next)}
          options={views.map((value) => ({ value, label: t(`health.orderView.${value}`) }))}
        />
        {add}
      </PageHeader>
      {shape === 'board' ? (
        <OrdersBoard orders={data ?? []} />
      ) : (
        <DataTable<Order>
          name="work-orders"
          rows={data}
          columns={columns}
          rowKey={({ id }) => id}
          error={error}
          onRetry={() => void refetch()}
          onOpen={({ id }) => navigate(`/orders/${id}`)}
          filters={
            <FilterSelect
              label={t('health.priority')}
              value={priority}
              onChange={setPriority}
              options={priorities.map((value) => ({ value, label: t(`health.priorities.${value}`) }))}
            />
          }
          empty={
            <EmptyState title={t('health.noOrders')} text={t('health.noOrdersNext')}>
              {add}
            </EmptyState>
          }
        />
      )}
      {raising && <OrderForm onClose={() => setRaising(false)} />}
    </>
  );
}
