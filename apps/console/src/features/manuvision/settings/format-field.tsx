import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './settings.module.css';
import { formatKinds, formatOf, parseFormat, type TextFormat } from './text-format.ts';

/** What a text has to be: a date, a serial number, something with a checksum. */
export function FormatField({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  onChange(value: string | undefined): void;
}) {
  const { t } = useTranslation();
  const [format, setFormat] = useState(() => parseFormat(value));
  const change = (next: TextFormat) => {
    setFormat(next);
    onChange(formatOf(next));
  };
  return (
    <div className={styles.field}>
      <span>{t('parts.setting.format')}</span>
      <Select
        aria-label={t('parts.setting.format')}
        value={format.kind}
        options={formatKinds.map((kind) => ({ value: kind, label: t(`parts.format.${kind}`) }))}
        onChange={(kind) => change({ kind, detail: '' })}
      />
      {format.kind !== 'any' && (
        <Input
          className="mono"
          aria-label={t(format.kind === 'date' ? 'parts.format.shape' : 'parts.format.expression')}
          placeholder={format.kind === 'date' ? 'YYYY-MM-DD' : 'LOT-\\d{5}'}
          value={format.detail}
          onChange={(event) => change({ ...format, detail: event.target.value })}
        />
      )}
    </div>
  );
}
