import { Alert, Button, Checkbox, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import type { MissingFactor } from '../shared/missing.ts';
import styles from './factors.module.css';
import { countryOf, type NewFactorFields } from './new-factor-table.ts';
import { useNewFactor } from './use-factor-library.ts';

const units = {
  electricity: ['tCO2/MWh', 'tCO2e/MWh', 'kgCO2/kWh', 'kgCO2e/kWh', 'gCO2/kWh', 'gCO2e/kWh'],
  heat: ['tCO2/GJ', 'tCO2e/GJ', 'kgCO2/GJ', 'kgCO2e/GJ', 'kgCO2e/kWh'],
};
const families = {
  electricity: ['statistical-average', 'trading-scheme', 'operating-margin', 'residual-mix', 'supplier-specific'],
  heat: ['heat-default', 'supplier-specific'],
} as const;

interface NewFactorProps {
  readonly needed?: MissingFactor;
  onClose(): void;
}

/** One factor with the document that it is read from; what the library lacks for a region comes in here. */
export function NewFactor({ needed, onClose }: NewFactorProps) {
  const { t } = useTranslation();
  const { done } = useNotify();
  const save = useNewFactor();
  const refused = save.data?.rejected.flatMap(({ reasons }) => reasons) ?? [];
  const [form] = Form.useForm<NewFactorFields>();
  const carrier = (Form.useWatch('carrier', form) ?? needed?.carrier ?? 'electricity') as keyof typeof units;
  const required = [{ required: true, whitespace: true, message: t('esg.missing') }];
  const country = needed ? countryOf(needed.region) : '';
  const initial: Partial<NewFactorFields> = {
    id:
      needed && country ? `${country.toLowerCase()}-${needed.carrier === 'heat' ? 'heat' : 'grid'}-${needed.year}` : '',
    carrier: needed?.carrier ?? 'electricity',
    region: country,
    unit: units[needed?.carrier ?? 'electricity'][0],
    family: families[needed?.carrier ?? 'electricity'][0],
    appliesToYear: needed && String(needed.year),
  };
  const run = (fields: NewFactorFields) =>
    save.mutate(fields, {
      onSuccess: ({ accepted }) => {
        if (accepted.length === 0) return;
        done(t('esg.newFactor.done', { id: fields.id }));
        onClose();
      },
    });
  return (
    <Drawer open size={560} title={t('esg.newFactor.title')} onClose={onClose}>
      <p className="soft" style={{ marginBottom: 16 }}>
        {t('esg.newFactor.hint')}
      </p>
      <Form<NewFactorFields> form={form} layout="vertical" initialValues={initial} onFinish={run}>
        <div className={styles.pair}>
          <Form.Item name="carrier" label={t('esg.activity.kind')}>
            <Select
              options={(['electricity', 'heat'] as const).map((value) => ({ value, label: t(`esg.kind.${value}`) }))}
              onChange={(next: keyof typeof units) =>
                form.setFieldsValue({ unit: units[next][0], family: families[next][0] })
              }
            />
          </Form.Item>
          <Form.Item name="id" label={t('esg.factor.id')} rules={required} extra={t('esg.newFactor.idHint')}>
            <Input className="mono" autoComplete="off" />
          </Form.Item>
        </div>
        <div className={styles.pair}>
          <Form.Item name="value" label={t('esg.factor.value')} rules={required}>
            <Input inputMode="decimal" autoComplete="off" autoFocus />
          </Form.Item>
          <Form.Item name="unit" label={t('esg.unit')}>
            <Select options={units[carrier].map((value) => ({ value, label: value }))} />
          </Form.Item>
        </div>
        <div className={styles.pair}>
          <Form.Item
            name="region"
            label={t('esg.factor.region')}
            rules={required}
            extra={t('esg.newFactor.regionHint')}
          >
            <Input maxLength={2} />
          </Form.Item>
          <Form.Item name="subregion" label={t('esg.newFactor.subregion')} extra={t('esg.newFactor.subregionHint')}>
            <Input />
          </Form.Item>
        </div>
        <div className={styles.pair}>
          <Form.Item name="family" label={t('esg.factor.family')}>
            <Select options={families[carrier].map((value) => ({ value, label: t(`esg.family.${value}`) }))} />
          </Form.Item>
          <Form.Item name="appliesToYear" label={t('esg.factor.applies')}>
            <Input inputMode="numeric" placeholder="YYYY" />
          </Form.Item>
        </div>
        <Form.Item name="publisher" label={t('esg.factor.publisher')} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item
          name="document"
          label={t('esg.factor.document')}
          rules={required}
          extra={t('esg.newFactor.document')}
        >
          <Input />
        </Form.Item>
        <Form.Item name="published" label={t('esg.factor.published')}>
          <Input placeholder="YYYY-MM-DD" />
        </Form.Item>
        <Form.Item name="confidence" label={t('esg.factor.confidence')} rules={required}>
          <Input placeholder={t('esg.newFactor.confidenceExample')} />
        </Form.Item>
        <Form.Item name="confirmed" valuePropName="checked">
          <Checkbox>{t('esg.supersede.confirmed')}</Checkbox>
        </Form.Item>
        {refused.length > 0 && <Alert type="error" showIcon title={refused.join('; ')} style={{ marginBottom: 12 }} />}
        {save.error && <ErrorNotice error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('actions.save')}
        </Button>
      </Form>
    </Drawer>
  );
}
