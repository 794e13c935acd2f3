import { InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './import-page.module.css';
import type { Mapping } from './mapping.ts';
import { MappingField } from './mapping-field.tsx';

interface DialectFieldsProps {
  readonly mapping: Mapping;
  onChange(mapping: Mapping): void;
}

const choices = {
  encoding: ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'],
  delimiter: [',', ';', '\t', '|', ' '],
  quote: ['"', "'", ''],
  decimal: ['.', ','],
  thousands: ['', ',', '.', ' ', "'"],
  layout: ['wide', 'long', 'matrix'],
} as const;

/** Signs that cannot be seen have names. */
const signNames: Record<string, string> = { '\t': 'tab', '': 'none', ' ': 'space' };

export function DialectFields({ mapping, onChange }: DialectFieldsProps) {
  const { t } = useTranslation();
  const nameOf = (value: string) => {
    const sign = signNames[value];
    return sign ? t(`cloud.import.sign.${sign}`) : value;
  };
  const shown = (Object.keys(choices) as (keyof typeof choices)[]).filter(
    (key) => mapping.format === 'csv' || key === 'layout' || key === 'decimal',
  );
  const count = (key: 'skipRows' | 'headerRows') => (
    <MappingField label={t(`cloud.import.dialect.${key}`)}>
      <InputNumber
        min={0}
        max={key === 'headerRows' ? 4 : undefined}
        value={mapping[key]}
        onChange={(value) => onChange({ ...mapping, [key]: value ?? 0 })}
        style={{ width: '100%' }}
      />
    </MappingField>
  );
  return (
    <div className={styles.fields}>
      {shown.map((key) => (
        <MappingField key={key} label={t(`cloud.import.dialect.${key}`)}>
          <Select<string>
            value={mapping[key]}
            onChange={(value) => onChange({ ...mapping, [key]: value } as Mapping)}
            options={choices[key].map((value) => ({
              value,
              label: key === 'layout' ? t(`cloud.import.layout.${value}`) : nameOf(value),
            }))}
          />
        </MappingField>
      ))}
      {count('skipRows')}
      {count('headerRows')}
    </div>
  );
}
