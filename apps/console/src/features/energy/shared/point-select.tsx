import { Select } from 'antd';
import type { Point } from '../../../api/types.ts';
import { unitName } from '../../../app/i18n/format.ts';

interface PointSelectProps {
  readonly label: string;
  readonly points: readonly Point[];
  readonly value: string | undefined;
  onChange(id: string | undefined): void;
}

const optionsOf = (points: readonly Point[]) =>
  points.map(({ id, name, unit }) => ({ value: id, label: [name, unitName(unit)].filter(Boolean).join(', ') }));

/** Chooses one point, or none. */
export function PointSelect({ label, points, value, onChange }: PointSelectProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      value={value}
      onChange={(id: string | undefined) => onChange(id)}
      options={optionsOf(points)}
      style={{ minWidth: 200, maxWidth: 320 }}
      popupMatchSelectWidth={false}
    />
  );
}

interface PointsSelectProps {
  readonly label: string;
  readonly points: readonly Point[];
  readonly value: readonly string[];
  onChange(ids: string[]): void;
}

/** Chooses several points. */
export function PointsSelect({ label, points, value, onChange }: PointsSelectProps) {
  return (
    <Select<string[]>
      mode="multiple"
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: 'label' }}
      maxTagCount={2}
      value={[...value]}
      onChange={onChange}
      options={optionsOf(points)}
      style={{ minWidth: 220, maxWidth: 420 }}
      popupMatchSelectWidth={false}
    />
  );
}
