import { Button, Checkbox, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { factorUnit } from '../shared/families.ts';
import type { Factor } from '../types.ts';
import { changedFields } from './factor-facts.ts';
import styles from './factors.module.css';
import { useSupersede } from './use-factor-library.ts';

interface Fields {
  value: string;
  publisher: string;
  document: string;
  published: string;
  confidence: string;
  confirmed: boolean;
  note: string;
}

/** A factor is never edited: this makes its next version, says why, and leaves the old one to the figures that used it. */
export function SupersedeForm({ factor, onDone }: { factor: Factor; onDone(): void }) {
  const { t } = useTranslation();
  const { done } = useNotify();
  const supersede = useSupersede(factor.id);
  const required = [{ required: true, message: t('esg.missing') }];
  const save = ({ reason, ...fields }: Fields & { reason: string }) =>
    supersede.mutate(
      { reason, change: changedFields<Fields>(factor, fields) },
      {
        onSuccess: ({ key }) => {
          done(t('esg.supersede.done', { key }));
          onDone();
        },
      },
    );
  return (
    <Form<Fields & { reason: string }> layout="vertical" initialValues={factor} onFinish={save}>
      <p className="soft" style={{ marginBottom: 12 }}>
        {t('esg.supersede.hint')}
      </p>
      <div className={styles.pair}>
        <Form.Item name="value" label={`${t('esg.factor.value')} (${factorUnit(factor)})`} rules={required}>
          <Input inputMode="decimal" autoFocus />
        </Form.Item>
        <Form.Item name="published" label={t('esg.factor.published')}>
          <Input placeholder="YYYY-MM-DD" />
        </Form.Item>
      </div>
      <Form.Item name="publisher" label={t('esg.factor.publisher')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="document" label={t('esg.factor.document')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="confidence" label={t('esg.factor.confidence')} rules={required}>
        <Input />
      </Form.Item>
      <Form.Item name="confirmed" valuePropName="checked">
        <Checkbox>{t('esg.supersede.confirmed')}</Checkbox>
      </Form.Item>
      <Form.Item name="note" label={t('esg.note')}>
        <Input.TextArea rows={2} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('esg.reason')}
        rules={[{ required: true, whitespace: true, message: t('esg.reasonMissing') }]}
      >
        <Input.TextArea rows={2} />
      </Form.Item>
      {supersede.error && <ErrorNotice error={supersede.error} />}
      <Button type="primary" htmlType="submit" loading={supersede.isPending} style={{ marginRight: 8 }}>
        {t('esg.supersede.submit')}
      </Button>
      <Button onClick={onDone}>{t('actions.cancel')}</Button>
    </Form>
  );
}
