import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSiteAttributes } from '../../attributes/use-attributes.ts';

interface AttributeSelectProps {
  readonly value: string | undefined;
  readonly label: string;
  readonly disabled: boolean;
  onChange(name: string | undefined): void;
}

/** What was taught, by its name; one that is still to be taught is typed. */
export function AttributeSelect({ value, label, disabled, onChange }: AttributeSelectProps) {
  const { t } = useTranslation();
  const names = [...new Set((useSiteAttributes().data ?? []).map(({ name }) => name))];
  return (
    <>
      <AutoComplete
        aria-label={label}
        disabled={disabled}
        value={value}
        onChange={(name: string) => onChange(name || undefined)}
        options={names.map((name) => ({ value: name }))}
        style={{ width: '100%' }}
      />
      <Link to="/video/attributes">{t('pages.attributes.title')}</Link>
    </>
  );
}
