import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSites } from '../../cloud/use-plant.ts';
import type { FormPartProps } from './form-parts.ts';

const elsewhere = '';

/** A site of the plant, or a unit of the organisation that the plant tree does not have. */
export function PlaceFields({ form }: FormPartProps) {
  const { t } = useTranslation();
  const sites = useSites();
  const siteId = Form.useWatch('siteId', form);
  const required = [{ required: true, message: t('esg.missing') }];
  return (
    <>
      <Form.Item
        name="siteId"
        label={t('esg.site')}
        required
        rules={[
          {
            validator: async (_, value?: string | null) => {
              if (value === undefined) throw new Error(t('esg.missing'));
            },
          },
        ]}
        getValueProps={(value?: string | null) => ({ value: value === null ? elsewhere : value })}
        normalize={(value: string) => (value === elsewhere ? null : value)}
      >
        <Select
          placeholder={t('esg.activity.choosePlace')}
          options={[
            ...sites.map(({ id, name }) => ({ value: id, label: name })),
            { value: elsewhere, label: t('esg.activity.otherUnit') },
          ]}
        />
      </Form.Item>
      {siteId === null && (
        <Form.Item name="place" label={t('esg.activity.unitName')} rules={required} extra={t('esg.activity.unitHint')}>
          <Input maxLength={200} />
        </Form.Item>
      )}
    </>
  );
}
