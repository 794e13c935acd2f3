import { Checkbox, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { TimezoneSelect } from '../timezone-select.tsx';
import styles from './import-page.module.css';
import type { Mapping } from './mapping.ts';
import { MappingField } from './mapping-field.tsx';

interface TimeFieldsProps {
  readonly mapping: Mapping;
  onChange(mapping: Mapping): void;
}

export function TimeFields({ mapping, onChange }: TimeFieldsProps) {
  const { t } = useTranslation();
  const { time } = mapping;
  const set = (change: Partial<Mapping['time']>) => onChange({ ...mapping, time: { ...time, ...change } });
  return (
    <div className={styles.fields}>
      <MappingField label={t('cloud.import.time.format')}>
        <Input className="mono" value={time.format} onChange={(event) => set({ format: event.target.value })} />
      </MappingField>
      <MappingField label={t('cloud.plant.timezone')}>
        <TimezoneSelect value={time.timezone} onChange={(timezone) => set({ timezone })} />
      </MappingField>
      <MappingField label={t('cloud.points.stamp')}>
        <Select
          value={time.stamp}
          onChange={(stamp) => set({ stamp })}
          options={(['start', 'end'] as const).map((value) => ({ value, label: t(`cloud.stamp.${value}`) }))}
        />
      </MappingField>
      <MappingField label={t('cloud.points.intervalSeconds')}>
        <InputNumber
          min={1}
          value={time.intervalSeconds}
          onChange={(intervalSeconds) => set({ intervalSeconds: intervalSeconds ?? undefined })}
          style={{ width: '100%' }}
        />
      </MappingField>
      <MappingField label={t('cloud.import.time.order')}>
        <Select
          value={time.order}
          onChange={(order) => set({ order })}
          options={(['ascending', 'descending'] as const).map((value) => ({
            value,
            label: t(`cloud.import.time.${value}`),
          }))}
        />
      </MappingField>
      <Checkbox
        checked={time.midnightBelongsToPreviousDay}
        onChange={(event) => set({ midnightBelongsToPreviousDay: event.target.checked })}
      >
        {t('cloud.import.time.midnight')}
      </Checkbox>
    </div>
  );
}
