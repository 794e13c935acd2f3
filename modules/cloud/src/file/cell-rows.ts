import { KEPT_RAW } from './record-scanner.ts';
import type { RowPlace, RowReader } from './row-reader.ts';

/** Feeds rows that are already cut into cells, as a workbook has them, to a row reader. */
export class CellRows implements RowPlace {
  line = 0;
  readonly #rows: RowReader;
  #cells: readonly string[] = [];
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);

  constructor(rows: RowReader) {
    this.#rows = rows;
    rows.readFrom(this);
  }

  raw(): string {
    return this.#cells.join('\t').slice(0, KEPT_RAW);
  }

  /** `counts` false: the line is met but is no row, such as a comment. */
  push(cells: readonly string[], counts = true): void {
    this.line++;
    if (!counts) return;
    this.#cells = cells;
    if (cells.length > this.#starts.length) {
      this.#starts = new Int32Array(cells.length * 2);
      this.#ends = new Int32Array(cells.length * 2);
    }
    let at = 0;
    for (let index = 0; index < cells.length; index++) {
      this.#starts[index] = at;
      at += cells[index]!.length;
      this.#ends[index] = at;
    }
    this.#rows.record(cells.join(''), this.#starts, this.#ends, cells.length);
  }
}
