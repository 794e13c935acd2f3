import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { GridFamily } from '../types.ts';

const families: readonly GridFamily[] = ['trading-scheme', 'statistical-average'];

interface GridFamilySelectProps {
  readonly id?: string;
  readonly value?: GridFamily;
  onChange?(family: GridFamily | undefined): void;
}

/** Which family of grid factors is taken where none is named and a country has both. */
export function GridFamilySelect({ id, value, onChange }: GridFamilySelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      id={id}
      allowClear
      value={value}
      onChange={onChange}
      placeholder={t('esg.family.trading-scheme')}
      popupMatchSelectWidth={false}
      style={{ minWidth: 150 }}
      options={families.map((family) => ({ value: family, label: t(`esg.family.${family}`) }))}
    />
  );
}
