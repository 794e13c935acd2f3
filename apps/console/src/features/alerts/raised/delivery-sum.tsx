import { useTranslation } from 'react-i18next';
import { StateMark } from '../../../components/state-mark.tsx';
import type { AlertGroup } from '../types.ts';

type Sum = Pick<AlertGroup, 'channels' | 'delivered' | 'undelivered'>;

/** How many of the ways that alerts were to take came to an end, in words. */
export function useDeliverySum(): (sum: Sum) => string {
  const { t } = useTranslation();
  return ({ channels, delivered, undelivered }) => {
    if (channels === 0) return t('alerts.raised.nobody');
    if (undelivered > 0) return t('alerts.raised.lost', { n: undelivered, of: channels });
    return t('alerts.raised.told', { n: delivered, of: channels });
  };
}

export function DeliverySum(sum: Sum) {
  const say = useDeliverySum();
  const { channels, delivered, undelivered } = sum;
  const tone = undelivered > 0 ? 'bad' : channels === 0 ? 'idle' : delivered < channels ? 'warn' : 'good';
  return <StateMark tone={tone}>{say(sum)}</StateMark>;
}
