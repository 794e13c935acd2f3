import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useNotify } from '../use-notify.ts';
import styles from './data-table.module.css';
import type { DataTableProps } from './data-table.tsx';
import { download } from './download.ts';
import { ExportButton } from './export-button.tsx';
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
  const [saving, setSaving] = useState(false);
  const { failed } = useNotify();
  const save = async () => {
    setSaving(true);
    try {
      const rows = props.more ? await props.more.all() : shown;
      download(
        `${name}.csv`,
        toCsv(
          exported.map((column) => column.title),
          rows.map((row) => exported.map((column) => column.value(row))),
        ),
      );
    } catch (error) {
      failed(error);
    } finally {
      setSaving(false);
    }
  };
  const others = props.exports ?? [];
  const asShown = {
    ...{ key: 'shown', label: t(others.length > 0 ? 'table.exportShown' : 'table.export') },
    save: () => void save(),
  };
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
      {props.rows && (
        <span className={styles.count}>
          {t(shown.length === 1 && !props.more ? 'table.countOne' : 'table.count', {
            n: `${format.number(shown.length, 0)}${props.more ? '+' : ''}`,
          })}
        </span>
      )}
      <span className={styles.actions}>
        {props.actions}
        <ExportButton choices={[asShown, ...others]} loading={saving} disabled={shown.length === 0} />
      </span>
    </div>
  );
}
