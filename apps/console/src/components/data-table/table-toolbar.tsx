import { DownloadOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import styles from './data-table.module.css';
import type { DataTableProps } from './data-table.tsx';
import { download } from './download.ts';
import { toCsv } from './to-csv.ts';

interface TableToolbarProps<Row extends object> extends DataTableProps<Row> {
  readonly shown: readonly Row[];
  readonly search: string;
  onSearchText(text: string): void;
}

export function TableToolbar<Row extends object>(props: TableToolbarProps<Row>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { columns, shown, name, search } = props;
  const exported = columns.filter((column) => column.title);
  const save = () =>
    download(
      `${name}.csv`,
      toCsv(
        exported.map((column) => column.title),
        shown.map((row) => exported.map((column) => column.value(row))),
      ),
    );
  return (
    <div className={styles.toolbar}>
      <Input
        className={styles.search}
        prefix={<SearchOutlined />}
        suffix={<kbd>/</kbd>}
        placeholder={t('table.search')}
        aria-label={t('table.search')}
        value={search}
        onChange={(event) => props.onSearchText(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onSearchText('')}
        data-search
      />
      {props.filters}
      <span className={styles.count}>{t('table.count', { n: format.number(shown.length, 0) })}</span>
      <span className={styles.actions}>
        {props.actions}
        <Button icon={<DownloadOutlined />} onClick={save} disabled={shown.length === 0}>
          {t('table.export')}
        </Button>
      </span>
    </div>
  );
}
