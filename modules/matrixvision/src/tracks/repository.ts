import type { Database } from '@millwright/db';
import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { matrixvisionTrackChunk, type TrackChunkRow } from '../schema.ts';

/** SQL of stored tracks. */
export class TrackRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }

  async insert(row: TrackChunkRow): Promise<void> {
    await this.#db.orm.insert(matrixvisionTrackChunk).values(row).onConflictDoNothing();
  }

  /** Chunks that touch a span, oldest first. */
  async touching(cameraId: string, from: Date, to: Date): Promise<TrackChunkRow[]> {
    const { camera_id, from_at, to_at } = matrixvisionTrackChunk;
    return this.#db.orm
      .select()
      .from(matrixvisionTrackChunk)
      .where(and(eq(camera_id, cameraId), lt(from_at, to), gt(to_at, from)))
      .orderBy(asc(from_at));
  }

  /** Of one run, oldest first, those that end at or after `from`. */
  async ofRun(cameraId: string, runId: string, from: Date): Promise<TrackChunkRow[]> {
    const { camera_id, run_id, from_at, to_at } = matrixvisionTrackChunk;
    return this.#db.orm
      .select()
      .from(matrixvisionTrackChunk)
      .where(and(eq(camera_id, cameraId), eq(run_id, runId), gte(to_at, from)))
      .orderBy(asc(from_at));
  }

  /** Up to when tracks of a camera are stored, and of which run; undefined where there are none. */
  async storedTo(cameraId: string): Promise<{ to: Date; runId: string } | undefined> {
    const { camera_id, from_at, to_at, run_id } = matrixvisionTrackChunk;
    const [row] = await this.#db.orm
      .select({ to: to_at, runId: run_id })
      .from(matrixvisionTrackChunk)
      .where(eq(camera_id, cameraId))
      .orderBy(desc(from_at))
      .limit(1);
    return row;
  }

  /** What was stored of a camera since a time: hours and bytes, for the figure per camera-hour. */
  async volume(cameraId: string, from: Date, to: Date): Promise<{ bytes: number; seconds: number; chunks: number }> {
    const { camera_id, from_at, to_at, bytes } = matrixvisionTrackChunk;
    const [row] = await this.#db.orm
      .select({
        bytes: sql<number>`coalesce(sum(${bytes}), 0)::float8`,
        seconds: sql<number>`coalesce(sum(extract(epoch from ${to_at} - ${from_at})), 0)::float8`,
        chunks: sql<number>`count(*)::int`,
      })
      .from(matrixvisionTrackChunk)
      .where(and(eq(camera_id, cameraId), lt(from_at, to), gt(to_at, from)));
    return row!;
  }
}
