import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { experimentErrors } from '../experiments/errors.ts';
import type { Column, Table } from '../table/table.ts';
import type { FrozenColumn } from './frozen-column.ts';

/** Key under which the file says what its columns are to us; other readers of Parquet pass over it. */
const key = 'millwright';
/** Rows that are packed together: read one at a time, they bound what a reader holds. */
const groupRows = 100_000;
interface Facts {
  /** Name of the column with the time. */
  readonly time?: string;
  readonly columns: readonly { readonly name: string; readonly kind: Column['kind'] }[];
}

/**
 * A table as a Parquet file: numbers as DOUBLE (NaN where missing), categories as texts with null, the time as a TIMESTAMP of
 * milliseconds. The same table gives the same bytes.
 */
export function writeParquet(table: Table): Uint8Array {
  const columns: ColumnSource[] = [];
  const time = table.time && freeName(table, 'time');
  if (table.time && time !== undefined)
    columns.push({ name: time, type: 'TIMESTAMP', nullable: false, data: Array.from(table.time, Math.round) });
  for (const column of table.columns) columns.push(sourceOf(column));
  const facts: Facts = {
    ...(time !== undefined && { time }),
    columns: table.columns.map(({ name, kind }) => ({ name, kind })),
  };
  const buffer = parquetWriteBuffer({
    columnData: columns,
    rowGroupSize: groupRows,
    statistics: false,
    createdBy: 'millwright',
    kvMetadata: [{ key, value: JSON.stringify(facts) }],
  });
  return new Uint8Array(buffer);
}

/** Reads what `writeParquet` wrote. Throws ORION_DATASET_UNREADABLE. */
export async function readParquet(path: string): Promise<Table> {
  try {
    const file: AsyncBuffer = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const said = metadata.key_value_metadata?.find((entry) => entry.key === key)?.value;
    if (said === undefined) throw new Error('it does not say what its columns are');
    const { time, columns } = JSON.parse(said) as Facts;
    const rows = Number(metadata.num_rows);
    const takers = new Map(columns.map(({ name, kind }) => [name, taker(name, kind, rows)]));
    const times = time === undefined ? undefined : new Float64Array(rows);
    await parquetRead({
      ...{ file, metadata },
      parsers: { timestampFromMilliseconds: Number },
      onChunk({ columnName, columnData, rowStart }) {
        if (columnName === time) times!.set(columnData as ArrayLike<number>, rowStart);
        else takers.get(columnName)!.take(columnData as ArrayLike<unknown>, rowStart);
      },
    });
    return { rows, columns: [...takers.values()].map(({ column }) => column()), ...(times && { time: times }) };
  } catch (cause) {
    throw experimentErrors.ORION_DATASET_UNREADABLE({ reason: (cause as Error).message }, cause);
  }
}

export function describeColumns(table: Table): FrozenColumn[] {
  return table.columns.map((column) => {
    let missing = 0;
    if (column.kind === 'number') for (const value of column.values) missing += Number.isNaN(value) ? 1 : 0;
    else for (const code of column.codes) missing += code < 0 ? 1 : 0;
    const { name, kind } = column;
    return { name, kind, missing, ...(column.kind === 'category' && { levels: column.levels.length }) };
  });
}

function freeName(table: Table, wanted: string): string {
  let name = wanted;
  while (table.columns.some((column) => column.name === name)) name += '_';
  return name;
}

function sourceOf(column: Column): ColumnSource {
  if (column.kind === 'number') return { name: column.name, type: 'DOUBLE', nullable: false, data: column.values };
  const data = Array.from(column.codes, (code) => (code < 0 ? null : column.levels[code]!));
  return { name: column.name, type: 'STRING', data };
}

interface Taker {
  take(data: ArrayLike<unknown>, from: number): void;
  column(): Column;
}

function taker(name: string, kind: Column['kind'], rows: number): Taker {
  if (kind === 'number') {
    const values = new Float64Array(rows);
    return {
      take: (data, from) => values.set(data as ArrayLike<number>, from),
      column: () => ({ kind, name, values }),
    };
  }
  const given = new Int32Array(rows);
  const found = new Map<string, number>();
  return {
    take(data, from) {
      for (let index = 0; index < data.length; index++) {
        const text = data[index] as string | null | undefined;
        let code = -1;
        if (typeof text === 'string') {
          code = found.get(text) ?? found.size;
          if (code === found.size) found.set(text, code);
        }
        given[from + index] = code;
      }
    },
    column() {
      const levels = [...found.keys()].sort();
      const places = new Int32Array(levels.length);
      levels.forEach((text, place) => {
        places[found.get(text)!] = place;
      });
      return { kind, name, levels, codes: given.map((code) => (code < 0 ? -1 : places[code]!)) };
    },
  };
}
