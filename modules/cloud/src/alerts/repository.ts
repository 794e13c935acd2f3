import type { Database, Queryable } from '@millwright/db';
import { timestamptzArray } from '@millwright/db';
import { and, isNull, ne, sql } from 'drizzle-orm';
import type { FailureFacts } from './failure.ts';
import type { DueItem, FormedMessage } from './form-messages.ts';
import { type AlertRow, type AttemptRow, type ChannelRow, cloudAlertChannel, type MessageRow } from './schema.ts';

/** A message with the names beside its ids. */
export interface MessageWithNames extends MessageRow {
  readonly channel_name: string;
  readonly channel_kind: string;
  readonly channel_site_id: string | null;
}

export interface MessageFilter {
  readonly channelIds?: readonly string[];
  readonly state?: MessageRow['state'] | undefined;
  readonly channelId?: string | undefined;
  /** Id of the last message of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface AlertWithSite extends AlertRow {
  readonly site_name: string | null;
  readonly site_timezone: string | null;
}

/** What waits for a channel and is in no message yet. */
export interface Gathering {
  readonly channel_id: string;
  readonly gathering: number;
  readonly held: number;
  readonly due_at: Date;
}

/** SQL of alerts. */
export class AlertRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  /** False when an alert of this id was raised before. */
  async addAlert(row: AlertRow): Promise<boolean> {
    const { rowCount } = await this.#db.query(
      `insert into cloud_alert (id, module, kind, severity, site_id, subject, title, body, at, link, details, picture, bytes, raised_at, picture_right)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (id) do nothing`,
      [
        ...[row.id, row.module, row.kind, row.severity, row.site_id, row.subject],
        ...[JSON.stringify(row.title), JSON.stringify(row.body), row.at, row.link, JSON.stringify(row.details)],
        ...[row.picture, row.bytes, row.raised_at, row.picture_right],
      ],
      'cloud-alert-add',
    );
    return rowCount > 0;
  }

  /** The oldest alerts that no channel was asked about, taken from other transactions. */
  async unrouted(on: Queryable, limit: number): Promise<AlertRow[]> {
    const { rows } = await on.query<AlertRow>(
      `select * from cloud_alert where routed_at is null order by raised_at, id limit $1 for update skip locked`,
      [limit],
    );
    return rows;
  }

  /** Channels that take alerts now. */
  async takingChannels(on: Queryable): Promise<ChannelRow[]> {
    const { rows } = await on.query<ChannelRow>(
      'select * from cloud_alert_channel where removed_at is null and paused_at is null',
    );
    return rows;
  }

  /** When the open groups of these channels close, by `channel_id` and key. */
  async openGroups(on: Queryable, channelIds: readonly string[], keys: readonly string[]) {
    const { rows } = await on.query<{ channel_id: string; group_key: string; due_at: Date }>(
      `select channel_id, group_key, min(due_at) as due_at from cloud_alert_item
       where message_id is null and not held and channel_id = any($1::uuid[]) and group_key = any($2::text[])
       group by channel_id, group_key`,
      [channelIds, keys],
    );
    return new Map(rows.map((row) => [`${row.channel_id} ${row.group_key}`, row.due_at]));
  }

  async addItems(
    on: Queryable,
    items: readonly { channelId: string; alertId: string; groupKey: string; dueAt: number }[],
  ): Promise<void> {
    if (items.length === 0) return;
    await on.query(
      `insert into cloud_alert_item (channel_id, alert_id, group_key, due_at)
       select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) on conflict do nothing`,
      [
        items.map(({ channelId }) => channelId),
        items.map(({ alertId }) => alertId),
        items.map(({ groupKey }) => groupKey),
        timestamptzArray(items.map(({ dueAt }) => dueAt)),
      ],
    );
  }

  async markRouted(on: Queryable, alertIds: readonly string[], at: Date): Promise<void> {
    await on.query('update cloud_alert set routed_at = $2 where id = any($1::uuid[])', [alertIds, at]);
  }

  /** Channels with something due that is in no message yet. */
  async channelsDue(at: Date): Promise<ChannelRow[]> {
    const { rows } = await this.#db.query<ChannelRow>(
      `select * from cloud_alert_channel c where removed_at is null and paused_at is null
       and exists (select from cloud_alert_item i where i.channel_id = c.id and i.message_id is null and i.due_at <= $1)`,
      [at],
    );
    return rows;
  }

  /** What is due for a channel, in order of time. */
  async due(on: Queryable, channelId: string, at: Date, limit: number): Promise<DueItem[]> {
    const { rows } = await on.query<DueItem>(
      `select i.alert_id as "alertId", i.group_key as "groupKey", i.held, a.severity, a.site_id as "siteId", a.title, a.bytes
       from cloud_alert_item i join cloud_alert a on a.id = i.alert_id
       where i.channel_id = $1 and i.message_id is null and i.due_at <= $2 order by a.at, a.id limit $3 for update of i`,
      [channelId, at, limit],
    );
    return rows;
  }

  /** Messages made for a channel since a time, oldest first. */
  async madeSince(on: Queryable, channelId: string, since: Date): Promise<Date[]> {
    const { rows } = await on.query<{ created_at: Date }>(
      `select created_at from cloud_alert_message
       where channel_id = $1 and created_at > $2 and purpose = 'alerts' order by created_at`,
      [channelId, since],
    );
    return rows.map(({ created_at }) => created_at);
  }

  async postpone(
    on: Queryable,
    channelId: string,
    alertIds: readonly string[],
    until: Date,
    held: boolean,
  ): Promise<void> {
    await on.query(
      `update cloud_alert_item set due_at = $3, held = held or $4
       where channel_id = $1 and alert_id = any($2::uuid[]) and message_id is null`,
      [channelId, alertIds, until, held],
    );
  }

  async addMessage(
    on: Queryable,
    row: Pick<MessageRow, 'id' | 'channel_id' | 'purpose' | 'created_at' | 'next_at' | 'give_up_at'>,
    message: FormedMessage,
  ): Promise<void> {
    await on.query(
      `insert into cloud_alert_message
         (id, channel_id, site_id, purpose, digest, severity, title, alerts, created_at, state, next_at, give_up_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11)`,
      [
        ...[row.id, row.channel_id, message.siteId, row.purpose, message.digest, message.severity],
        ...[JSON.stringify(message.title), message.alertIds.length, row.created_at, row.next_at, row.give_up_at],
      ],
    );
    await on.query(
      'update cloud_alert_item set message_id = $1 where channel_id = $2 and alert_id = any($3::uuid[]) and message_id is null',
      [row.id, row.channel_id, message.alertIds],
    );
  }

  /** Channels with a message whose next attempt is due. */
  async channelsToSend(at: Date): Promise<string[]> {
    const { rows } = await this.#db.query<{ id: string }>(
      `select distinct m.channel_id as id from cloud_alert_message m join cloud_alert_channel c on c.id = m.channel_id
       where m.state = 'waiting' and m.next_at <= $1 and c.removed_at is null and c.paused_at is null`,
      [at],
    );
    return rows.map(({ id }) => id);
  }

  /** The next message of a channel that is due, the oldest first. */
  async nextToSend(channelId: string, at: Date): Promise<MessageRow | undefined> {
    const { rows } = await this.#db.query<MessageRow>(
      `select * from cloud_alert_message where state = 'waiting' and channel_id = $1 and next_at <= $2
       order by created_at, id limit 1`,
      [channelId, at],
    );
    return rows[0];
  }

  /** Marks that a message goes out now. Undefined when somebody settled it meanwhile. */
  async beginAttempt(id: string, at: Date): Promise<number | undefined> {
    const { rows } = await this.#db.query<{ attempts: number }>(
      `with counted as (update cloud_alert_message set attempts = attempts + 1 where id = $1 and state = 'waiting' returning id, attempts),
       begun as (insert into cloud_alert_attempt (message_id, number, at) select id, attempts, $2 from counted)
       select attempts from counted`,
      [id, at],
    );
    return rows[0]?.attempts;
  }

  /** Both ends of an attempt are kept in one statement: what was acknowledged is written down as such or not at all. */
  async endAttempt(
    message: { id: string; number: number },
    end: {
      at: Date;
      state: MessageRow['state'];
      nextAt: Date | null;
      receipt: string | null;
      error: FailureFacts | null;
      done: readonly string[];
    },
  ): Promise<void> {
    await this.#db.query(
      `with ended as (update cloud_alert_attempt set ended_at = $3, receipt = $6, error = $7 where message_id = $1 and number = $2)
       update cloud_alert_message set next_at = case when state = 'waiting' or $4 = 'delivered' then $5 else next_at end,
         settled_at = case when $4 = 'waiting' then settled_at else $3 end,
         state = case when state = 'waiting' or $4 = 'delivered' then $4 else state end,
         receipt = coalesce($6, receipt), error = $7, done = $8
       where id = $1`,
      [
        ...[message.id, message.number, end.at, end.state, end.nextAt],
        ...[end.receipt, end.error && JSON.stringify(end.error), end.done],
      ],
    );
  }

  /** The receiver is away: its other messages wait as long as the one that found out. */
  async putOff(channelId: string, until: Date): Promise<void> {
    await this.#db.query(
      `update cloud_alert_message set next_at = least($2, give_up_at) where channel_id = $1 and state = 'waiting' and next_at < $2`,
      [channelId, until],
    );
  }

  async waitingAfter(channelId: string, at: Date): Promise<Pick<MessageRow, 'id' | 'error'>[]> {
    const { rows } = await this.#db.query<Pick<MessageRow, 'id' | 'error'>>(
      `select id, error from cloud_alert_message where channel_id = $1 and state = 'waiting' and next_at > $2`,
      [channelId, at],
    );
    return rows;
  }

  async sendAt(ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.#db.query(
      `update cloud_alert_message set next_at = $2 where id = any($1::uuid[]) and state = 'waiting'`,
      [ids, at],
    );
  }

  /** When something is due next; null when nothing waits. */
  async nextDue(): Promise<Date | null> {
    const { rows } = await this.#db.query<{ next: Date | null }>(
      `select least(
         (select min(m.next_at) from cloud_alert_message m join cloud_alert_channel c on c.id = m.channel_id
            where m.state = 'waiting' and c.removed_at is null and c.paused_at is null),
         (select min(i.due_at) from cloud_alert_item i join cloud_alert_channel c on c.id = i.channel_id
            where i.message_id is null and c.removed_at is null and c.paused_at is null)) as next`,
    );
    return rows[0]!.next;
  }

  async channel(id: string): Promise<ChannelRow | undefined> {
    const { rows } = await this.#db.query<ChannelRow>('select * from cloud_alert_channel where id = $1', [id]);
    return rows[0];
  }

  async channels(): Promise<ChannelRow[]> {
    const { rows } = await this.#db.query<ChannelRow>('select * from cloud_alert_channel order by lower(name), id');
    return rows;
  }

  /** Adds or changes a channel. False when another one has the name. */
  async saveChannel(on: Queryable, row: ChannelRow): Promise<boolean> {
    const { id, ...rest } = row;
    const taken = and(
      sql`lower(${cloudAlertChannel.name}) = lower(${row.name})`,
      isNull(cloudAlertChannel.removed_at),
      ne(cloudAlertChannel.id, id),
    );
    if (row.removed_at === null && (await on.orm.select().from(cloudAlertChannel).where(taken)).length > 0)
      return false;
    await on.orm.insert(cloudAlertChannel).values(row).onConflictDoUpdate({ target: cloudAlertChannel.id, set: rest });
    return true;
  }

  async siteNames(): Promise<Map<string, string>> {
    const { rows } = await this.#db.query<{ id: string; name: string }>(
      `select id, name from cloud_node where kind = 'site'`,
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async gathering(): Promise<Map<string, Gathering>> {
    const { rows } = await this.#db.query<Gathering>(
      `select channel_id, count(*) filter (where not held) as gathering, count(*) filter (where held) as held, min(due_at) as due_at
       from cloud_alert_item where message_id is null group by channel_id`,
    );
    return new Map(rows.map((row) => [row.channel_id, row]));
  }

  /** Messages of each channel by state, tests left out. */
  async counts(): Promise<{ channel_id: string; state: MessageRow['state']; count: number; last: Date }[]> {
    const { rows } = await this.#db.query<{
      channel_id: string;
      state: MessageRow['state'];
      count: number;
      last: Date;
    }>(
      `select channel_id, state, count(*) as count, max(coalesce(settled_at, created_at)) as last
       from cloud_alert_message where purpose = 'alerts' group by channel_id, state`,
    );
    return rows;
  }

  async messages(filter: MessageFilter): Promise<MessageWithNames[]> {
    const { rows } = await this.#db.query<MessageWithNames>(
      `select m.*, c.name as channel_name, c.kind as channel_kind, c.site_id as channel_site_id
       from cloud_alert_message m join cloud_alert_channel c on c.id = m.channel_id
       where ($1::uuid[] is null or m.channel_id = any($1)) and ($2::text is null or m.state = $2)
         and ($3::uuid is null or m.channel_id = $3) and ($4::uuid is null or (m.created_at, m.id) <
           (select e.created_at, e.id from cloud_alert_message e where e.id = $4))
       order by m.created_at desc, m.id desc limit $5`,
      [
        ...[filter.channelIds ?? null, filter.state ?? null, filter.channelId ?? null, filter.after ?? null],
        filter.limit,
      ],
    );
    return rows;
  }

  async message(id: string): Promise<MessageWithNames | undefined> {
    const { rows } = await this.#db.query<MessageWithNames>(
      `select m.*, c.name as channel_name, c.kind as channel_kind, c.site_id as channel_site_id
       from cloud_alert_message m join cloud_alert_channel c on c.id = m.channel_id where m.id = $1`,
      [id],
    );
    return rows[0];
  }

  async attempts(messageId: string): Promise<AttemptRow[]> {
    const { rows } = await this.#db.query<AttemptRow>(
      'select * from cloud_alert_attempt where message_id = $1 order by number',
      [messageId],
    );
    return rows;
  }

  async alertsOf(messageId: string): Promise<AlertWithSite[]> {
    const { rows } = await this.#db.query<AlertWithSite>(
      `select a.*, s.name as site_name, s.timezone as site_timezone from cloud_alert_item i
       join cloud_alert a on a.id = i.alert_id left join cloud_node s on s.id = a.site_id
       where i.message_id = $1 order by a.at, a.id`,
      [messageId],
    );
    return rows;
  }

  /** Has a message that was given up, or was cancelled, wait again. */
  async resend(on: Queryable, id: string, at: Date, giveUpAt: Date): Promise<boolean> {
    const { rowCount } = await on.query(
      `update cloud_alert_message set state = 'waiting', next_at = $2, give_up_at = $3, settled_at = null
       where id = $1 and state in ('undelivered', 'cancelled') and purpose = 'alerts'`,
      [id, at, giveUpAt],
    );
    return rowCount > 0;
  }

  /** Nothing that waits for a removed channel goes out any more; it is listed as cancelled. */
  async cancelWaiting(on: Queryable, channelId: string, at: Date): Promise<void> {
    await on.query(
      `update cloud_alert_message set state = 'cancelled', settled_at = $2, next_at = null where channel_id = $1 and state = 'waiting'`,
      [channelId, at],
    );
    await on.query('delete from cloud_alert_item where channel_id = $1 and message_id is null', [channelId]);
  }

  /** Removes what was raised before a time and of which nothing waits any more. Returns how many alerts went. */
  async removeBefore(time: Date): Promise<number> {
    return this.#db.transaction(async (on) => {
      const { rows } = await on.query<{ id: string }>(
        `select a.id from cloud_alert a where a.raised_at < $1 and a.routed_at is not null and not exists (
           select from cloud_alert_item i left join cloud_alert_message m on m.id = i.message_id
           where i.alert_id = a.id and (m.id is null or m.state = 'waiting')) limit 5000`,
        [time],
      );
      const ids = rows.map(({ id }) => id);
      await on.query('delete from cloud_alert_item where alert_id = any($1::uuid[])', [ids]);
      await on.query('delete from cloud_alert where id = any($1::uuid[])', [ids]);
      const old = `select m.id from cloud_alert_message m where m.created_at < $1 and m.state <> 'waiting'
        and not exists (select from cloud_alert_item i where i.message_id = m.id)`;
      await on.query(`delete from cloud_alert_attempt where message_id in (${old})`, [time]);
      await on.query(`delete from cloud_alert_message where id in (${old})`, [time]);
      return ids.length;
    });
  }
}
