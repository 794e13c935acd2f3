import { Alert, Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { useSites } from '../../cloud/use-plant.ts';
import { cleanDecimal } from '../shared/decimal.ts';
import { DocumentField } from '../shared/document-field.tsx';
import { YearSelect } from '../shared/year-select.tsx';
import { lastFullYear } from '../shared/years.ts';
import type { CertificateEntry, StoredDocument } from '../types.ts';
import styles from './certificates.module.css';
import { useRegisterCertificate } from './use-certificates.ts';

interface Fields extends Omit<CertificateEntry, 'MWh' | 'vintage'> {
  MWh: string;
  vintage: number;
  document?: StoredDocument;
}

const kinds = ['certificate', 'power-purchase-agreement', 'supplier-tariff'] as const;

/** A certificate with the document that proves it; without one it counts as nothing but a claim. */
export function CertificateForm({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { done } = useNotify();
  const sites = useSites();
  const register = useRegisterCertificate();
  const [form] = Form.useForm<Fields>();
  const document = Form.useWatch('document', form);
  const required = [{ required: true, message: t('esg.missing') }];
  const save = (fields: Fields) =>
    register.mutate(
      { ...fields, MWh: cleanDecimal(fields.MWh)! },
      {
        onSuccess: () => {
          done(t('esg.certificates.saved'));
          onClose();
        },
      },
    );
  return (
    <Drawer open size={480} title={t('esg.certificates.new')} onClose={onClose}>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{
          kind: 'certificate',
          vintage: lastFullYear(),
          year: lastFullYear(),
          region: 'CN',
          tCO2PerMWh: '0',
        }}
        onFinish={save}
      >
        <Form.Item name="kind" label={t('esg.activity.kind')}>
          <Select options={kinds.map((value) => ({ value, label: t(`esg.certificateKind.${value}`) }))} />
        </Form.Item>
        <Form.Item name="certificate" label={t('esg.certificates.number')} rules={required}>
          <Input autoFocus autoComplete="off" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="registry"
          label={t('esg.certificates.registry')}
          extra={t('esg.certificates.registryHint')}
          rules={required}
        >
          <Input />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item
            name="MWh"
            label="MWh"
            rules={[
              ...required,
              {
                validator: async (_, value?: string) => {
                  if (value && cleanDecimal(value) === undefined) throw new Error(t('esg.quantityWrong'));
                },
              },
            ]}
          >
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="tCO2PerMWh" label={t('esg.certificates.stated')} rules={required}>
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="vintage" label={t('esg.certificates.vintage')} tooltip={t('esg.certificates.vintageHint')}>
            <YearSelect />
          </Form.Item>
          <Form.Item name="year" label={t('esg.certificates.forYear')}>
            <YearSelect />
          </Form.Item>
          <Form.Item name="region" label={t('esg.factor.region')} rules={required}>
            <Input />
          </Form.Item>
          <Form.Item name="siteId" label={t('esg.site')}>
            <Select
              allowClear
              placeholder={t('shell.allSites')}
              options={sites.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
        </div>
        <Form.Item name="document" label={t('esg.certificates.evidence')}>
          <DocumentField />
        </Form.Item>
        {!document && (
          <Alert style={{ marginBottom: 16 }} type="warning" showIcon title={t('esg.certificates.withoutDocument')} />
        )}
        <Form.Item name="note" label={t('esg.note')}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        {register.error && <ErrorNotice error={register.error} />}
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t('esg.certificates.register')}
        </Button>
      </Form>
    </Drawer>
  );
}
