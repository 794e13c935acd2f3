import { isNote, type Reason, textOf } from '@millwright/kernel';
import type { Rejection } from '../connectors/connector.ts';
import { type IncomingBatch, Outcome, type StoreReceipt } from '../measurements/store.ts';
import { RowTally } from './row-tally.ts';

export const mostRejectsListed = 200;

/** What becomes of an import's rows and readings, added up as it happens. */
export class ImportTally {
  readonly readings = { stored: 0, duplicate: 0, rejected: 0 };
  /** Earliest and latest time of the readings that were stored or there already; infinite when there is none. */
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;
  #rows = new RowTally();
  #rejects: Rejection[] = [];
  #perKey: number[] = [];

  /** What could not be read as a reading. */
  unread(rejections: readonly Rejection[]): void {
    this.readings.rejected += rejections.length;
    for (const { row } of rejections) if (row !== undefined) this.#rows.rejected(row);
    this.#list(rejections);
  }

  /** What the store did with a part of the file. */
  stored({ row, time, keyIndex, keys }: IncomingBatch & { row: Int32Array }, receipt: StoreReceipt): void {
    const { outcome, rejections = [] } = receipt;
    this.readings.stored += receipt.stored;
    this.readings.duplicate += receipt.duplicate;
    this.readings.rejected += receipt.rejected;
    while (this.#perKey.length < keys.length) this.#perKey.push(0);
    for (let index = 0; index < row.length; index += 1) {
      const flag = outcome?.[index] ?? Outcome.stored;
      if (flag === Outcome.rejected) {
        this.#rows.rejected(row[index]!);
        continue;
      }
      if (flag === Outcome.stored) this.#rows.stored(row[index]!);
      else this.#rows.duplicate(row[index]!);
      const at = time[index]!;
      if (at < this.from) this.from = at;
      if (at > this.to) this.to = at;
      this.#perKey[keyIndex[index]!]! += 1;
    }
    this.#list(rejections.map((one) => ({ ...one, reason: placed(one) })));
  }

  rows(): ReturnType<RowTally['counts']> {
    return this.#rows.counts();
  }

  /** Readings of the file's key with this index that are stored now: new, or there already. */
  count(key: number): number {
    return this.#perKey[key] ?? 0;
  }

  /** The first that were met, by row. */
  rejects(): Rejection[] {
    return this.#rejects.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
  }

  #list(rejections: readonly Rejection[]): void {
    if (this.#rejects.length < mostRejectsListed)
      this.#rejects.push(...rejections.slice(0, mostRejectsListed - this.#rejects.length));
  }
}

/** The store knows no rows and columns, so its reason is given its place. */
function placed({ key, time, reason }: Rejection): Reason {
  const text = `${key}${time === undefined ? '' : ` at ${new Date(time).toISOString()}`}: ${textOf(reason)}`;
  return isNote(reason) ? { ...reason, text } : text;
}
