import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

/** First and last day, YYYY-MM-DD. */
export type Days = readonly [string, string];

interface DayRangeProps {
  readonly id?: string;
  readonly value?: Days;
  onChange?(days: Days | undefined): void;
}

const format = 'YYYY-MM-DD';

export function DayRange({ id, value, onChange }: DayRangeProps) {
  const { t } = useTranslation();
  return (
    <DatePicker.RangePicker
      id={id ? { start: id, end: `${id}-last` } : undefined}
      aria-label={t('esg.period.days')}
      format={format}
      value={value ? [dayjs(value[0]), dayjs(value[1])] : undefined}
      onChange={(range) => {
        const [first, last] = range ?? [];
        onChange?.(first && last ? [first.format(format), last.format(format)] : undefined);
      }}
    />
  );
}
