import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';

interface ReasonModalProps {
  readonly title: string;
  readonly hint: string;
  readonly submit: string;
  readonly error: unknown;
  readonly pending: boolean;
  onReason(reason: string): void;
  onClose(): void;
}

/** Asks why before something is taken out of use; the reason goes into the ledger. */
export function ReasonModal({ title, hint, submit, error, pending, onReason, onClose }: ReasonModalProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open
      title={title}
      okText={submit}
      okButtonProps={{ danger: true, loading: pending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="soft">{hint}</p>
      <Form form={form} layout="vertical" onFinish={({ reason }) => onReason(reason)} style={{ marginTop: 12 }}>
        <Form.Item
          name="reason"
          label={t('esg.reason')}
          rules={[{ required: true, whitespace: true, message: t('esg.reasonMissing') }]}
        >
          <Input.TextArea autoFocus rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      {error !== null && <ErrorNotice error={error} />}
    </Modal>
  );
}
