import type { Severity } from '@millwright/kernel';
import type { AlertLanguage, AlertText } from './attention.ts';
import { inLanguage } from './attention.ts';

/** One alert as it goes out. */
export interface OutgoingAlert {
  readonly id: string;
  readonly module: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly site: { readonly id: string; readonly name: string; readonly timezone: string } | null;
  readonly subject: string;
  readonly title: AlertText;
  readonly text: AlertText;
  readonly at: Date;
  /** Path in the console. */
  readonly link: string | null;
  /** The same as an address, where the console’s own is configured. */
  readonly url: string | null;
  readonly details: Record<string, unknown>;
  /** SHA-256 of a picture in the file store. */
  readonly picture: string | null;
}

/** What a channel is to send. The same at every attempt. */
export interface OutgoingMessage {
  /** Idempotency id: a receiver that has seen it may drop the message. */
  readonly id: string;
  readonly purpose: 'alerts' | 'test';
  /** Of several subjects: what was held over quiet hours, or more than the channel’s rate let through. */
  readonly digest: boolean;
  readonly createdAt: Date;
  readonly channel: { readonly id: string; readonly name: string };
  readonly language: AlertLanguage;
  readonly severity: Severity;
  readonly title: AlertText;
  /** In order of time. A test has one, made up. */
  readonly alerts: readonly OutgoingAlert[];
}

/** The message as JSON for machines: the body of a webhook, the payload of MQTT. */
export function jsonOf(message: OutgoingMessage): string {
  const { alerts, language } = message;
  const said = (text: AlertText) => inLanguage(text, language);
  return JSON.stringify({
    type: message.purpose === 'test' ? 'millwright.test' : 'millwright.alerts',
    timestamp: message.createdAt.toISOString(),
    id: message.id,
    data: {
      channel: message.channel,
      severity: message.severity,
      title: said(message.title),
      digest: message.digest,
      count: alerts.length,
      from: alerts[0]?.at.toISOString(),
      to: alerts.at(-1)?.at.toISOString(),
      alerts: alerts.map(({ title, text, at, ...alert }) => ({
        ...alert,
        title: said(title),
        text: said(text),
        at: at.toISOString(),
      })),
    },
  });
}
