import { useTranslation } from 'react-i18next';
import type { Delivery } from '../types.ts';
import { useAlertText } from '../use-alert-text.ts';

/** What a message is about, in one line. */
export function useDeliveryTitle(): (delivery: Delivery) => string {
  const { t } = useTranslation();
  const said = useAlertText();
  return ({ title, alerts, digest }) => {
    if (alerts <= 1) return said(title);
    return t(digest ? 'alerts.deliveries.digest' : 'alerts.deliveries.several', { title: said(title), n: alerts });
  };
}
