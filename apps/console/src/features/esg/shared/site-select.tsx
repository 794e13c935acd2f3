import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSites } from '../../cloud/use-plant.ts';

interface SiteSelectProps {
  readonly id?: string;
  readonly value?: readonly string[];
  onChange?(ids: string[]): void;
}

/** Several sites; none chosen means all, and what belongs to no site. */
export function SiteSelect({ id, value = [], onChange }: SiteSelectProps) {
  const { t } = useTranslation();
  const sites = useSites();
  return (
    <Select
      id={id}
      mode="multiple"
      aria-label={t('esg.sites')}
      placeholder={t('shell.allSites')}
      value={[...value]}
      onChange={onChange}
      maxTagCount="responsive"
      optionFilterProp="label"
      style={{ width: '100%' }}
      options={sites.map((site) => ({ value: site.id, label: site.name }))}
    />
  );
}
