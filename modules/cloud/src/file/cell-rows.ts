import { KEPT_RAW, type RecordSink } from './record-scanner.ts';
import type { RowPlace } from './row-reader.ts';

/** Takes rows, and asks where the one it is handed stands. */
export interface PlacedSink extends RecordSink {
  readFrom(place: RowPlace): void;
}

/** Feeds rows that are already cut into cells, as a workbook has them, to whoever takes rows. */
export class CellRows implements RowPlace {
  line = 0;
  readonly #rows: PlacedSink;
  #cells: readonly string[] = [];
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);

  constructor(rows: PlacedSink) {
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
