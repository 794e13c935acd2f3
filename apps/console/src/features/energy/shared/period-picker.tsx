import { DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { addDays, lastDay, type Period, type Preset, presets } from './period.ts';
import styles from './shared.module.css';

interface PeriodPickerProps {
  readonly period: Period;
  readonly preset: Preset | undefined;
  onPeriod(period: Period): void;
  onPreset(preset: Preset): void;
}

const format = 'YYYY-MM-DD';

/** Finished days by name, or any others by their first and last. */
export function PeriodPicker({ period, preset, onPeriod, onPreset }: PeriodPickerProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.period}>
      <Segmented<Preset | 'custom'>
        aria-label={t('energy.choice.period')}
        value={preset ?? 'custom'}
        onChange={(value) => (value === 'custom' ? onPeriod(period) : onPreset(value))}
        options={[
          ...presets.map((value) => ({ value, label: t(`energy.presets.${value}`) })),
          { value: 'custom' as const, label: t('energy.presets.custom') },
        ]}
      />
      <DatePicker.RangePicker
        aria-label={t('energy.choice.period')}
        format={format}
        allowClear={false}
        value={[dayjs(period.from), dayjs(lastDay(period))]}
        onChange={(range) => {
          const [first, last] = range ?? [];
          if (first && last) onPeriod({ from: first.format(format), to: addDays(last.format(format), 1) });
        }}
      />
    </div>
  );
}
