import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Channel } from '../types.ts';
import styles from './channels.module.css';

const states = ['waiting', 'undelivered', 'delivered'] as const;

/** What is being gathered for a channel, and what became of its messages; each leads to the list of them. */
export function ChannelMessages({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { id, gathering, held, nextAt } = channel;
  const shown = states.filter((state) => channel[state] > 0);
  if (shown.length === 0 && gathering + held === 0) return <span className="faint">–</span>;
  return (
    <div className={styles.messages}>
      {gathering + held > 0 && (
        <span>
          {t(held > 0 ? 'alerts.channels.heldUntil' : 'alerts.channels.gatheredUntil', {
            n: format.number(gathering + held, 0),
            time: format.minute(nextAt),
          })}
        </span>
      )}
      {shown.map((state) => (
        <Link
          key={state}
          to={`/alerts/deliveries?channel=${id}&state=${state}`}
          onClick={(event) => event.stopPropagation()}
        >
          {t('alerts.channels.count', {
            n: format.number(channel[state], 0),
            state: t(`alerts.deliveryState.${state}`),
          })}
        </Link>
      ))}
    </div>
  );
}
