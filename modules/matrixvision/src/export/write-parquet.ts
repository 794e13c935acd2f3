import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Cell, ColumnType, ExportColumn, Pages } from './column.ts';

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** Every column may lack a value: which do is no promise of the table. */
const repetition_type = 'OPTIONAL';
const elements: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' }, repetition_type },
  time: {
    ...{ type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type },
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  whole: { type: 'INT64', repetition_type },
  count: { type: 'INT32', repetition_type },
  number: { type: 'DOUBLE', repetition_type },
  truth: { type: 'BOOLEAN', repetition_type },
};

/** In as many bytes as the type has; whole numbers of 64 bits are no numbers of JavaScript. */
function stored(value: Cell, type: ColumnType): Cell | bigint | Date {
  if (value === null) return null;
  if (type === 'time') return new Date(Math.round(value as number));
  return type === 'whole' ? BigInt(value as number) : value;
}

/**
 * Apache Parquet, compressed with Snappy, a row group for each page: what was written is handed on before the next page is
 * asked for, so that memory holds one page and the index of the groups.
 */
export async function* writeParquet<Row>(
  columns: readonly ExportColumn<Row>[],
  pages: Pages<Row>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    createdBy: 'Millwright',
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...elements[type] })),
    ],
  });
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    const columnData = columns.map(({ name, type, value }) => ({
      ...{ name, offsetIndex: false },
      data: rows.map((row) => stored(value(row), type)),
    }));
    await writer.write({ columnData, rowGroupSize: rows.length });
    yield taken(bytes);
  }
  await writer.finish();
  yield taken(bytes);
}

/** The bytes so far; the writer goes on counting its offset. */
function taken(writer: ByteWriter): Uint8Array {
  const copy = writer.getBytes().slice();
  writer.index = 0;
  return copy;
}
