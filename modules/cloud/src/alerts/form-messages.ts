import { type Severity, worst } from '@millwright/kernel';
import type { AlertText } from './attention.ts';

/** An alert that waits to be put into a message of one channel. */
export interface DueItem {
  readonly alertId: string;
  readonly groupKey: string;
  /** Kept back over quiet hours: goes into the digest at their end. */
  readonly held: boolean;
  readonly severity: Severity;
  readonly siteId: string | null;
  readonly title: AlertText;
  /** Of the alert in a message, roughly. */
  readonly bytes: number;
}

export interface FormedMessage {
  readonly digest: boolean;
  readonly severity: Severity;
  /** Undefined of several sites. */
  readonly siteId: string | null;
  readonly title: AlertText;
  readonly alertIds: readonly string[];
}

/** What a receiver takes in one piece, and a person still reads; more become several messages. */
const mostAlerts = 250;
const mostBytes = 256 * 1024;

/**
 * Puts alerts into messages, at most `slots` of them: one for each group, and one digest of all that was held. Are there
 * more groups than slots, all of them go into digests. What finds no place waits for the next slot.
 */
export function formMessages(items: readonly DueItem[], slots: number): FormedMessage[] {
  const held = pieces(
    items.filter((item) => item.held),
    true,
  );
  const groups = [
    ...Map.groupBy(
      items.filter((item) => !item.held),
      ({ groupKey }) => groupKey,
    ).values(),
  ];
  const apart = [...held, ...groups.flatMap((group) => pieces(group, false))];
  return (apart.length <= slots ? apart : pieces(items, true)).slice(0, Math.max(0, slots));
}

function pieces(items: readonly DueItem[], digest: boolean): FormedMessage[] {
  const cut: DueItem[][] = [];
  let bytes = 0;
  for (const item of items) {
    const last = cut.at(-1);
    if (last && last.length < mostAlerts && bytes + item.bytes <= mostBytes) last.push(item);
    else {
      cut.push([item]);
      bytes = 0;
    }
    bytes += item.bytes;
  }
  return cut.map((piece) => {
    const severity = worst(piece.map((item) => item.severity));
    const [{ siteId }] = piece as [DueItem];
    return {
      digest,
      severity,
      siteId: piece.every((item) => item.siteId === siteId) ? siteId : null,
      title: piece.find((item) => item.severity === severity)!.title,
      alertIds: piece.map(({ alertId }) => alertId),
    };
  });
}
