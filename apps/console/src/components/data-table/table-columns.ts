import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { type Column, compareCells } from './column.ts';

/** Our columns in antd's terms; only a list that is here as a whole is sorted here. */
export function tableColumns<Row extends object>(
  columns: readonly Column<Row>[],
  sortable = true,
): TableColumnsType<Row> {
  return columns
    .filter((column) => !column.exportOnly)
    .map((column) => ({
      key: column.key,
      title: column.title,
      width: column.width,
      align: column.align,
      showSorterTooltip: false,
      sorter: sortable && column.title ? (a: Row, b: Row) => compareCells(column.value(a), column.value(b)) : undefined,
      render: (_: unknown, row: Row): ReactNode => (column.render ? column.render(row) : (column.value(row) ?? '–')),
    }));
}
