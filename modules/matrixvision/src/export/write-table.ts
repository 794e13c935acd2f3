import type { ExportColumn, ExportFormat, Pages } from './column.ts';
import { writeCsv } from './write-csv.ts';
import { writeParquet } from './write-parquet.ts';

/** A table as a file, piece by piece. */
export const writeTable = <Row>(format: ExportFormat, columns: readonly ExportColumn<Row>[], pages: Pages<Row>) =>
  format === 'csv' ? writeCsv(columns, pages) : writeParquet(columns, pages);
