import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useWord } from '../../cloud/use-word.ts';
import type { Carrier } from '../types.ts';
import { carriers } from './carriers.ts';

interface CarrierSelectProps {
  readonly carrier: Carrier;
  onChange(carrier: Carrier): void;
}

export function CarrierSelect({ carrier, onChange }: CarrierSelectProps) {
  const { t } = useTranslation();
  const word = useWord();
  return (
    <Select<Carrier>
      aria-label={t('energy.choice.carrier')}
      value={carrier}
      onChange={onChange}
      style={{ width: 150 }}
      popupMatchSelectWidth={false}
      options={carriers.map((value) => ({ value, label: word('carrier', value) }))}
    />
  );
}
