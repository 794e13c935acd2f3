import { Table } from 'antd';
import type { Column } from '../../../components/data-table/column.ts';
import { tableColumns } from '../../../components/data-table/table-columns.ts';

interface PlainTableProps<Row extends object> {
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  rowKey(row: Row): string;
}

/** A few rows that nobody needs to search. */
export function PlainTable<Row extends object>({ rows, columns, rowKey }: PlainTableProps<Row>) {
  return (
    <Table<Row>
      size="small"
      rowKey={rowKey}
      columns={tableColumns(columns).map((column) => ({ ...column, sorter: undefined }))}
      dataSource={rows as Row[] | undefined}
      loading={rows === undefined}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
}
