import type { Database } from '@millwright/db';
import { inArray } from 'drizzle-orm';
import { manuvisionVerdict as verdict } from '../../schema.ts';
import type { RemovedBy } from './keep-rules.ts';

/** A verdict whose picture is kept. */
export interface KeptPicture {
  readonly id: string;
  readonly picture: string;
  readonly heatmap: string | null;
  readonly bytes: number;
}

/** Verdicts in one go: a quota that was made small at once is brought into effect in several. */
const mostAtOnce = 500;

/** SQL of the pictures that stations keep. */
export class KeptPictures {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Oldest first. */
  async olderThan(stationId: string, before: Date): Promise<KeptPicture[]> {
    const { rows } = await this.#db.query<KeptPicture>(
      `select id, picture, heatmap, coalesce(bytes, 0) as bytes from manuvision_verdict
       where station_id = $1 and kept and at < $2 order by at, id limit $3`,
      [stationId, before, mostAtOnce],
    );
    return rows;
  }
  /** What has to go so that the rest has at most so many bytes: passed, refused, rejected, each from its oldest on. */
  async beyond(stationId: string, bytes: number): Promise<KeptPicture[]> {
    const { rows } = await this.#db.query<KeptPicture>(
      `select id, picture, heatmap, bytes from (
         select id, picture, heatmap, coalesce(bytes, 0) as bytes, sum(coalesce(bytes, 0)) over () as total,
           sum(coalesce(bytes, 0)) over (order by array_position(array['ok', 'refused', 'ng'], verdict), at, id) as upto
         from manuvision_verdict where station_id = $1 and kept) as pictures
       where bytes > 0 and upto - bytes < total - $2 order by upto limit $3`,
      [stationId, bytes, mostAtOnce],
    );
    return rows;
  }
  async remove(ids: readonly string[], by: RemovedBy, at: Date): Promise<void> {
    const values = { kept: false, heatmap: null, removed_by: by, removed_at: at };
    await this.#db.orm
      .update(verdict)
      .set(values)
      .where(inArray(verdict.id, [...ids]));
  }
  /** Whether a verdict that is kept or a picture of a data set still is this file. */
  async isNamed(hash: string): Promise<boolean> {
    const { rows } = await this.#db.query<{ named: boolean }>(
      `select exists (select from manuvision_verdict where kept and (picture = $1 or heatmap = $1))
         or exists (select from manuvision_picture where hash = $1) as named`,
      [hash],
    );
    return rows[0]!.named;
  }
}
