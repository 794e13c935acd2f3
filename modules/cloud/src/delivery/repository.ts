import { type Database, type Queryable, type SqlValue, timestamptzArray } from '@millwright/db';
import { isNote, type Note, newId, textOf } from '@millwright/kernel';
import type { Rejection } from '../connectors/connector.ts';
import { storableJson, storableText } from './storable-text.ts';

/** What came for one source and hour. */
export interface DeliveryCounts {
  received: number;
  stored: number;
  duplicate: number;
  rejected: number;
  late: number;
  early: number;
  outOfOrder: number;
  historical: number;
}

export const noDelivery = (): DeliveryCounts => ({
  ...{ received: 0, stored: 0, duplicate: 0, rejected: 0 },
  ...{ late: 0, early: 0, outOfOrder: 0, historical: 0 },
});

export interface DeliveryHour extends DeliveryCounts {
  readonly sourceId: string;
  readonly hour: string;
}

export interface RejectionRow {
  id: string;
  source_id: string;
  at: Date;
  code: Rejection['code'];
  reason: string;
  /** The reason as a note, where it is a sentence of the product. */
  note: Note | null;
  key: string | null;
  time: Date | null;
  row: number | null;
  raw: string | null;
  import_id: string | null;
}

/** Raw payloads kept per rejection. */
const mostRawBytes = 4096;

/** Values that `add` has itself. */
export const deliveryValues = 10;

/** SQL of the delivery ledger. */
export class DeliveryRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Adds to the counters of (source, hour); call inside the transaction that stores the readings, or hand the statement
   * that stores them in, and both are done as one: its values are numbered from `deliveryValues` + 1.
   */
  async add(
    on: Queryable,
    hours: readonly (DeliveryCounts & { sourceId: string; hour: number })[],
    together?: { readonly name: string; readonly sql: string; readonly values: readonly SqlValue[] },
  ): Promise<void> {
    const column = (key: keyof DeliveryCounts) => hours.map((hour) => hour[key]);
    await on.query(
      `${together ? `with together as (${together.sql})` : ''}
       insert into cloud_delivery as d (source_id, hour, received, stored, duplicate, rejected, late, early, out_of_order, historical)
       select * from unnest($1::uuid[], $2::timestamptz[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[])
       on conflict (source_id, hour) do update set received = d.received + excluded.received, stored = d.stored + excluded.stored,
         duplicate = d.duplicate + excluded.duplicate, rejected = d.rejected + excluded.rejected, late = d.late + excluded.late,
         early = d.early + excluded.early, out_of_order = d.out_of_order + excluded.out_of_order, historical = d.historical + excluded.historical`,
      [
        hours.map(({ sourceId }) => sourceId),
        timestamptzArray(hours.map(({ hour }) => hour)),
        ...(['received', 'stored', 'duplicate', 'rejected', 'late', 'early', 'outOfOrder', 'historical'] as const).map(
          column,
        ),
        ...(together?.values ?? []),
      ],
      together ? `cloud-delivery-add-${together.name}` : 'cloud-delivery-add',
    );
  }

  async reject(
    on: Queryable,
    sourceId: string,
    at: Date,
    rejections: readonly Rejection[],
    importId: string | null,
  ): Promise<void> {
    if (rejections.length === 0) return;
    await on.query(
      `insert into cloud_rejection (id, source_id, at, code, reason, note, key, time, row, raw, import_id)
       select id, $1, $2, code, reason, note::jsonb, key, time, row, raw, $3
       from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::int[], $11::text[])
         u(id, code, reason, note, key, time, row, raw)`,
      [
        sourceId,
        at,
        importId,
        rejections.map(() => newId()),
        rejections.map(({ code }) => code),
        rejections.map(({ reason }) => storableText(textOf(reason))),
        rejections.map(({ reason }) => (isNote(reason) ? storableJson(reason) : null)),
        rejections.map(({ key }) => (key === undefined ? null : storableText(key))),
        rejections.map(({ time }) =>
          time === undefined || !Number.isFinite(time) || Math.abs(time) > 8e15 ? null : new Date(time),
        ),
        rejections.map(({ row }) => row ?? null),
        rejections.map(({ raw }) => (raw === undefined ? null : storableText(raw, mostRawBytes))),
      ],
    );
  }

  async hours(sourceIds: readonly string[], from: Date, to: Date): Promise<DeliveryHour[]> {
    const { rows } = await this.#db.query<DeliveryCounts & { sourceId: string; hour: Date }>(
      `select source_id as "sourceId", hour, received, stored, duplicate, rejected, late, early, out_of_order as "outOfOrder", historical
       from cloud_delivery where source_id = any($1) and hour >= $2 and hour < $3 order by hour`,
      [sourceIds, from, to],
    );
    return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
  }

  async rejections(filter: {
    sourceIds: readonly string[];
    from?: Date;
    to?: Date;
    code?: string;
    importId?: string;
    limit: number;
  }): Promise<RejectionRow[]> {
    const { rows } = await this.#db.query<RejectionRow>(
      `select * from cloud_rejection where source_id = any($1) and ($2::timestamptz is null or at >= $2) and ($3::timestamptz is null or at < $3)
         and ($4::text is null or code = $4) and ($5::uuid is null or import_id = $5) order by at desc, row limit $6`,
      [
        filter.sourceIds,
        filter.from ?? null,
        filter.to ?? null,
        filter.code ?? null,
        filter.importId ?? null,
        filter.limit,
      ],
    );
    return rows;
  }
}
