import { severities } from '@millwright/kernel';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSites } from '../../cloud/use-plant.ts';

/** What a channel takes; a field left empty takes everything. */
export function FilterFields({ ofAllSites }: { ofAllSites: boolean }) {
  const { t } = useTranslation();
  const sites = useSites();
  const words = (name: 'modules' | 'kinds' | 'subjects') => (
    <Form.Item name={['filter', name]} label={t(`alerts.channels.${name}`)} tooltip={t(`alerts.channels.${name}Hint`)}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} placeholder={t('alerts.all')} />
    </Form.Item>
  );
  return (
    <>
      <Form.Item name={['filter', 'severities']} label={t('alerts.channels.severities')}>
        <Select
          mode="multiple"
          placeholder={t('alerts.all')}
          options={severities.map((value) => ({ value, label: t(`alerts.severity.${value}`) }))}
        />
      </Form.Item>
      {ofAllSites && (
        <Form.Item name={['filter', 'siteIds']} label={t('alerts.channels.sites')}>
          <Select
            mode="multiple"
            placeholder={t('alerts.all')}
            showSearch={{ optionFilterProp: 'label' }}
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      {words('modules')}
      {words('kinds')}
      {words('subjects')}
    </>
  );
}
