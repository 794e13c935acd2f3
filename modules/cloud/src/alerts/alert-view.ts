import type { Severity } from '@millwright/kernel';
import { type RaisedAlert, toRaised } from './delivery-view.ts';
import type { FailureFacts } from './failure.ts';
import type { AlertDeliveryRow, AlertGroupRow, AlertWithCounts } from './raised-repository.ts';
import type { MessageRow } from './schema.ts';

/** An alert, and how many of the channels that take it have it. */
export interface AlertWithDeliveryCounts extends RaisedAlert {
  readonly channels: number;
  readonly delivered: number;
  readonly undelivered: number;
}

/** Alerts of one module, kind, subject and site. The fields of `newest` stand for it. */
export interface AlertGroup {
  readonly newest: RaisedAlert;
  readonly count: number;
  readonly open: number;
  readonly acknowledged: number;
  /** The gravest of them. */
  readonly severity: Severity;
  /** When the first of them happened. */
  readonly firstAt: string;
  /** Of all of them together: to how many channels they were to go, and how often that succeeded or was given up. */
  readonly channels: number;
  readonly delivered: number;
  readonly undelivered: number;
}

/** What became of an alert on its way to one channel. */
export interface AlertDelivery {
  /** Of the message that it stands in; null while it is in none. */
  readonly id: string | null;
  readonly channel: { readonly id: string; readonly name: string; readonly kind: string };
  /** `gathering`: with others of its subject; `held`: over quiet hours. */
  readonly state: MessageRow['state'] | 'gathering' | 'held';
  readonly attempts: number;
  /** When it goes on. */
  readonly nextAt: string | null;
  readonly settledAt: string | null;
  readonly error: FailureFacts | null;
}

export const toCounted = (row: AlertWithCounts): AlertWithDeliveryCounts => ({
  ...toRaised(row),
  channels: row.channels,
  delivered: row.delivered,
  undelivered: row.undelivered,
});

export const toGroup = (row: AlertGroupRow): AlertGroup => ({
  newest: toRaised(row),
  count: row.count,
  open: row.open,
  acknowledged: row.acknowledged,
  severity: row.worst,
  firstAt: row.first_at.toISOString(),
  channels: row.channels,
  delivered: row.delivered,
  undelivered: row.undelivered,
});

export function toAlertDelivery(row: AlertDeliveryRow): AlertDelivery {
  const state = row.state ?? (row.held ? 'held' : 'gathering');
  const next = state === 'waiting' ? row.next_at : row.state ? null : row.due_at;
  return {
    id: row.message_id,
    channel: { id: row.channel_id, name: row.channel_name, kind: row.channel_kind },
    state,
    attempts: row.attempts ?? 0,
    nextAt: next?.toISOString() ?? null,
    settledAt: row.settled_at?.toISOString() ?? null,
    error: row.error,
  };
}
