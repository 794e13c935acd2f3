/** What modules use to read a file with rows and columns: text in any dialect and encoding, packed or not, and workbooks. */
export type { FileInput } from './file/byte-source.ts';
export { fileErrors } from './file/errors.ts';
export { NumberReader } from './file/number-reader.ts';
export { type OpenedTable, type OpenTableOptions, openTable, type TableSink } from './file/open-table.ts';
