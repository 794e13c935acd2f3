import type { Database } from '@millwright/db';
import { and, asc, eq, inArray, isNull, lt } from 'drizzle-orm';
import {
  type CommentRow,
  cloudWorkOrder,
  cloudWorkOrderComment,
  cloudWorkOrderPhoto,
  type PhotoRow,
  type WorkOrderRow,
} from './schema.ts';
import { type WorkOrderPriority, type WorkOrderSort, type WorkOrderState, workOrderPriorities } from './work-order.ts';

/** An order with the names of where it is. */
export interface PlacedOrder extends WorkOrderRow {
  readonly node_name: string;
  readonly site_name: string;
  readonly timezone: string;
}

export interface OrderFilter {
  readonly siteIds?: readonly string[];
  readonly ids?: readonly string[];
  readonly states?: readonly WorkOrderState[];
  readonly priority?: WorkOrderPriority;
  /** Id of its owner, or `nobody`. */
  readonly ownerId?: string;
  /** A node with everything under it. */
  readonly nodeId?: string;
  readonly sourceKind?: string;
  readonly sourceId?: string;
  /** Unfinished, and due before this. */
  readonly dueBefore?: Date;
  /** Part of number, title, description, place, owner, source or outcome. */
  readonly text?: string;
  readonly sort: WorkOrderSort;
  readonly descending: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** By what each sort means; an order without a due time comes last either way. */
const sorts: Record<WorkOrderSort, string> = {
  number: 'o.number',
  title: 'lower(o.title)',
  priority: `array_position(array[${workOrderPriorities.map((word) => `'${word}'`)}], o.priority)`,
  state: `array_position(array['open','in-progress','done','cancelled'], o.state)`,
  due: 'o.due_at',
  created: 'o.created_at',
  changed: 'o.changed_at',
};

/** SQL of work orders. */
export class WorkOrderRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async list(filter: OrderFilter): Promise<{ rows: PlacedOrder[]; total: number }> {
    const { rows } = await this.#db.query<PlacedOrder & { total: number }>(
      `with recursive under as (
         select id from cloud_node where id = $6 union all select n.id from cloud_node n join under u on n.parent_id = u.id)
       select o.*, n.name as node_name, s.name as site_name, s.timezone, count(*) over () as total
       from cloud_work_order o join cloud_node n on n.id = o.node_id join cloud_node s on s.id = o.site_id
       where ($1::uuid[] is null or o.site_id = any($1)) and ($2::uuid[] is null or o.id = any($2))
         and ($3::text[] is null or o.state = any($3)) and ($4::text is null or o.priority = $4)
         and ($5::text is null or o.owner_id::text = $5 or ($5 = 'nobody' and o.owner_id is null))
         and ($6::uuid is null or o.node_id in (select id from under))
         and ($7::text is null or o.source_kind = $7) and ($8::text is null or o.source_id = $8)
         and ($9::timestamptz is null or (o.due_at < $9 and o.state in ('open', 'in-progress')))
         and ($10::text is null or concat_ws(' ', o.number, o.title, o.description, n.name, s.name, o.owner_name, o.source_title,
           o.outcome->>'cause', o.outcome->>'action') ilike $10)
       order by ${sorts[filter.sort]} ${filter.descending ? 'desc' : 'asc'} nulls last, o.number desc
       offset $11 limit $12`,
      [
        ...[filter.siteIds ?? null, filter.ids ?? null, filter.states ?? null, filter.priority ?? null],
        ...[filter.ownerId ?? null, filter.nodeId ?? null, filter.sourceKind ?? null, filter.sourceId ?? null],
        filter.dueBefore ?? null,
        filter.text === undefined ? null : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`,
        ...[filter.offset, filter.limit],
      ],
    );
    return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
  }

  async one(id: string): Promise<PlacedOrder | undefined> {
    const filter = { ids: [id], sort: 'number', descending: false, offset: 0, limit: 1 } as const;
    return (await this.list(filter)).rows[0];
  }

  /** The row, held until the transaction ends. */
  async hold(id: string): Promise<WorkOrderRow | undefined> {
    return (await this.#db.orm.select().from(cloudWorkOrder).where(eq(cloudWorkOrder.id, id)).for('update'))[0];
  }

  async insert(order: Omit<WorkOrderRow, 'number'>): Promise<number> {
    const [made] = await this.#db.orm.insert(cloudWorkOrder).values(order).returning({ number: cloudWorkOrder.number });
    return made!.number;
  }

  async update(id: string, change: Partial<Omit<WorkOrderRow, 'id' | 'number'>>): Promise<void> {
    await this.#db.orm.update(cloudWorkOrder).set(change).where(eq(cloudWorkOrder.id, id));
  }

  /** Unfinished orders that were due before `now`, and of which nobody was told. */
  async newlyOverdue(now: Date, most: number): Promise<WorkOrderRow[]> {
    return this.#db.orm
      .select()
      .from(cloudWorkOrder)
      .where(
        and(
          inArray(cloudWorkOrder.state, ['open', 'in-progress']),
          lt(cloudWorkOrder.due_at, now),
          isNull(cloudWorkOrder.overdue_alert),
        ),
      )
      .orderBy(asc(cloudWorkOrder.due_at))
      .limit(most);
  }

  async photos(id: string): Promise<PhotoRow[]> {
    return this.#db.orm
      .select()
      .from(cloudWorkOrderPhoto)
      .where(eq(cloudWorkOrderPhoto.order_id, id))
      .orderBy(asc(cloudWorkOrderPhoto.added_at), asc(cloudWorkOrderPhoto.hash));
  }

  async addPhoto(photo: PhotoRow): Promise<void> {
    await this.#db.orm.insert(cloudWorkOrderPhoto).values(photo).onConflictDoNothing();
  }

  async removePhoto(id: string, hash: string): Promise<void> {
    await this.#db.orm
      .delete(cloudWorkOrderPhoto)
      .where(and(eq(cloudWorkOrderPhoto.order_id, id), eq(cloudWorkOrderPhoto.hash, hash)));
  }

  async comments(id: string): Promise<CommentRow[]> {
    return this.#db.orm
      .select()
      .from(cloudWorkOrderComment)
      .where(eq(cloudWorkOrderComment.order_id, id))
      .orderBy(asc(cloudWorkOrderComment.at), asc(cloudWorkOrderComment.id));
  }

  async addComment(comment: CommentRow): Promise<void> {
    await this.#db.orm.insert(cloudWorkOrderComment).values(comment);
  }
}
