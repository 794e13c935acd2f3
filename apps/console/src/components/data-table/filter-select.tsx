import { Select } from 'antd';

interface FilterSelectProps {
  readonly label: string;
  readonly value: string | undefined;
  onChange(value: string | undefined): void;
  readonly options: readonly { value: string; label: string }[];
  readonly width?: number | '100%';
}

/** Narrows a list to one value; empty shows all. */
export function FilterSelect({ label, value, onChange, options, width = 150 }: FilterSelectProps) {
  return (
    <Select
      allowClear
      showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={onChange}
      options={[...options]}
      style={{ width }}
      popupMatchSelectWidth={false}
    />
  );
}
