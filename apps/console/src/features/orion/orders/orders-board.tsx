import { Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { StateMark } from '../../../components/state-mark.tsx';
import { orderTones } from '../tones.ts';
import type { Order } from '../types.ts';

const lanes = ['open', 'in-progress', 'done'] as const;
const mostDone = 20;

/** A lane for each state; the most urgent first, then by due time. */
export function OrdersBoard({ orders }: { orders: readonly Order[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const far = '9';
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))', gap: 16 }}>
      {lanes.map((lane) => {
        const own = orders
          .filter(({ state }) => state === lane)
          .sort((a, b) => (a.dueAt ?? far).localeCompare(b.dueAt ?? far))
          .slice(0, lane === 'done' ? mostDone : undefined);
        return (
          <section key={lane} aria-label={t(`health.orderState.${lane}`)}>
            <h2 style={{ fontSize: 15 }}>
              <StateMark tone={orderTones[lane]}>
                {t(`health.orderState.${lane}`)} {own.length}
              </StateMark>
            </h2>
            <div style={{ display: 'grid', gap: 8 }}>
              {own.map((order) => (
                <Link key={order.id} to={`/orders/${order.id}`}>
                  <Card size="small" hoverable>
                    <strong data-raw>
                      {order.number} {order.title}
                    </strong>
                    <div className="faint" data-raw>
                      {order.siteName} · {order.nodeName}
                    </div>
                    <div>
                      <Tag>{t(`health.priorities.${order.priority}`)}</Tag>
                      {order.overdue && <Tag color="error">{t('health.overdue')}</Tag>}
                      <span data-raw>{order.owner?.name}</span>{' '}
                      {order.dueAt && <span className="faint">{format.minute(order.dueAt, order.timezone)}</span>}
                    </div>
                  </Card>
                </Link>
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
