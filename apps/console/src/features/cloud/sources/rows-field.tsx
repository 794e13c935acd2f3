import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { RegisterMap } from './register-map.tsx';
import type { Field } from './schema-fields.ts';
import styles from './sources.module.css';
import { useSettingName } from './use-setting-name.ts';

type Row = Readonly<Record<string, unknown>>;

interface RowsFieldProps {
  readonly fields: readonly Field[];
  /** Can also be filled from a device's register map. */
  readonly isRegisterMap?: boolean;
  readonly value?: readonly Row[];
  onChange?(rows: Row[]): void;
}

/** A table to fill in: registers of a device, nodes of a server. */
export function RowsField({ fields, isRegisterMap = false, value = [], onChange }: RowsFieldProps) {
  const { t } = useTranslation();
  const settingName = useSettingName();
  const set = (index: number, name: string, cell: unknown) =>
    onChange?.(value.map((row, at) => (at === index ? { ...row, [name]: cell ?? undefined } : row)));
  return (
    <div className={styles.rows}>
      <table>
        <thead>
          <tr>
            {fields.map(({ name, required }) => (
              <th key={name} scope="col">
                {settingName(name)}
                {required && ' *'}
              </th>
            ))}
            <th aria-label={t('actions.delete')} />
          </tr>
        </thead>
        <tbody>
          {value.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own while they are typed.
            <tr key={index}>
              {fields.map((field) => (
                <td key={field.name}>
                  <Cell
                    field={field}
                    label={`${settingName(field.name)} ${index + 1}`}
                    value={row[field.name]}
                    onChange={(cell) => set(index, field.name, cell)}
                  />
                </td>
              ))}
              <td>
                <Button
                  type="text"
                  size="small"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('actions.delete')} ${index + 1}`}
                  onClick={() => onChange?.(value.filter((_, at) => at !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange?.([...value, value.at(-1) ? { ...value.at(-1), key: '' } : {}])}
      >
        {t('cloud.sources.addRow')}
      </Button>
      {isRegisterMap && (
        <span className={styles.fromFile}>
          <RegisterMap onRegisters={(rows) => onChange?.(rows)} />
        </span>
      )}
    </div>
  );
}

interface CellProps {
  readonly field: Field;
  readonly label: string;
  readonly value: unknown;
  onChange(value: unknown): void;
}

function Cell({ field, label, value, onChange }: CellProps) {
  const usual = field.default === undefined ? undefined : String(field.default);
  if (field.kind === 'number')
    return (
      <InputNumber
        size="small"
        aria-label={label}
        placeholder={usual}
        min={field.minimum}
        max={field.maximum}
        value={value as number | undefined}
        onChange={onChange}
      />
    );
  if (field.kind === 'choice')
    return (
      <Select
        size="small"
        aria-label={label}
        placeholder={usual}
        allowClear={!field.required}
        value={value as string | undefined}
        onChange={onChange}
        options={field.choices.map((choice) => ({ value: choice, label: choice }))}
        popupMatchSelectWidth={false}
      />
    );
  return (
    <Input
      size="small"
      aria-label={label}
      placeholder={usual}
      value={value as string | undefined}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
