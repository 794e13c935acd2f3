import type { Database, Queryable } from '@millwright/db';
import { type Severity, severities } from '@millwright/kernel';
import type { AlertState } from './alert-state.ts';
import type { FailureFacts } from './failure.ts';
import type { AlertWithSite } from './repository.ts';
import type { MessageRow } from './schema.ts';

export interface AlertWithCounts extends AlertWithSite {
  readonly channels: number;
  readonly delivered: number;
  readonly undelivered: number;
}

/** The newest of alerts of one module, kind, subject and site, with figures of all of them. */
export interface AlertGroupRow extends AlertWithCounts {
  readonly count: number;
  readonly open: number;
  readonly acknowledged: number;
  readonly first_at: Date;
  readonly worst: Severity;
}

export interface AlertDeliveryRow {
  readonly message_id: string | null;
  readonly held: boolean;
  readonly due_at: Date;
  readonly channel_id: string;
  readonly channel_name: string;
  readonly channel_kind: string;
  readonly channel_site_id: string | null;
  /** Null while it is in no message. */
  readonly state: MessageRow['state'] | null;
  readonly attempts: number | null;
  readonly next_at: Date | null;
  readonly settled_at: Date | null;
  readonly error: FailureFacts | null;
}

export interface RaisedFilter {
  readonly siteIds?: readonly string[];
  readonly ids?: readonly string[];
  /** `unresolved`: open or acknowledged. */
  readonly state?: AlertState | 'unresolved';
  readonly severity?: Severity;
  readonly module?: string;
  readonly kind?: string;
  readonly subject?: string;
  /** Part of title, text or the site's name, in any language. */
  readonly text?: string;
  /** Id of the last alert of the page before; of groups, of the newest alert of the last one. */
  readonly after?: string;
  readonly limit: number;
}

/** The condition of an `RaisedFilter` on `cloud_alert a` and its site `s`, with the values of `meantBy`. */
const meant = `($1::uuid[] is null or a.site_id = any($1)) and ($2::uuid[] is null or a.id = any($2))
  and ($3::text is null or a.state = $3 or ($3 = 'unresolved' and a.state <> 'resolved')) and ($4::text is null or a.severity = $4)
  and ($5::text is null or a.module = $5) and ($6::text is null or a.kind = $6) and ($7::text is null or a.subject = $7)
  and ($8::text is null or concat_ws(' ', a.title::text, a.body::text, a.kind, s.name) ilike $8)`;
const meantBy = ({ siteIds, ids, state, severity, module, kind, subject, text }: RaisedFilter) => [
  ...[siteIds ?? null, ids ?? null, state ?? null, severity ?? null, module ?? null, kind ?? null, subject ?? null],
  text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
];

/** Many are raised within one millisecond, so a page ends at a time and an id. Nothing comes after one that is gone by now. */
const comesAfter = (time: string, id: string) =>
  `($9::uuid is null or (${time}, ${id}) < (select e.raised_at, e.id from cloud_alert e where e.id = $9))`;
const newest = '(array_agg(id order by raised_at desc, id desc))[1]';

/** SQL of what was raised and of its state. */
export class RaisedRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  /** What was raised, newest first, with how many of its channels have it. */
  async list(filter: RaisedFilter): Promise<AlertWithCounts[]> {
    const { rows } = await this.#db.query<AlertWithCounts>(
      `select a.*, s.name as site_name, s.timezone as site_timezone, n.channels, n.delivered, n.undelivered
       from cloud_alert a left join cloud_node s on s.id = a.site_id
       cross join lateral (select count(*) as channels, count(*) filter (where m.state = 'delivered') as delivered,
           count(*) filter (where m.state = 'undelivered') as undelivered
         from cloud_alert_item i left join cloud_alert_message m on m.id = i.message_id where i.alert_id = a.id) n
       where ${meant} and ${comesAfter('a.raised_at', 'a.id')}
       order by a.raised_at desc, a.id desc limit $10`,
      [...meantBy(filter), filter.after ?? null, filter.limit],
    );
    return rows;
  }

  /** The same by module, kind, subject and site: how many of each state, and the newest of them. Newest group first. */
  async groups(filter: RaisedFilter): Promise<AlertGroupRow[]> {
    const { rows } = await this.#db.query<AlertGroupRow & { rank: number }>(
      `with found as materialized (
         select a.id, a.module, a.kind, a.subject, a.site_id, a.state, a.severity, a.at, a.raised_at
         from cloud_alert a left join cloud_node s on s.id = a.site_id where ${meant}),
       grouped as (
         select module, kind, subject, site_id, count(*) as count, count(*) filter (where state = 'open') as open,
           count(*) filter (where state = 'acknowledged') as acknowledged, min(at) as first_at, max(raised_at) as last_raised,
           max(array_position($10::text[], severity)) as rank, ${newest} as newest
         from found group by module, kind, subject, site_id
         having ${comesAfter('max(raised_at)', newest)}
         order by max(raised_at) desc, ${newest} desc limit $11)
       select a.*, s.name as site_name, s.timezone as site_timezone, g.count, g.open, g.acknowledged, g.first_at, g.rank,
         n.channels, n.delivered, n.undelivered
       from grouped g join cloud_alert a on a.id = g.newest left join cloud_node s on s.id = a.site_id
       cross join lateral (select count(*) as channels, count(*) filter (where m.state = 'delivered') as delivered,
           count(*) filter (where m.state = 'undelivered') as undelivered
         from found f join cloud_alert_item i on i.alert_id = f.id left join cloud_alert_message m on m.id = i.message_id
         where (f.module, f.kind, f.subject) = (g.module, g.kind, g.subject) and f.site_id is not distinct from g.site_id) n
       order by g.last_raised desc, a.id desc`,
      [...meantBy(filter), filter.after ?? null, severities, filter.limit],
    );
    return rows.map(({ rank, ...row }) => ({ ...row, worst: severities[rank - 1]! }));
  }

  async one(id: string): Promise<AlertWithCounts | undefined> {
    return (await this.list({ ids: [id], limit: 1 }))[0];
  }

  /** Where an alert went or waits to go. */
  async deliveriesOf(alertId: string): Promise<AlertDeliveryRow[]> {
    const { rows } = await this.#db.query<AlertDeliveryRow>(
      `select i.message_id, i.held, i.due_at, c.id as channel_id, c.name as channel_name, c.kind as channel_kind, c.site_id as channel_site_id,
         m.state, m.attempts, m.next_at, m.settled_at, m.error
       from cloud_alert_item i join cloud_alert_channel c on c.id = i.channel_id left join cloud_alert_message m on m.id = i.message_id
       where i.alert_id = $1 order by lower(c.name), c.id`,
      [alertId],
    );
    return rows;
  }

  /** Sets the state of alerts that are not in it, or have another note; returns those with what they were before. */
  async setState(
    on: Queryable,
    ids: readonly string[],
    to: { state: AlertState; at: Date; by: string; note: string },
  ): Promise<{ id: string; before: AlertState; site_id: string | null }[]> {
    const { rows } = await on.query<{ id: string; before: AlertState; site_id: string | null }>(
      `update cloud_alert a set state = $2, handled_at = $3, handled_by = $4, note = $5
       from (select id, state from cloud_alert where id = any($1::uuid[]) and (state <> $2 or note <> $5) for update) b
       where a.id = b.id returning a.id, b.state as before, a.site_id`,
      [ids, to.state, to.at, to.by, to.note],
    );
    return rows;
  }
}
