import { Select } from 'antd';

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];

interface TimezoneSelectProps {
  readonly value?: string;
  onChange?(value: string): void;
  readonly id?: string;
}

/** Every zone the browser knows, by its IANA name. */
export function TimezoneSelect({ value, onChange, id }: TimezoneSelectProps) {
  const names = value && !zones.includes(value) ? [value, ...zones] : zones;
  return (
    <Select
      id={id}
      showSearch
      value={value}
      onChange={onChange}
      options={names.map((zone) => ({ value: zone, label: zone }))}
    />
  );
}
