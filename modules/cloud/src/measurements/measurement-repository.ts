import { type Database, float8Array, int2Array, int4Array, type Queryable, timestamptzArray } from '@millwright/db';

/** Readings as columns. Times in milliseconds since 1970. */
export interface MeasurementColumns {
  readonly point: Int32Array;
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: Int16Array;
}

export interface Series {
  readonly time: Float64Array;
  readonly value: Float64Array;
  readonly quality: Int16Array;
}

const postgresEpochMs = Date.UTC(2000, 0, 1);
const unnest = 'unnest($1::int4[], $2::timestamptz[], $3::float8[], $4::int2[])';

function parameters(columns: MeasurementColumns): Buffer[] {
  return [
    int4Array(columns.point),
    timestamptzArray(columns.time),
    float8Array(columns.value),
    int2Array(columns.quality),
  ];
}

/** What `insertNew` runs, its values numbered from `before` + 1, to be made part of another statement. */
export function insertNewStatement(columns: MeasurementColumns, before: number) {
  const array = (index: number, type: string) => `unnest($${before + index}::${type}[])`;
  return {
    name: 'cloud-measurement-insert-new',
    sql: `insert into cloud_measurement (point, time, value, quality)
      select ${array(1, 'int4')}, ${array(2, 'timestamptz')}, ${array(3, 'float8')}, ${array(4, 'int2')}`,
    values: parameters(columns),
  };
}

interface PieceRow {
  readonly n: number;
  readonly t: Buffer | null;
  readonly v: Buffer | null;
  readonly q: Buffer | null;
  /** As the database writes it, to the microsecond. */
  readonly last: string | null;
}

const pieceRows = 20_000;
/**
 * A piece is cut by time first and by number second: without statistics, which an embedded database may not have, a limit
 * alone lets PostgreSQL sort everything that is left for each piece.
 */
const firstWidthMs = 86_400_000;
const pieceFrom = (
  comparison: '>=' | '>',
) => `select count(*) as n, string_agg(timestamptz_send(time), ''::bytea order by time) as t,
    string_agg(float8send(value), ''::bytea order by time) as v, string_agg(int2send(quality), ''::bytea order by time) as q,
    max(time)::text as last
  from (select time, value, quality from cloud_measurement
    where point = $1 and time ${comparison} $2::timestamptz and time <= $3 order by time limit $4) m`;
const firstPiece = pieceFrom('>=');
const nextPiece = pieceFrom('>');

function decoded({ n, t, v, q }: PieceRow): Series {
  const series = { time: new Float64Array(n), value: new Float64Array(n), quality: new Int16Array(n) };
  for (let index = 0; index < n; index += 1) {
    // Microseconds since 2000, as PostgreSQL keeps them.
    series.time[index] =
      postgresEpochMs + (t!.readInt32BE(index * 8) * 4294967296 + t!.readUInt32BE(index * 8 + 4)) / 1000;
    series.value[index] = v!.readDoubleBE(index * 8);
    series.quality[index] = q!.readInt16BE(index * 2);
  }
  return series;
}

function concatenated(pieces: readonly Series[]): Series {
  const length = pieces.reduce((sum, { time }) => sum + time.length, 0);
  const series = { time: new Float64Array(length), value: new Float64Array(length), quality: new Int16Array(length) };
  let at = 0;
  for (const piece of pieces) {
    series.time.set(piece.time, at);
    series.value.set(piece.value, at);
    series.quality.set(piece.quality, at);
    at += piece.time.length;
  }
  return series;
}

/** SQL of measurements. */
export class MeasurementRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Stores readings that are new. Rejects (code 23505) when one is there already. Takes a third less time than `insert`,
   * which looks each reading up before it writes it.
   */
  async insertNew(on: Queryable, columns: MeasurementColumns): Promise<void> {
    const { sql, values, name } = insertNewStatement(columns, 0);
    await on.query(sql, values, name);
  }

  /** Stores what is not there yet; returns how many rows that were. */
  async insert(on: Queryable, columns: MeasurementColumns): Promise<number> {
    const { rowCount } = await on.query(
      `insert into cloud_measurement (point, time, value, quality) select * from ${unnest} on conflict do nothing`,
      parameters(columns),
      'cloud-measurement-insert',
    );
    return rowCount;
  }

  /** Indexes (from 0) of readings whose point and time are stored already, with the value stored. */
  async known(on: Queryable, columns: MeasurementColumns): Promise<{ index: number; stored: number }[]> {
    const { rows } = await on.query<{ index: number; stored: number }>(
      `select u.n - 1 as index, m.value as stored
       from unnest($1::int4[], $2::timestamptz[]) with ordinality u(point, time, n)
       join cloud_measurement m on m.point = u.point and m.time = u.time`,
      parameters(columns).slice(0, 2),
    );
    return rows;
  }

  /** Readings of a point with from <= time <= to, in order; all of them, or the first `most`. */
  async series(point: number, from: number, to: number, most = Number.POSITIVE_INFINITY): Promise<Series> {
    const pieces: Series[] = [];
    for await (const piece of this.pieces(point, from, to, most)) pieces.push(piece);
    return pieces.length === 1 ? pieces[0]! : concatenated(pieces);
  }

  /**
   * The same, a piece at a time: a year of readings every ten seconds is three millions, and neither this thread nor
   * another's query may wait for all of them.
   */
  async *pieces(point: number, from: number, to: number, most = Number.POSITIVE_INFINITY): AsyncGenerator<Series> {
    let [cursor, width, left] = [from, firstWidthMs, most];
    /** Where the piece before ended: a reading's time as the database writes it, or the end of its stretch. */
    let after: string | Date | undefined;
    while (left > 0) {
      const end = Math.min(to, cursor + width);
      const limit = Math.min(left, pieceRows);
      const sql = after === undefined ? firstPiece : nextPiece;
      const { rows } = await this.#db.query<PieceRow>(sql, [point, after ?? new Date(from), new Date(end), limit]);
      const row = rows[0]!;
      const piece = decoded(row);
      if (row.n > 0) yield piece;
      left -= row.n;
      const isFull = row.n === limit;
      if (end === to && !isFull) return;
      after = isFull ? row.last! : new Date(end);
      cursor = isFull ? piece.time[row.n - 1]! : end;
      width *= isFull ? 1 / 2 : row.n < pieceRows / 8 ? 8 : row.n < pieceRows / 2 ? 2 : 1;
    }
  }

  /** How many readings a point has with from <= time <= to. */
  async count(point: number, from: number, to: number): Promise<number> {
    const { rows } = await this.#db.query<{ count: number }>(
      'select count(*) as count from cloud_measurement where point = $1 and time >= $2 and time <= $3',
      [point, new Date(from), new Date(to)],
    );
    return rows[0]!.count;
  }

  /** Times of the last usable reading before `from` and the first one after `to`; null where there is none. */
  async neighbours(point: number, from: number, to: number): Promise<{ before: number | null; after: number | null }> {
    const { rows } = await this.#db.query<{ before: number | null; after: number | null }>(
      `select (extract(epoch from (select max(time) from cloud_measurement where point = $1 and time < $2 and quality <> 2)) * 1000)::float8 as before,
         (extract(epoch from (select min(time) from cloud_measurement where point = $1 and time > $3 and quality <> 2)) * 1000)::float8 as after`,
      [point, new Date(from), new Date(to)],
    );
    return rows[0]!;
  }

  /** Readings of the days that a period touches, from the daily rollups. */
  async countOfDays(point: number, from: number, to: number): Promise<number> {
    const { rows } = await this.#db.query<{ n: number }>(
      `select coalesce(sum(count + bad), 0)::float8 as n from cloud_rollup
       where resolution = 'd' and point = $1 and bucket > $2::timestamptz - interval '25 hours' and bucket < $3`,
      [point, new Date(from), new Date(to)],
    );
    return rows[0]!.n;
  }

  /** Newest reading of each point by its id, of the sites given or of all; `time` in milliseconds since 1970. */
  async latest(
    ids: readonly string[],
    siteIds: readonly string[] | undefined,
  ): Promise<{ pointId: string; time: number; value: number; quality: number }[]> {
    const { rows } = await this.#db.query<{ pointId: string; time: number; value: number; quality: number }>(
      `select p.id as "pointId", date_part('epoch', m.time) * 1000 as time, m.value, m.quality
       from cloud_point p join cloud_source s on s.id = p.source_id
       cross join lateral (select time, value, quality from cloud_measurement where point = p.number order by time desc limit 1) m
       where p.id = any($1::uuid[]) and p.deleted_at is null and ($2::uuid[] is null or s.site_id = any($2)) order by p.number`,
      [ids, siteIds ?? null],
      'cloud-measurement-latest',
    );
    return rows;
  }

  /** First and last reading and their number, from the daily rollups. */
  async extent(points: readonly number[]): Promise<{ point: number; from: Date; to: Date; count: number }[]> {
    const { rows } = await this.#db.query<{ point: number; from: Date; to: Date; count: number }>(
      `select point, min(first_time) as from, max(last_time) as to, sum(count) as count from cloud_rollup
       where resolution = 'd' and point = any($1) group by point`,
      [int4Array(points)],
    );
    return rows;
  }

  /**
   * Removes readings older than each point keeps them; rollups stay. Two days more are kept, so that the hour and the
   * local day of any reading that may still come late are computed again from all of their readings. Returns how many went.
   */
  async applyRetention(now: Date): Promise<number> {
    const { rowCount } = await this.#db.query(
      `delete from cloud_measurement m using cloud_point p
       where p.number = m.point and p.retention_days is not null and m.time < $1::timestamptz - make_interval(days => p.retention_days + 2)`,
      [now],
    );
    return rowCount;
  }
}
