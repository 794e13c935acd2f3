import type { Database } from '@millwright/db';
import { asc, eq } from 'drizzle-orm';
import { type PictureRow, manuvisionPicture as picture, type WordRow, manuvisionWord as word } from '../schema.ts';

/** SQL of what people said of pictures. */
export class LabellingRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  /** Held until the transaction ends, so that two words come one after the other. */
  async lock(pictureId: string): Promise<PictureRow> {
    return (await this.#db.orm.select().from(picture).where(eq(picture.id, pictureId)).for('update'))[0]!;
  }
  /** Oldest first. */
  async words(pictureId: string): Promise<WordRow[]> {
    return this.#db.orm.select().from(word).where(eq(word.picture_id, pictureId)).orderBy(asc(word.revision));
  }
  async insert(row: WordRow, values: Partial<PictureRow>): Promise<void> {
    await this.#db.orm.insert(word).values(row);
    await this.#db.orm.update(picture).set(values).where(eq(picture.id, row.picture_id));
  }
}
