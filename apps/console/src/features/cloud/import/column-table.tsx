import { AutoComplete, Input, Select } from 'antd';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useNote } from '../../../app/i18n/use-note.ts';
import { useWord } from '../use-word.ts';
import { carriers, quantities } from '../words.ts';
import { Confidence } from './confidence.tsx';
import styles from './import-page.module.css';
import { doubtful, type MappedColumn, type Mapping, roles, withColumn } from './mapping.ts';

interface ColumnTableProps {
  readonly mapping: Mapping;
  onChange(mapping: Mapping): void;
}

/** What each column of the file is; the guess stands in the fields, its reason beside them. */
export function ColumnTable({ mapping, onChange }: ColumnTableProps) {
  const { t } = useTranslation();
  const say = useNote();
  // A person may have written one into a mapping by hand.
  const reasonOf = (reason: MappedColumn['reason']) => (typeof reason === 'object' ? say(reason) : reason);
  const heads = ['column', 'role', 'name', 'unit', 'kind', 'carrier', 'quantity', 'confidence'] as const;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((key) => (
              <th key={key} scope="col">
                {t(`cloud.import.column.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {mapping.columns.map((column) => (
            <Fragment key={column.column}>
              <ColumnRow column={column} onChange={(change) => onChange(withColumn(mapping, column.column, change))} />
              <tr className={styles.reason}>
                <td />
                <td colSpan={heads.length - 1}>{reasonOf(column.reason)}</td>
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ColumnRowProps {
  readonly column: MappedColumn;
  onChange(change: Partial<MappedColumn>): void;
}

function ColumnRow({ column, onChange }: ColumnRowProps) {
  const { t } = useTranslation();
  const word = useWord();
  const isValue = column.role === 'value';
  const label = (key: string) => `${column.header || column.column}: ${t(`cloud.import.column.${key}`)}`;
  const words = (kind: 'carrier' | 'quantity', codes: readonly string[]) => (
    <AutoComplete
      size="small"
      aria-label={label(kind)}
      style={{ width: 140 }}
      value={column[kind]}
      onChange={(value) => onChange({ [kind]: value || undefined })}
      options={codes.map((value) => ({ value, label: word(kind, value) }))}
      popupMatchSelectWidth={false}
    />
  );
  const doubt = column.confidence !== undefined && column.confidence < doubtful;
  return (
    <tr data-doubtful={doubt} data-ignored={column.role === 'ignore'}>
      <td className="nowrap">
        <span className="faint">{column.column}</span> {column.header}
      </td>
      <td>
        <Select
          size="small"
          aria-label={label('role')}
          value={column.role}
          onChange={(role) => onChange({ role })}
          options={roles.map((value) => ({ value, label: t(`cloud.import.role.${value}`) }))}
          style={{ width: 100 }}
        />
      </td>
      {isValue ? (
        <>
          <td>
            <Input
              size="small"
              aria-label={label('name')}
              placeholder={column.header}
              value={column.name}
              onChange={(event) => onChange({ name: event.target.value || undefined })}
              style={{ minWidth: 140 }}
            />
          </td>
          <td>
            <Input
              size="small"
              aria-label={label('unit')}
              placeholder={column.unitText}
              value={column.unit}
              onChange={(event) => onChange({ unit: event.target.value || undefined })}
              style={{ width: 84 }}
            />
          </td>
          <td>
            <Select
              size="small"
              aria-label={label('kind')}
              value={column.kind}
              onChange={(kind) => onChange({ kind })}
              options={(['gauge', 'delta', 'counter'] as const).map((value) => ({
                value,
                label: t(`cloud.pointKind.${value}`),
              }))}
              style={{ width: 104 }}
              popupMatchSelectWidth={false}
            />
          </td>
          <td>{words('carrier', carriers)}</td>
          <td>{words('quantity', quantities)}</td>
        </>
      ) : (
        <td colSpan={5} />
      )}
      <td>
        <Confidence value={column.confidence} />
      </td>
    </tr>
  );
}
