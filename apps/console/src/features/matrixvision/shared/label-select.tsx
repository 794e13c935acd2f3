import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { usualLabels } from './labels.ts';

interface LabelSelectProps {
  readonly id?: string;
  readonly value?: readonly string[];
  onChange?(labels: string[] | undefined): void;
  readonly ariaLabel?: string;
  readonly disabled?: boolean;
}

/** Kinds of things that a detector names; a model of one's own may name others, which are typed. Empty means all. */
export function LabelSelect({ id, value, onChange, ariaLabel, disabled }: LabelSelectProps) {
  const { t } = useTranslation();
  const term = useTerm();
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      allowClear
      disabled={disabled}
      aria-label={ariaLabel}
      placeholder={t('video.allLabels')}
      value={value ? [...value] : undefined}
      onChange={(labels) => onChange?.(labels.length > 0 ? labels : undefined)}
      options={usualLabels.map((label) => ({ value: label, label: term('label', label) }))}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%' }}
    />
  );
}
