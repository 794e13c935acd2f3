import { Form, Input, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { cleanDecimal } from '../shared/decimal.ts';
import styles from './activity.module.css';
import { kinds, unitsOf } from './activity-fields.ts';
import type { FormPartProps } from './form-parts.ts';

/** What and how much. */
export function QuantityFields({ form }: FormPartProps) {
  const { t } = useTranslation();
  const kind = Form.useWatch('kind', form) ?? 'electricity';
  return (
    <>
      <Form.Item name="kind" label={t('esg.activity.kind')}>
        <Segmented
          aria-label={t('esg.period.title')}
          onChange={(next) => form.setFieldValue('unit', unitsOf[next as keyof typeof unitsOf][0])}
          options={kinds.map((value) => ({ value, label: t(`esg.kind.${value}`) }))}
        />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item
          name="quantity"
          label={t('esg.quantity')}
          rules={[
            { required: true, message: t('esg.missing') },
            {
              validator: async (_, value?: string) => {
                if (value && cleanDecimal(value) === undefined) throw new Error(t('esg.quantityWrong'));
              },
            },
          ]}
        >
          <Input inputMode="decimal" autoComplete="off" autoFocus />
        </Form.Item>
        <Form.Item name="unit" label={t('esg.unit')}>
          <Select options={unitsOf[kind].map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
    </>
  );
}
