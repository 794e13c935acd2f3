import type { Database } from '@millwright/db';
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import {
  type AttributeExampleRow,
  type AttributeRow,
  type AttributeVersionRow,
  matrixvisionAttribute as attribute,
  matrixvisionAttributeExample as example,
  matrixvisionAttributeVersion as version,
} from '../../schema.ts';

export interface ExampleCount {
  readonly attributeId: string;
  readonly present: boolean;
  readonly count: number;
}

/** SQL of attributes, their examples and what was taught. */
export class AttributeRepository {
  #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async list(siteIds?: readonly string[]): Promise<AttributeRow[]> {
    return this.#db.orm
      .select()
      .from(attribute)
      .where(and(isNull(attribute.removed_at), siteIds && inArray(attribute.site_id, [...siteIds])))
      .orderBy(asc(attribute.name), asc(attribute.id));
  }
  async byId(id: string): Promise<AttributeRow | undefined> {
    return (await this.#db.orm.select().from(attribute).where(eq(attribute.id, id)))[0];
  }
  async insert(row: AttributeRow): Promise<void> {
    await this.#db.orm.insert(attribute).values(row);
  }
  async change(id: string, values: Partial<AttributeRow>): Promise<void> {
    await this.#db.orm.update(attribute).set(values).where(eq(attribute.id, id));
  }
  async counts(): Promise<ExampleCount[]> {
    return this.#db.orm
      .select({ attributeId: example.attribute_id, present: example.present, count: count() })
      .from(example)
      .where(isNull(example.removed_at))
      .groupBy(example.attribute_id, example.present);
  }
  /** The newest version of each attribute and how it was tested. */
  async newest(): Promise<Map<string, { version: number; validation: AttributeVersionRow['result']['validation'] }>> {
    const rows = await this.#db.orm
      .selectDistinctOn([version.attribute_id], {
        ...{ id: version.attribute_id, version: version.version },
        validation: sql`${version.result} -> 'validation'`.mapWith(
          (value): AttributeVersionRow['result']['validation'] =>
            typeof value === 'string' ? JSON.parse(value) : value,
        ),
      })
      .from(version)
      .orderBy(version.attribute_id, desc(version.version));
    return new Map(rows.map(({ id, ...newest }) => [id, newest]));
  }
  /** Without those taken away, in the order of their coming. */
  async examples(attributeId: string): Promise<AttributeExampleRow[]> {
    return this.#db.orm
      .select()
      .from(example)
      .where(and(eq(example.attribute_id, attributeId), isNull(example.removed_at)))
      .orderBy(asc(example.id));
  }
  async example(id: string): Promise<AttributeExampleRow | undefined> {
    return (await this.#db.orm.select().from(example).where(eq(example.id, id)))[0];
  }
  async insertExample(row: AttributeExampleRow): Promise<void> {
    await this.#db.orm.insert(example).values(row);
  }
  async changeExample(id: string, values: Partial<AttributeExampleRow>): Promise<void> {
    await this.#db.orm.update(example).set(values).where(eq(example.id, id));
  }
  /** Newest first. */
  async versions(attributeId: string): Promise<AttributeVersionRow[]> {
    return this.#db.orm
      .select()
      .from(version)
      .where(eq(version.attribute_id, attributeId))
      .orderBy(desc(version.version));
  }
  async version(attributeId: string, number: number): Promise<AttributeVersionRow | undefined> {
    const where = and(eq(version.attribute_id, attributeId), eq(version.version, number));
    return (await this.#db.orm.select().from(version).where(where))[0];
  }
  async insertVersion(row: AttributeVersionRow): Promise<void> {
    await this.#db.orm.insert(version).values(row);
  }
}
