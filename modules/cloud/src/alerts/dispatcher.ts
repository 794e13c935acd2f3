import type { Database } from '@millwright/db';
import { backoffMs, type Clock, type Logger, newId } from '@millwright/kernel';
import { takes } from './channel-filter.ts';
import { type ChannelParts, PartlyTaken } from './channels/channel-kind.ts';
import { channelKind } from './channels/registry.ts';
import { factsOf, failureOf } from './failure.ts';
import { formMessages } from './form-messages.ts';
import type { OutgoingAlert, OutgoingMessage } from './outgoing-message.ts';
import { quietUntil } from './quiet-hours.ts';
import type { AlertRepository, AlertWithSite } from './repository.ts';
import type { AlertRow, ChannelRow, MessageRow } from './schema.ts';
import { secretsOf } from './secrets.ts';

const minuteMs = 60_000;
/** Between attempts: from ten seconds to an hour. */
const retryWaits = { firstMs: 10_000, ceilingMs: 3_600_000 };
/** Alerts routed, and alerts put into messages, in one transaction. */
const mostAtOnce = 2000;

export interface SendResult {
  readonly state: MessageRow['state'];
  /** Of the channel, when it took nothing because it is away. */
  readonly putOffUntil?: Date;
}

/**
 * Takes what was raised to where it is to go, in three steps that each commit: to the channels, into messages, out. Where
 * the process ends in between, the next start goes on from there.
 */
export class Dispatcher {
  #db: Database;
  #repository: AlertRepository;
  #clock: Clock;
  #logger: Logger;
  #parts: ChannelParts;
  #random: () => number;
  /** Channels that are being sent to. */
  #lanes = new Map<string, Promise<void>>();
  #stopped = false;
  /** Told of every attempt’s end. */
  onSent: (channel: ChannelRow, state: 'delivered' | 'failed' | 'undelivered') => void = () => undefined;

  constructor(parts: {
    db: Database;
    repository: AlertRepository;
    clock: Clock;
    logger: Logger;
    channel: ChannelParts;
    /** Default Math.random. */
    random?: () => number;
  }) {
    this.#db = parts.db;
    this.#repository = parts.repository;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
    this.#parts = parts.channel;
    this.#random = parts.random ?? Math.random;
  }

  /** Does everything that is due at the clock’s time and waits until it is done. */
  async pass(): Promise<void> {
    await this.gather();
    await Promise.all(await this.send());
  }

  /** Hands what was raised to the channels, and puts what is due into messages. */
  async gather(): Promise<void> {
    while ((await this.#route()) === mostAtOnce);
    for (const channel of await this.#repository.channelsDue(this.#clock.now())) await this.#form(channel);
  }

  /** Starts sending to every channel with something due that is not being sent to already; the promises never reject. */
  async send(): Promise<Promise<void>[]> {
    for (const id of await this.#repository.channelsToSend(this.#clock.now())) {
      if (this.#lanes.has(id) || this.#stopped) continue;
      const lane = this.#sendAll(id)
        .catch((error: unknown) =>
          this.#logger.error({ err: error, channel: id }, 'alerts were not sent; they will be'),
        )
        .finally(() => this.#lanes.delete(id));
      this.#lanes.set(id, lane);
    }
    return [...this.#lanes.values()];
  }

  /** Begins nothing more, and waits for what is on its way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#lanes.values());
  }

  async #route(): Promise<number> {
    return this.#db.transaction(async (on) => {
      const alerts = await this.#repository.unrouted(on, mostAtOnce);
      if (alerts.length === 0) return 0;
      const channels = await this.#repository.takingChannels(on);
      const keys = [...new Set(alerts.map(groupKey))];
      const open = await this.#repository.openGroups(
        on,
        channels.map(({ id }) => id),
        keys,
      );
      const now = this.#clock.now().getTime();
      const items = alerts.flatMap((alert) =>
        channels
          .filter((channel) => channel.created_at <= alert.raised_at && takes(channel, alert))
          .map((channel) => {
            const key = `${channel.id} ${groupKey(alert)}`;
            const dueAt = open.get(key) ?? new Date(now + channel.group_seconds * 1000);
            open.set(key, dueAt);
            return { channelId: channel.id, alertId: alert.id, groupKey: groupKey(alert), dueAt: dueAt.getTime() };
          }),
      );
      await this.#repository.addItems(on, items);
      await this.#repository.markRouted(
        on,
        alerts.map(({ id }) => id),
        this.#clock.now(),
      );
      return alerts.length;
    });
  }

  async #form(channel: ChannelRow): Promise<void> {
    await this.#db.transaction(async (on) => {
      const now = this.#clock.now();
      const due = await this.#repository.due(on, channel.id, now, mostAtOnce);
      const quiet = channel.quiet ? quietUntil(channel.quiet, now.getTime()) : undefined;
      const through = ({ severity }: { severity: string }) =>
        quiet === undefined || (severity === 'critical' && channel.quiet?.criticalThrough === true);
      const kept = due.filter((item) => !through(item)).map(({ alertId }) => alertId);
      if (quiet !== undefined) await this.#repository.postpone(on, channel.id, kept, new Date(quiet), true);
      const going = due.filter(through);
      const made = await this.#repository.madeSince(on, channel.id, new Date(now.getTime() - minuteMs));
      const messages = formMessages(going, channel.most_per_minute - made.length);
      for (const message of messages) {
        const giveUpAt = new Date(now.getTime() + channel.retry_hours * 3_600_000);
        const row = { id: newId(), channel_id: channel.id, created_at: now, next_at: now, give_up_at: giveUpAt };
        await this.#repository.addMessage(on, { ...row, purpose: 'alerts' }, message);
      }
      const placed = new Set(messages.flatMap(({ alertIds }) => alertIds));
      const left = going.filter(({ alertId }) => !placed.has(alertId)).map(({ alertId }) => alertId);
      if (left.length === 0) return;
      // As soon as the oldest message of the last minute is a minute old; those made just now count too.
      const oldest = made[0] ?? now;
      await this.#repository.postpone(on, channel.id, left, new Date(oldest.getTime() + minuteMs), false);
    });
  }

  async #sendAll(channelId: string): Promise<void> {
    while (!this.#stopped) {
      const channel = await this.#repository.channel(channelId);
      if (!channel || channel.removed_at || channel.paused_at) return;
      const message = await this.#repository.nextToSend(channelId, this.#clock.now());
      if (!message) return;
      const { putOffUntil } = await this.attempt(channel, message);
      if (putOffUntil) await this.#repository.putOff(channelId, putOffUntil);
    }
  }

  /** Sends one message once and writes down what came of it. */
  async attempt(channel: ChannelRow, message: MessageRow): Promise<SendResult> {
    const begun = this.#clock.now();
    const number = await this.#repository.beginAttempt(message.id, begun);
    if (number === undefined) return { state: message.state };
    const kind = channelKind(channel.kind);
    try {
      const context = { now: begun.getTime(), secrets: secretsOf(channel, begun), done: message.done };
      const outgoing = await this.#outgoing(channel, message);
      const receipt = await kind.send(channel.config, outgoing, context, this.#parts);
      const at = this.#clock.now();
      const end = { at, state: 'delivered', nextAt: null, receipt, error: null, done: message.done } as const;
      await this.#repository.endAttempt({ id: message.id, number }, end);
      this.onSent(channel, 'delivered');
      await this.#bringForward(channel, at);
      return { state: 'delivered' };
    } catch (thrown) {
      const done = thrown instanceof PartlyTaken ? thrown.done : message.done;
      const failure = failureOf(thrown instanceof PartlyTaken ? thrown.cause : thrown);
      const at = this.#clock.now();
      const givenUp = message.purpose === 'test' || at >= message.give_up_at;
      const wait = new Date(at.getTime() + backoffMs(number - 1, { ...retryWaits, random: this.#random }));
      const nextAt = givenUp ? null : wait < message.give_up_at ? wait : message.give_up_at;
      const state = givenUp ? 'undelivered' : 'waiting';
      const end = { at, state, nextAt, receipt: null, error: factsOf(failure), done } as const;
      await this.#repository.endAttempt({ id: message.id, number }, end);
      this.onSent(channel, givenUp ? 'undelivered' : 'failed');
      this.#logger.info(
        { err: failure, channel: channel.name, message: message.id, attempt: number },
        'alert not delivered',
      );
      const isAway = !kind.isOfMessage(failure.code, failure.details) && message.purpose === 'alerts';
      return { state, ...(isAway && { putOffUntil: nextAt ?? wait }) };
    }
  }

  /** The receiver is back: what waited for that and for nothing else goes out now. */
  async #bringForward(channel: ChannelRow, at: Date): Promise<void> {
    const { isOfMessage } = channelKind(channel.kind);
    const waiting = await this.#repository.waitingAfter(channel.id, at);
    const ids = waiting
      .filter(({ error }) => error === null || !isOfMessage(error.code, error.details))
      .map(({ id }) => id);
    await this.#repository.sendAt(ids, at);
  }

  async #outgoing(channel: ChannelRow, message: MessageRow): Promise<OutgoingMessage> {
    const rows = message.purpose === 'test' ? [] : await this.#repository.alertsOf(message.id);
    const alerts = message.purpose === 'test' ? [testAlert(message)] : rows.map((row) => this.#outgoingAlert(row));
    return {
      id: message.id,
      purpose: message.purpose,
      digest: message.digest,
      createdAt: message.created_at,
      channel: { id: channel.id, name: channel.name },
      language: channel.language,
      severity: message.severity,
      title: message.title,
      alerts,
    };
  }

  #outgoingAlert(row: AlertWithSite): OutgoingAlert {
    const { publicUrl } = this.#parts.config;
    const site = row.site_id && { id: row.site_id, name: row.site_name!, timezone: row.site_timezone! };
    return {
      id: row.id,
      module: row.module,
      kind: row.kind,
      severity: row.severity,
      site: site || null,
      subject: row.subject,
      title: row.title,
      text: row.body,
      at: row.at,
      link: row.link,
      url: row.link && publicUrl ? publicUrl.replace(/\/+$/, '') + row.link : null,
      details: row.details,
      picture: row.picture,
    };
  }
}

/** What is of the same module, kind, subject and site is grouped. */
const groupKey = (alert: Pick<AlertRow, 'module' | 'kind' | 'subject' | 'site_id'>): string =>
  [alert.module, alert.kind, alert.site_id ?? '', alert.subject].join(' ');

const testAlert = (message: MessageRow): OutgoingAlert => ({
  ...{ id: message.id, module: 'cloud', kind: 'test', severity: message.severity, site: null, subject: 'test' },
  ...{ title: message.title, text: '', at: message.created_at, link: null, url: null, details: {}, picture: null },
});
