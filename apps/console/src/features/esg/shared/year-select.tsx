import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { recentYears } from './years.ts';

interface YearSelectProps {
  readonly value?: number;
  onChange?(year: number): void;
  /** Other years to offer, such as those with data. */
  readonly years?: readonly number[];
  readonly id?: string;
}

export function YearSelect({ value, onChange, years = [], id }: YearSelectProps) {
  const { t } = useTranslation();
  const offered = recentYears(new Date().getFullYear(), [...years, ...(value ? [value] : [])]);
  return (
    <Select
      id={id}
      aria-label={t('esg.year')}
      value={value}
      onChange={onChange}
      style={{ minWidth: 96 }}
      options={offered.map((year) => ({ value: year, label: String(year) }))}
    />
  );
}
