import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSites } from '../cloud/use-plant.ts';

interface SiteFieldProps {
  readonly value?: string[] | null;
  onChange?(value: string[] | null): void;
}

/** Sites an account is limited to; none chosen means all of them, which is `null` for the server. */
export function SiteField({ value, onChange }: SiteFieldProps) {
  const { t } = useTranslation();
  const sites = useSites();
  return (
    <Select
      mode="multiple"
      value={value ?? []}
      placeholder={t('shell.allSites')}
      aria-label={t('access.sites')}
      onChange={(ids: string[]) => onChange?.(ids.length > 0 ? ids : null)}
      options={sites.map(({ id, name }) => ({ value: id, label: name }))}
      optionFilterProp="label"
    />
  );
}
