import { useTranslation } from 'react-i18next';
import { StateMark, type Tone } from '../../../components/state-mark.tsx';
import type { Delivery } from '../types.ts';

const tones: Record<Delivery['state'], Tone> = {
  ...{ waiting: 'warn', delivered: 'good', undelivered: 'bad', cancelled: 'idle' },
};

export function DeliveryState({ state }: { state: Delivery['state'] }) {
  const { t } = useTranslation();
  return <StateMark tone={tones[state]}>{t(`alerts.deliveryState.${state}`)}</StateMark>;
}
