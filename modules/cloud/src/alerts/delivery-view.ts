import type { Severity } from '@millwright/kernel';
import type { AlertState } from './alert-state.ts';
import type { AlertText } from './attention.ts';
import type { FailureFacts } from './failure.ts';
import type { AlertWithSite, MessageWithNames } from './repository.ts';
import type { MessageRow } from './schema.ts';

/** A message to a channel, and what became of it. */
export interface Delivery {
  /** Idempotency id, the same at every attempt. */
  readonly id: string;
  readonly channel: { readonly id: string; readonly name: string; readonly kind: string };
  readonly purpose: 'alerts' | 'test';
  readonly digest: boolean;
  readonly severity: Severity;
  readonly title: AlertText;
  /** How many alerts stand in it. */
  readonly alerts: number;
  readonly createdAt: string;
  readonly state: MessageRow['state'];
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly giveUpAt: string;
  readonly settledAt: string | null;
  /** What the receiver said when it took it. */
  readonly receipt: string | null;
  /** Why the last attempt failed. */
  readonly error: FailureFacts | null;
}

export interface DeliveryWithAlerts extends Delivery {
  readonly tries: {
    readonly number: number;
    readonly at: string;
    /** Null of one that the server did not survive: it may have arrived. */
    readonly endedAt: string | null;
    readonly receipt: string | null;
    readonly error: FailureFacts | null;
  }[];
  readonly items: RaisedAlert[];
}

export interface RaisedAlert {
  readonly id: string;
  readonly module: string;
  readonly kind: string;
  readonly severity: Severity;
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly subject: string;
  readonly title: AlertText;
  readonly text: AlertText;
  readonly at: string;
  readonly raisedAt: string;
  readonly link: string | null;
  readonly details: Record<string, unknown>;
  readonly picture: string | null;
  /** Permission that shows the picture here; null: it went to channels only. */
  readonly pictureRight: string | null;
  readonly state: AlertState;
  /** Who changed the state last, when, and why. */
  readonly handledAt: string | null;
  readonly handledBy: string | null;
  readonly note: string;
}

export function toDelivery(row: MessageWithNames): Delivery {
  return {
    id: row.id,
    channel: { id: row.channel_id, name: row.channel_name, kind: row.channel_kind },
    purpose: row.purpose,
    digest: row.digest,
    severity: row.severity,
    title: row.title,
    alerts: row.alerts,
    createdAt: row.created_at.toISOString(),
    state: row.state,
    attempts: row.attempts,
    nextAt: row.state === 'waiting' ? (row.next_at?.toISOString() ?? null) : null,
    giveUpAt: row.give_up_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    receipt: row.receipt,
    error: row.error,
  };
}

export function toRaised(row: AlertWithSite): RaisedAlert {
  return {
    id: row.id,
    module: row.module,
    kind: row.kind,
    severity: row.severity,
    siteId: row.site_id,
    siteName: row.site_name,
    subject: row.subject,
    title: row.title,
    text: row.body,
    at: row.at.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    link: row.link,
    details: row.details,
    picture: row.picture,
    pictureRight: row.picture_right,
    state: row.state,
    handledAt: row.handled_at?.toISOString() ?? null,
    handledBy: row.handled_by,
    note: row.note,
  };
}
