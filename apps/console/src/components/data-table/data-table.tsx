import { Button, Table } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../error-notice.tsx';
import { type Column, searchRows } from './column.ts';
import styles from './data-table.module.css';
import type { ExportChoice } from './export-button.tsx';
import { focusNextRow } from './focus-next-row.ts';
import type { MoreRows } from './more-rows.ts';
import { tableColumns } from './table-columns.ts';
import { TableToolbar } from './table-toolbar.tsx';
import { useScrollByKeys } from './use-scroll-by-keys.ts';
import { useSearchText } from './use-search-text.ts';

export interface DataTableProps<Row extends object> {
  /** Names the exported file. */
  readonly name: string;
  readonly rows: readonly Row[] | undefined;
  readonly columns: readonly Column<Row>[];
  rowKey(row: Row): string;
  readonly error?: unknown;
  onRetry?(): void;
  /** Opens a row by click or Enter. */
  onOpen?(row: Row): void;
  /** Controls that narrow the list, beside the search. */
  readonly filters?: ReactNode;
  /** At the right end of the toolbar. */
  readonly actions?: ReactNode;
  /** Shown when there is nothing at all, not merely nothing found. */
  readonly empty: ReactNode;
  /** The server searches: the text is handed over and rows are shown as they come. */
  onSearch?(text: string): void;
  /** The server has more than these: they cannot be sorted or counted here, and the export fetches them all. */
  readonly more?: MoreRows<Row>;
  /** Other ways to save it than what is shown as CSV. */
  readonly exports?: readonly ExportChoice[];
  readonly footer?: ReactNode;
  readonly pageSize?: number;
  /** Marks a row. */
  isChosen?(row: Row): boolean;
}

/** A list as every page has it: searched with `/`, filtered, sorted, exported, and opened with the keyboard. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { t } = useTranslation();
  const { rows, columns, onOpen, onSearch, error } = props;
  const [search, setSearch] = useSearchText(onSearch);
  const shown = useMemo(
    () => (onSearch ? (rows ?? []) : searchRows(rows ?? [], columns, search)),
    [rows, columns, search, onSearch],
  );
  const place = useScrollByKeys(!onOpen);
  const nothing = rows?.length === 0 && search === '';
  return (
    <div className={styles.table} ref={place}>
      <TableToolbar {...props} shown={shown} search={search} onSearchText={setSearch} />
      {error ? (
        <div className={styles.notice}>
          <ErrorNotice error={error} onRetry={props.onRetry} />
        </div>
      ) : (
        <Table<Row>
          size="small"
          rowKey={props.rowKey}
          columns={tableColumns(columns, !props.more)}
          dataSource={shown as Row[]}
          loading={rows === undefined}
          scroll={{ x: 'max-content' }}
          sticky={{ getContainer: () => document.getElementById('content') ?? document.body }}
          locale={{ emptyText: rows === undefined ? ' ' : nothing ? props.empty : t('table.nothingFound') }}
          pagination={{
            defaultPageSize: props.pageSize ?? 50,
            hideOnSinglePage: true,
            showSizeChanger: false,
            size: 'small',
            style: { marginInline: 16 },
          }}
          rowClassName={(row) => (props.isChosen?.(row) ? styles.chosen! : '')}
          onRow={(row) =>
            onOpen
              ? {
                  className: styles.openable,
                  tabIndex: 0,
                  onClick: () => onOpen(row),
                  onKeyDown: (event) => {
                    if (event.target !== event.currentTarget) return;
                    if (event.key === 'Enter') onOpen(row);
                    else if (focusNextRow(event.currentTarget, event.key)) event.preventDefault();
                  },
                }
              : {}
          }
        />
      )}
      {props.footer && <div className={styles.footer}>{props.footer}</div>}
      {props.more && (
        <div className={styles.footer}>
          <Button loading={props.more.loading} onClick={() => props.more?.load()}>
            {t('table.more')}
          </Button>
        </div>
      )}
    </div>
  );
}
