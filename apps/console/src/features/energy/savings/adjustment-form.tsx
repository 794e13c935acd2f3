import { Button, DatePicker, Form, Input, InputNumber, Modal, Upload } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { unitName } from '../../../app/i18n/format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import type { Measure } from '../types.ts';
import { useAdjust } from './use-savings.ts';

interface Fields {
  readonly reason: string;
  readonly period: [Dayjs, Dayjs];
  readonly amount: number;
}

/** A non-routine adjustment: why, when, how much, and the document that shows it. */
export function AdjustmentForm({ measure, onClose }: { measure: Measure; onClose(): void }) {
  const { t } = useTranslation();
  const adjust = useAdjust(measure.id);
  const [form] = Form.useForm<Fields>();
  const [file, setFile] = useState<File>();
  const send = async ({ reason, period: [from, to], amount }: Fields) => {
    const document = file && { name: file.name, base64: await base64Of(file) };
    const days = { from: from.format('YYYY-MM-DD'), to: to.add(1, 'day').format('YYYY-MM-DD') };
    adjust.mutate({ reason, amount, ...days, ...(document && { document }) }, { onSuccess: onClose });
  };
  return (
    <Modal
      open
      title={t('energy.savings.adjust')}
      okText={t('energy.savings.add')}
      cancelText={t('actions.cancel')}
      confirmLoading={adjust.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={(fields) => void send(fields)}>
        <Form.Item name="reason" label={t('energy.savings.reason')} rules={[{ required: true, min: 3 }]}>
          <Input.TextArea rows={2} maxLength={2000} />
        </Form.Item>
        <Form.Item name="period" label={t('energy.savings.period')} rules={[{ required: true }]}>
          <DatePicker.RangePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item
          name="amount"
          label={`${t('energy.savings.amount')} (${unitName(measure.point.unit)})`}
          extra={t('energy.savings.amountHint')}
          rules={[{ required: true }]}
        >
          <InputNumber style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item label={t('energy.savings.document')}>
          <Upload
            maxCount={1}
            beforeUpload={(chosen) => {
              setFile(chosen);
              return false;
            }}
            onRemove={() => setFile(undefined)}
          >
            <Button>{t('energy.savings.chooseDocument')}</Button>
          </Upload>
        </Form.Item>
      </Form>
      {adjust.error && <ErrorNotice error={adjust.error} />}
    </Modal>
  );
}

async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
